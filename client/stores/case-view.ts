import { defineStore } from 'pinia'
import { computed } from 'vue'
import { matchesFilter, type OpenCase, supervisionOf } from '#contract/cases'
import { stateByArea } from './area-state.ts'
import { useAreas } from './areas.ts'
import { useClock } from './clock.ts'
import { type QueueTab, queueTabKeys, queueTabs, useFilter } from './filter.ts'
import { useOpenCases } from './open-cases.ts'

/** The open cases as filtered: one list, from which queue, heat map, choropleth and every count are taken. */
export const useCaseView = defineStore('caseView', () => {
  const openCases = useOpenCases()
  const filter = useFilter()
  const areas = useAreas()
  const clock = useClock()

  /** Everything the filter lets through, due first. */
  const matching = computed<readonly OpenCase[]>((before) => {
    const next = openCases.byDue.filter((item) => matchesFilter(item, filter.criteria, clock.now))
    // Time passing seldom moves a case across the filter; the same list spares the map and the queue their work.
    return before && sameItems(before, next) ? before : next
  })
  /** How many of those have no position, so are in the queue but not on the map. */
  const offMap = computed(() => matching.value.reduce((count, item) => count + (item.position === null ? 1 : 0), 0))
  const areaStates = computed(() => stateByArea(matching.value, areas.byId, clock.now))
  /** The same without the filter: what an area's card says. */
  const allAreaStates = computed(() => stateByArea(openCases.byDue, areas.byId, clock.now))

  const tabCounts = computed<Record<QueueTab, number>>(() => {
    const within = openCases.byDue.filter((item) => matchesFilter(item, filter.base, clock.now))
    const count = (tab: QueueTab) =>
      within.filter((item) => matchesFilter(item, { ...filter.base, ...queueTabs[tab] }, clock.now)).length
    return Object.fromEntries(queueTabKeys.map((tab) => [tab, count(tab)])) as Record<QueueTab, number>
  })

  /** Categories among the open cases, the most frequent first. */
  const categories = computed(() => {
    const counts = new Map<string, number>()
    for (const { categoryName } of openCases.byDue) counts.set(categoryName, (counts.get(categoryName) ?? 0) + 1)
    return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
  })

  const stateOf = (item: OpenCase) => supervisionOf(item, clock.now)

  /** Open cases of an area and all below it, due first, whatever the filter says. */
  function inArea(areaId: string): OpenCase[] {
    const ids = areas.subtree(areaId)
    return openCases.byDue.filter((item) => item.areaId !== null && ids.has(item.areaId))
  }

  return { matching, offMap, areaStates, allAreaStates, tabCounts, categories, stateOf, inArea }
})

function sameItems(a: readonly OpenCase[], b: readonly OpenCase[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
