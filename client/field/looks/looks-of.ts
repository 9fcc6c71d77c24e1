/** The looks at one's own track among the audit entries that concern one. */
import type { AuditEntry } from '#contract/district'

export interface Look {
  id: number
  at: number
  by: string | null
  reason: string | null
  /** The stretch looked at, milliseconds. */
  from: number | null
  to: number | null
}

export function looksOf(entries: readonly AuditEntry[]): Look[] {
  return entries
    .filter(({ action }) => action === 'track.see')
    .map(({ id, at, actor, detail }) => ({
      id,
      at,
      by: actor,
      reason: typeof detail.reason === 'string' ? detail.reason : null,
      from: typeof detail.from === 'number' ? detail.from : null,
      to: typeof detail.to === 'number' ? detail.to : null,
    }))
}
