/** Counts of refused positions, put together by reason over the last day or week. */
import type { RefusalCount } from '#contract/duty'
import { fixRemarks, type PositionSource, positionSourceNames } from '#contract/positions'

export type Span = 'day' | 'week'
const HOUR_MS = 3_600_000
const HOURS: Record<Span, number> = { day: 24, week: 7 * 24 }

export interface RefusalRow {
  reason: string
  /** Taken all the same: a remark and no refusal. */
  isRemark: boolean
  total: number
  bySource: Readonly<Record<PositionSource, number>>
  /** By hour over a day or by day over a week, oldest first. */
  byTime: readonly number[]
  /** Beginning of the last hour in which it happened, milliseconds. */
  lastHour: number
}

const remarks: ReadonlySet<string> = new Set(fixRemarks)
const hourOf = (instant: number) => Math.floor(instant / HOUR_MS)

/** The bars of a span: hours, or spells of 24 hours that end with this one; so no time zone moves them. */
export function barsOf(span: Span, now: number): { from: number; to: number }[] {
  const hoursEach = span === 'day' ? 1 : 24
  const end = (hourOf(now) + 1) * HOUR_MS
  const length = HOURS[span] / hoursEach
  return Array.from({ length }, (_, index) => {
    const from = end - (length - index) * hoursEach * HOUR_MS
    return { from, to: from + hoursEach * HOUR_MS }
  })
}

/** A row a reason, the most frequent first. `source` narrows it to one source. */
export function refusalRows(
  counts: readonly RefusalCount[],
  span: Span,
  now: number,
  source: PositionSource | null,
): RefusalRow[] {
  const bars = barsOf(span, now)
  const begin = bars[0]?.from ?? now
  const barMs = bars[0] ? bars[0].to - bars[0].from : HOUR_MS
  const rows = new Map<string, RefusalRow & { bySource: Record<PositionSource, number>; byTime: number[] }>()
  for (const { hour, source: from, reason, count } of counts) {
    if (hour < begin || (source !== null && from !== source)) continue
    const row = rows.get(reason) ?? newRow(reason, bars.length)
    row.total += count
    row.bySource[from] += count
    const bar = Math.min(bars.length - 1, Math.floor((hour - begin) / barMs))
    row.byTime[bar] = (row.byTime[bar] ?? 0) + count
    row.lastHour = Math.max(row.lastHour, hour)
    rows.set(reason, row)
  }
  return [...rows.values()].sort((a, b) => b.total - a.total || a.reason.localeCompare(b.reason))
}

function newRow(reason: string, bars: number) {
  const none = Object.fromEntries(positionSourceNames.map((name) => [name, 0])) as Record<PositionSource, number>
  return {
    reason,
    isRemark: remarks.has(reason),
    total: 0,
    bySource: none,
    byTime: Array<number>(bars).fill(0),
    lastHour: 0,
  }
}
