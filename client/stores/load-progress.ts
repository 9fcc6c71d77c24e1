import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { LoadReport } from '#contract/loads'

/** How far running data loads have come, as the server tells it; the newest report of each, by id. */
export const useLoadProgress = defineStore('loadProgress', () => {
  const reports = shallowRef<ReadonlyMap<string, LoadReport>>(new Map())

  function apply(report: LoadReport): void {
    reports.value = new Map(reports.value).set(report.id, report)
  }

  return { reports, apply }
})
