/** Keeps the history's partitions: makes the next ones, drops what is past its time. */
import { RAW_POSITIONS_KEPT_MS } from '#contract/duty'
import type { PositionsQueries } from './positions.queries.ts'

const DAY_MS = 86_400_000

/** Safe to run at any time and by several processes. Late fixes reach back a day, so yesterday's partition is kept too. */
export async function sweepPositions(
  queries: PositionsQueries,
  now: number,
  keptMs = RAW_POSITIONS_KEPT_MS,
): Promise<void> {
  await queries.ensurePartitions(now - DAY_MS, now + 2 * DAY_MS)
  await queries.purgeBefore(now - keptMs)
}
