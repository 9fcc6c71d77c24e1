/** Audit entries in words: what was done is a key of the locales, its detail a list of named values. */
import type { AuditEntry } from '#contract/district'

/** One line of an entry's detail: a value, or what it was before and is now. */
export interface DetailLine {
  key: string
  before: string | null
  after: string | null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as one short text; null for nothing. */
export function shortText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.map(shortText).filter(Boolean).join(', ') || null
  if (isRecord(value)) {
    const parts = Object.entries(value).map(([key, each]) => `${key} ${shortText(each) ?? '—'}`)
    return parts.join(', ') || null
  }
  return String(value)
}

/** The detail line by line. Where a state before and after was kept, only what differs is told. */
export function detailLines(detail: AuditEntry['detail']): DetailLine[] {
  const { before, after, ...rest } = detail
  const lines: DetailLine[] = []
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [was, is] = [shortText(before[key]), shortText(after[key])]
      if (was !== is) lines.push({ key, before: was ?? '—', after: is ?? '—' })
    }
  } else {
    for (const state of [before, after])
      if (isRecord(state)) lines.push(...plainLines(state))
      else if (state !== undefined) lines.push({ key: 'detail', before: null, after: shortText(state) })
  }
  return [...lines, ...plainLines(rest)]
}

const plainLines = (values: Record<string, unknown>): DetailLine[] =>
  Object.entries(values)
    .map(([key, value]) => ({ key, before: null, after: shortText(value) }))
    .filter(({ after }) => after !== null)

/** Whether an entry holds the text anywhere a person would look for it. `words` says its action as shown. */
export function matchesEntry(entry: AuditEntry, words: string, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  return [entry.actor ?? '', entry.action, words, entry.resource, entry.resourceId ?? '', shortText(entry.detail) ?? '']
    .join(' ')
    .toLowerCase()
    .includes(wanted)
}
