/** After areas changed: parents by place, and the grid of every place already loaded. Short slices, and restartable. */
import type { Database } from '../../server/database/connect.ts'
import { attributionQueries, placedTables } from './attribution.queries.ts'
import type { GrowingReport } from './load-report.ts'

const SLICE = 2_000
const LEAST_ID = '00000000-0000-0000-0000-000000000000'

export async function attributeAnew(growing: GrowingReport, { db }: { db: Database }): Promise<void> {
  const queries = attributionQueries(db)
  const adopted = await queries.findParents()
  if (adopted > 0) growing.say('parents_found', { count: adopted })
  const counts = await Promise.all(placedTables.map((table) => queries.count(table)))
  const total = counts.reduce((sum, count) => sum + count, 0)
  let done = 0
  let moved = 0
  for (const table of placedTables)
    for (let after = LEAST_ID; ; ) {
      const slice = await queries.findMoved(table, after, SLICE)
      if (slice.moved.length > 0) await queries.move(table, slice.moved)
      done += slice.seen
      moved += slice.moved.length
      await growing.progress('attributing', done, total)
      if (slice.last === null || slice.seen < SLICE) break
      after = slice.last
    }
  if (moved > 0) growing.say('reattributed', { count: moved })
  await queries.mark(false)
}
