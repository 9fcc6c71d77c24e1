/** Gathers positions and writes them in batches once a second; when the database is away it holds on, within bounds. */
import type { PositionSource } from '#contract/positions'
import type { HistoryFix, LatestPosition, PositionsQueries } from './positions.queries.ts'

/** Rows of one statement. */
const BATCH = 5_000
/** About ten minutes of a large district; beyond it the oldest history is given up, and counted. */
const MAX_WAITING = 200_000
const HOUR_MS = 3_600_000

/** Where a member's newest position waits to be written; null: nothing does. */
export interface WaitingLatest {
  row: LatestPosition | null
}

export interface WriterParts {
  queries: PositionsQueries
  now: () => number
  onFault: (error: unknown) => void
}

export function createPositionsWriter({ queries, now, onFault }: WriterParts) {
  let latest: WaitingLatest[] = []
  let history: HistoryFix[] = []
  const refusals = new Map<string, { source: PositionSource; reason: string; count: number }>()
  let running: Promise<void> | null = null

  function countRefusal(source: PositionSource, reason: string, count = 1): void {
    const key = `${source}/${reason}`
    const known = refusals.get(key)
    if (known) known.count += count
    else refusals.set(key, { source, reason, count })
  }

  async function writeLatest(): Promise<void> {
    const places = latest
    latest = []
    let at = 0
    try {
      for (; at < places.length; at += BATCH) {
        const batch = places.slice(at, at + BATCH)
        const rows = batch.flatMap(({ row }) => (row === null ? [] : [row]))
        if (rows.length > 0) await queries.saveLatest(rows)
        const written = new Set(rows)
        for (const place of batch) {
          if (place.row === null) continue
          // A newer one may have come while this one was written.
          if (written.has(place.row)) place.row = null
          else latest.push(place)
        }
      }
    } finally {
      // Whatever was not reached waits on.
      for (const place of places.slice(at)) if (place.row !== null) latest.push(place)
    }
  }

  async function writeHistory(): Promise<void> {
    while (history.length > 0) {
      const batch = history.slice(0, BATCH)
      await queries.appendHistory(batch)
      history = history.slice(batch.length)
    }
  }

  async function writeRefusals(): Promise<void> {
    const rows = [...refusals.values()]
    if (rows.length === 0) return
    refusals.clear()
    try {
      await queries.addRefusals(Math.floor(now() / HOUR_MS) * HOUR_MS, rows)
    } catch (error) {
      for (const { source, reason, count } of rows) countRefusal(source, reason, count)
      throw error
    }
  }

  async function write(): Promise<void> {
    await writeLatest()
    await writeHistory()
    await writeRefusals()
  }

  return {
    /** The newest wins; to forget it, empty its place. */
    setLatest(place: WaitingLatest, row: LatestPosition): void {
      if (place.row === null) latest.push(place)
      place.row = row
    },
    countRefusal,
    stored: queries.latest,

    addHistory(fix: HistoryFix): void {
      history.push(fix)
      if (history.length <= MAX_WAITING) return
      const lost = history.length - MAX_WAITING / 2
      history = history.slice(lost)
      onFault(new Error(`${lost} positions of the history were given up: the database has been away too long.`))
    },

    /** Writes what was gathered up to this call. Rejects when the database does not take it; nothing is lost by that. */
    async flush(): Promise<void> {
      // What came after a run began may not be in it: wait for it, then run once more.
      if (running) await running.catch(() => {})
      running ??= write().finally(() => {
        running = null
      })
      return running
    },
  }
}
export type PositionsWriter = ReturnType<typeof createPositionsWriter>
