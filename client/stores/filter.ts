import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { OpenCaseFilter } from '#contract/cases'
import { useAreas } from './areas.ts'

/** The queue's tabs; each is a supervision state, a stage, or everything. */
export const queueTabs = {
  all: { supervision: null, stage: null },
  overdue: { supervision: 'overdue', stage: null },
  nearLimit: { supervision: 'nearLimit', stage: null },
  awaitingDispatch: { supervision: null, stage: 'dispatch' },
} as const satisfies Record<string, Pick<OpenCaseFilter, 'supervision' | 'stage'>>
export type QueueTab = keyof typeof queueTabs
export const queueTabKeys = Object.keys(queueTabs) as QueueTab[]

/** What this screen narrows the open cases by; queue, heat map and choropleth all obey it. */
export const useFilter = defineStore('filter', () => {
  const areas = useAreas()
  const tab = ref<QueueTab>('all')
  const categoryName = ref<string | null>(null)
  const areaId = ref<string | null>(null)

  const areaIds = computed(() => (areaId.value === null ? null : areas.subtree(areaId.value)))
  /** Without the tab: what the tabs' own counts are taken from. */
  const base = computed<OpenCaseFilter>(() => ({
    supervision: null,
    stage: null,
    categoryName: categoryName.value,
    areaIds: areaIds.value,
  }))
  const criteria = computed<OpenCaseFilter>(() => ({ ...base.value, ...queueTabs[tab.value] }))
  const isActive = computed(() => tab.value !== 'all' || categoryName.value !== null || areaId.value !== null)

  function clear(): void {
    tab.value = 'all'
    categoryName.value = null
    areaId.value = null
  }

  return { tab, categoryName, areaId, base, criteria, isActive, clear }
})
