/** Gathers positions and writes them in batches once a second; when the database is away it holds on, within bounds. */
import type { PositionSource } from '#contract/positions'
import type { HistoryFix, LatestPosition, PositionsQueries } from './positions.queries.ts'

/** Rows of one statement. */
const BATCH = 5_000
/** About ten minutes of a large district; beyond it the oldest history is given up, and counted. */
const MAX_WAITING = 200_000
const HOUR_MS = 3_600_000

export interface WriterParts {
  queries: PositionsQueries
  now: () => number
  onFault: (error: unknown) => void
}

export function createPositionsWriter({ queries, now, onFault }: WriterParts) {
  const latest = new Map<string, LatestPosition>()
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
    const rows = [...latest.values()]
    for (let at = 0; at < rows.length; at += BATCH) {
      const batch = rows.slice(at, at + BATCH)
      await queries.saveLatest(batch)
      // A newer one may have come while this one was written.
      for (const row of batch) if (latest.get(row.memberId) === row) latest.delete(row.memberId)
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
    setLatest: (row: LatestPosition) => latest.set(row.memberId, row),
    forgetLatest: (memberId: string) => latest.delete(memberId),
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
