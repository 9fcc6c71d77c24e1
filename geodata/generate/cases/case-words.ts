/** What a case says: title, text, address, who reported it, and the notes of its steps. */
import type { CaseStage } from '#contract/cases'
import type { BuildingRow, CaseRow } from '../district.ts'
import { personName } from '../names.ts'
import type { Random } from '../random.ts'
import { reporterPhone } from '../roster.ts'
import type { CaseKind } from './case-kinds.ts'

type Source = CaseRow['source']
export type Outcome = NonNullable<CaseRow['outcome']>

const sourceWeights: Partial<Record<Source, number>> = {
  resident: 36,
  patrol: 22,
  member: 24,
  hotline: 11,
  video: 4,
  sensor: 2,
  superior: 1,
}

const sourceNotes: Partial<Record<Source, string>> = {
  resident: '居民随手拍上报',
  patrol: '巡查发现',
  member: '网格员走访发现',
  hotline: '热线转办',
  sensor: '物联感知报警',
  video: '视频巡查发现',
  superior: '上级交办',
}

export type CaseWords = Pick<CaseRow, 'title' | 'text' | 'address' | 'source' | 'reporterName' | 'reporterPhone'>

/** Residents leave a name and a phone; what staff, cameras or sensors find has neither. */
export function wordsOf(kind: CaseKind, building: BuildingRow | undefined, random: Random): CaseWords {
  const source = random.weighted(sourceWeights)
  const isFromResident = source === 'resident' || source === 'hotline'
  const place = placeOf(kind, building)
  return {
    title: random.pick(kind.titles),
    text: `${place}：${random.pick(kind.details)}`,
    address: place,
    source,
    reporterName: isFromResident ? personName(random) : null,
    reporterPhone: isFromResident ? reporterPhone(random.whole(1, 9_000)) : null,
  }
}

function placeOf(kind: CaseKind, building: BuildingRow | undefined): string {
  if (!building) return '网格内'
  const [street] = building.address.split(' ')
  return kind.isAtBuilding ? `${street} ${building.name}` : `${street}，${building.name}附近`
}

const closingNotes: Record<Outcome, string> = {
  fixed: '核查通过，结案',
  selfHandled: '网格员当场处置完毕，自行处置结案',
  notFiled: '现场核实，不符合立案条件，不予立案',
  void: '信息有误，作废',
  merged: '与已有案件重复，并案处理',
}

/** `handler` is the department or the grid member it was dispatched to. */
export function notesOf(
  kind: CaseKind,
  source: Source,
  outcome: Outcome | null,
  handler: string,
  random: Random,
): Partial<Record<CaseStage, string>> {
  return {
    accept: sourceNotes[source] ?? '',
    verify: '现场核实，情况属实',
    file: '符合立案条件，予以立案',
    dispatch: `派遣至${handler}`,
    handle: random.pick(['已到场处置', '已安排人员处置', '已受理，正在处置']),
    check: random.pick(kind.done),
    closed: closingNotes[outcome ?? 'fixed'],
  }
}
