import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { byDueTime, type OpenCase, type OpenCaseList } from '#contract/cases'
import { call } from '../api/call.ts'

/** The one query behind queue, heat map and choropleth: every unresolved case in reach. */
export const useOpenCases = defineStore('openCases', () => {
  const answer = shallowRef<OpenCaseList | null>(null)
  const isKnown = computed(() => answer.value !== null)
  const byDue = computed<readonly OpenCase[]>(() => (answer.value ? answer.value.cases.toSorted(byDueTime) : []))
  const total = computed(() => answer.value?.total ?? 0)
  /** How many were left out because there are more than one screen can hold. */
  const beyondCap = computed(() => (answer.value ? answer.value.total - answer.value.cases.length : 0))

  async function refresh(): Promise<void> {
    answer.value = await call('cases.open', {})
  }

  /** A case as it now is; it may be new. */
  function put(item: OpenCase): void {
    if (!answer.value) return
    const { cases, total, asOf } = answer.value
    const at = cases.findIndex(({ id }) => id === item.id)
    answer.value =
      at === -1 ? { cases: [...cases, item], total: total + 1, asOf } : { cases: cases.with(at, item), total, asOf }
  }

  /** A case that is closed, or no longer in reach. */
  function remove(id: string): void {
    if (!answer.value) return
    const cases = answer.value.cases.filter((item) => item.id !== id)
    if (cases.length < answer.value.cases.length)
      answer.value = { ...answer.value, cases, total: answer.value.total - 1 }
  }

  function forget(): void {
    answer.value = null
  }

  return { answer, isKnown, byDue, total, beyondCap, put, remove, refresh, forget }
})
