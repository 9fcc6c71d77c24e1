/** A case being written down. Kept apart from its form, so that closing the form loses nothing. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import * as z from 'zod/mini'
import { type CaseReport, caseReport } from '#contract/cases'
import type { LonLat } from '#contract/geo'

const empty = () => ({
  title: '',
  text: '',
  categoryKey: '',
  priority: 'normal' as CaseReport['priority'],
  source: 'hotline' as CaseReport['source'],
  address: '',
  reporterName: '',
  reporterPhone: '',
})
export type ReportFields = ReturnType<typeof empty>

/** The contract's report from what was typed: empty boxes are absent, not empty text. */
export function toReport(fields: ReportFields, position: LonLat | null): CaseReport {
  const orNull = (text: string) => text.trim() || null
  return {
    ...fields,
    text: orNull(fields.text),
    categoryKey: orNull(fields.categoryKey),
    position,
    address: orNull(fields.address),
    reporterName: orNull(fields.reporterName),
    reporterPhone: orNull(fields.reporterPhone),
  }
}

/** Names of the fields the contract would refuse. */
export function wrongFields(report: CaseReport): string[] {
  const parsed = z.safeParse(caseReport, report)
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0]))
}

export const useReportDraft = defineStore('reportDraft', () => {
  const fields = ref(empty())
  /** The call that is to become this case. */
  const call = ref<{ id: string; code: string } | null>(null)
  /** One key for one content: sending the same again counts once, a changed report is a new command. */
  let sent: { content: string; key: string } | null = null

  function keyFor(report: CaseReport): string {
    const content = JSON.stringify([report, call.value?.id])
    if (sent?.content !== content) sent = { content, key: crypto.randomUUID() }
    return sent.key
  }

  /** Begins a report with what a call says already. */
  function beginWith(from: { id: string; code: string; title: string; text: string }): void {
    clear()
    call.value = { id: from.id, code: from.code }
    Object.assign(fields.value, { title: from.title, text: from.text, source: 'resident', priority: 'high' })
  }

  function clear(): void {
    fields.value = empty()
    call.value = null
    sent = null
  }

  return { fields, call, keyFor, beginWith, clear }
})
