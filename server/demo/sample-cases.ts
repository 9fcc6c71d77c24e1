/** What simulated members report: the everyday matters of a street. Invented texts. */
import type { CaseReport } from '#contract/cases'
import type { LonLat } from '#contract/geo'
import type { Random } from './random.ts'

const MATTERS: readonly [title: string, categoryKey: string | null][] = [
  ['楼道堆放杂物', null],
  ['垃圾桶满溢未清运', null],
  ['共享单车占用盲道', null],
  ['路灯不亮', null],
  ['井盖松动有响声', null],
  ['店外摆放占道', null],
  ['绿地内有垃圾', null],
  ['电动车飞线充电', null],
  ['道路积水', null],
  ['小广告张贴', null],
]

export function sampleCase(position: LonLat, random: Random): CaseReport {
  const [title, categoryKey] = random.pick(MATTERS) ?? ['其他事项', null]
  return {
    title,
    text: null,
    categoryKey,
    priority: random.chance(0.1) ? 'high' : 'normal',
    source: 'patrol',
    position,
    address: null,
    reporterName: null,
    reporterPhone: null,
  }
}
