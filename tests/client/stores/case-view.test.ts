/** One filter behind queue, heat map and choropleth: whatever is set, they speak of the same cases. */
import fc from 'fast-check'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { caseStages, type OpenCase } from '#contract/cases'
import { useAreas } from '../../../client/stores/areas.ts'
import { useCaseView } from '../../../client/stores/case-view.ts'
import { useClock } from '../../../client/stores/clock.ts'
import { queueTabKeys, useFilter } from '../../../client/stores/filter.ts'
import { useOpenCases } from '../../../client/stores/open-cases.ts'
import { gridIds, NOW, nearLimit, openCase, overdue, street } from '../../support/open-cases.ts'

function show(cases: OpenCase[]) {
  setActivePinia(createPinia())
  useAreas().list = street
  useClock().correct(NOW, NOW)
  useOpenCases().answer = { cases, total: cases.length, asOf: NOW }
  return { view: useCaseView(), filter: useFilter(), clock: useClock() }
}

const ids = (cases: readonly OpenCase[]) => cases.map(({ id }) => id)
const mixed = [
  openCase('1', { areaId: 'w1', ...overdue }),
  openCase('2', { areaId: 'w1', ...nearLimit, stage: 'dispatch' }),
  openCase('3', { areaId: 'e2', categoryName: '路灯', position: null }),
  openCase('4', { areaId: null, ...overdue, categoryName: '路灯' }),
]

describe('the open cases as filtered', () => {
  let shown: ReturnType<typeof show>
  beforeEach(() => {
    shown = show(mixed)
  })

  it('counts each tab within category and area, whichever tab is open', () => {
    expect(shown.view.tabCounts).toEqual({ all: 4, overdue: 2, nearLimit: 1, awaitingDispatch: 1 })
    shown.filter.tab = 'overdue'
    expect(shown.view.tabCounts).toEqual({ all: 4, overdue: 2, nearLimit: 1, awaitingDispatch: 1 })
    shown.filter.categoryName = '路灯'
    expect(shown.view.tabCounts).toEqual({ all: 2, overdue: 1, nearLimit: 0, awaitingDispatch: 0 })
    shown.filter.areaId = 'east'
    expect(shown.view.tabCounts).toEqual({ all: 1, overdue: 0, nearLimit: 0, awaitingDispatch: 0 })
  })

  it('counts a case in its grid and in all above, with the worst state of each', () => {
    const { areaStates } = shown.view
    expect(areaStates.get('w1')).toEqual({ openCases: 2, worst: 'overdue' })
    expect(areaStates.get('west')).toEqual({ openCases: 2, worst: 'overdue' })
    expect(areaStates.get('e2')).toEqual({ openCases: 1, worst: 'onTime' })
    expect(areaStates.get('street')).toEqual({ openCases: 3, worst: 'overdue' })
    expect(areaStates.has('e1')).toBe(false)
  })

  it('says how many of the shown cases are not on the map', () => {
    expect(shown.view.offMap).toBe(1)
    shown.filter.tab = 'overdue'
    expect(shown.view.offMap).toBe(0)
  })

  it('lists the due first and what has no limit last', () => {
    expect(ids(shown.view.matching).at(0)).toBe('1')
    const { view } = show([openCase('none', { dueAt: null, warnAt: null }), ...mixed])
    expect(ids(view.matching).at(-1)).toBe('none')
  })

  it('moves cases from near limit to overdue as time passes', () => {
    shown.filter.tab = 'nearLimit'
    expect(ids(shown.view.matching)).toEqual(['2'])
    shown.clock.tick(NOW + 11 * 60_000)
    expect(ids(shown.view.matching)).toEqual([])
    expect(shown.view.tabCounts.overdue).toBe(3)
  })

  it('keeps the very same list while time passing changes nothing', () => {
    const before = shown.view.matching
    shown.clock.tick(NOW + 1_000)
    expect(shown.view.matching).toBe(before)
  })

  it('lists an area’s cases whatever the filter says', () => {
    shown.filter.categoryName = '路灯'
    expect(ids(shown.view.inArea('west'))).toEqual(['1', '2'])
    expect(ids(shown.view.inArea('street'))).toEqual(['1', '2', '3'])
  })
})

it('queue, heat map and choropleth always hold the same cases', () => {
  const anyCase = fc.record({
    areaId: fc.option(fc.constantFrom(...gridIds), { nil: null }),
    stage: fc.constantFrom(...caseStages),
    categoryName: fc.constantFrom('路灯', '暴露垃圾', '噪声'),
    position: fc.option(fc.constant<[number, number]>([114, 22.7]), { nil: null }),
    dueAt: fc.option(fc.integer({ min: NOW - 100_000, max: NOW + 100_000 }), { nil: null }),
    warnAt: fc.option(fc.integer({ min: NOW - 100_000, max: NOW + 100_000 }), { nil: null }),
  })
  const anyFilter = fc.record({
    tab: fc.constantFrom(...queueTabKeys),
    categoryName: fc.constantFrom(null, '路灯', '噪声'),
    areaId: fc.constantFrom(null, 'street', 'west', 'e1'),
  })
  fc.assert(
    fc.property(fc.array(anyCase, { maxLength: 40 }), anyFilter, (rows, wanted) => {
      const { view, filter } = show(rows.map((row, index) => openCase(String(index), row)))
      filter.$patch(wanted)
      const inQueue = view.matching
      const inGrids = gridIds.reduce((sum, id) => sum + (view.areaStates.get(id)?.openCases ?? 0), 0)
      const onMap = inQueue.filter(({ position }) => position !== null)
      expect(inQueue.length).toBe(view.tabCounts[wanted.tab])
      expect(inGrids).toBe(inQueue.filter(({ areaId }) => areaId !== null).length)
      expect(view.areaStates.get('street')?.openCases ?? 0).toBe(inGrids)
      expect(onMap.length + view.offMap).toBe(inQueue.length)
    }),
  )
})
