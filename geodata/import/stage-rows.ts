/** Reads every row of a source, checks it, and stages it in batches. What is refused is counted to the end of the file. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../../server/database/connect.ts'
import type { StagedRow } from './kinds/kind.ts'
import type { GrowingReport } from './load-report.ts'
import type { LoadPlan } from './plan-load.ts'
import { Refused } from './refused.ts'
import { rowFields } from './row-fields.ts'
import { createPlaceReader } from './row-place.ts'
import { shapeFault } from './shape-faults.ts'
import type { Source, SourceRecord } from './source.ts'
import { stagingQueries } from './staging.queries.ts'

/** Each batch is one short transaction: the embedded database serves nobody else meanwhile. */
const BATCH_ROWS = 1_000
const BATCH_VERTICES = 20_000
/** Signals and messages are heard this often while rows are only read. */
const BREATHE_EVERY_ROWS = 1_000

export interface Staged {
  added: number
  changed: number
  unchanged: number
  /** What extracts of public maps ask to be named as. */
  source: string | null
}

export async function stageRows(
  source: Source,
  plan: LoadPlan,
  db: Database,
  growing: GrowingReport,
  signal: AbortSignal | undefined,
): Promise<Staged> {
  const { report } = growing
  const places = createPlaceReader(plan.kind, plan.columns, plan.datum, plan.axis)
  const batches = createBatches(plan, db, growing)
  const origin = createOrigin()

  for await (const row of source.rows) {
    report.rowsRead++
    if (report.rowsRead % BREATHE_EVERY_ROWS === 0) {
      await nextTurn()
      signal?.throwIfAborted()
      await growing.progress('staging', report.rowsRead, Math.max(source.total, report.rowsRead))
    }
    await orRefuse(row.index, async () => {
      if ('ragged' in row) throw row.ragged
      origin.see(row)
      const staged = take(row)
      if (staged) await batches.add(staged)
    })
  }
  const { rows, refused } = plan.maker.finish?.() ?? { rows: [], refused: [] }
  for (const row of refused) growing.refuse(row)
  for (const row of rows) {
    signal?.throwIfAborted()
    await orRefuse(row.index, () => batches.add(row))
  }
  const staged = await batches.end()
  await growing.progress('staging', report.rowsRead, report.rowsRead, true)
  return { ...staged, source: origin.text() }

  async function orRefuse(index: number, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      growing.refuse(error.toRow(index))
    }
  }

  function take(record: SourceRecord): StagedRow | null {
    const fields = rowFields(plan.columns, record.cell)
    const found = places.read(record, fields)
    const staged = plan.maker.take({ index: record.index, fields, shape: found?.shape ?? null })
    if (found?.hadHeights) growing.tell('heights_dropped')
    if (found?.wasWindingMended) growing.tell('winding_mended')
    for (let count = found?.repeatsDropped ?? 0; count > 0; count--) growing.tell('repeats_dropped')
    if (staged && plan.kind.isInGrid && staged.shape === null) growing.tell('not_on_map')
    return staged
  }
}

function createBatches(plan: LoadPlan, db: Database, growing: GrowingReport) {
  const { loadId, kindName, kind, fields, skipRefused } = plan
  const staging = stagingQueries(db)
  const firstOf = new Map<string, number>()
  const counts = { new: 0, changed: 0, same: 0, outside: 0 }
  let waiting: StagedRow[] = []
  let underWay = Promise.resolve()
  let vertices = 0

  /** The database works on one batch while the next is read. */
  async function flush(): Promise<void> {
    const rows = waiting
    waiting = []
    vertices = 0
    await underWay
    // Once the file is refused, only shapes go on, for the database to judge them too.
    const isRefused = growing.report.refusedCount > 0 && !skipRefused
    if (rows.length === 0 || (isRefused && !kind.shapes.includes('Polygon'))) return
    underWay = send(rows)
    // Awaited before the next batch; until then a failure must not count as unhandled.
    underWay.catch(() => {})
  }

  async function send(rows: readonly StagedRow[]): Promise<void> {
    const result = await staging.add(loadId, rows, { kind: kindName, fields, isInGrid: kind.isInGrid })
    for (const key of ['new', 'changed', 'same', 'outside'] as const) counts[key] += result[key]
    for (const { index, reason } of result.faults) growing.refuse(shapeFault(reason).toRow(index))
  }

  return {
    /** Throws Refused for a code that stood before. */
    async add(row: StagedRow): Promise<void> {
      const first = firstOf.get(row.code)
      if (first !== undefined) throw new Refused('code_twice', { code: row.code, first })
      firstOf.set(row.code, row.index)
      waiting.push(row)
      vertices += row.shape ? countVertices(row.shape.coordinates) : 0
      if (waiting.length >= BATCH_ROWS || vertices >= BATCH_VERTICES) await flush()
    },

    async end() {
      await flush()
      await underWay
      const late = plan.axis.lateFindings()
      for (const { index, place } of late) {
        const [longitude, latitude] = place
        growing.refuse(new Refused('axis_swapped', { longitude, latitude }, 'geometry.coordinates').toRow(index))
      }
      if (late.length > 0) {
        const out = await staging.refuse(
          loadId,
          late.map(({ index }) => index),
        )
        for (const key of ['new', 'changed', 'same'] as const) counts[key] -= out[key]
      }
      if (counts.outside > 0 && (await staging.hasGrids())) growing.say('outside_every_grid', { count: counts.outside })
      return { added: counts.new, changed: counts.changed, unchanged: counts.same }
    },
  }
}

function countVertices(coordinates: readonly unknown[]): number {
  if (!Array.isArray(coordinates[0])) return 1
  let count = 0
  for (const inner of coordinates) count += Array.isArray(inner) ? countVertices(inner) : 0
  return count
}

/** Extracts of OpenStreetMap say so in a column, and their licence asks that the map says so too. */
function createOrigin() {
  let isOpenStreetMap = false
  return {
    see({ cell }: SourceRecord): void {
      if (!isOpenStreetMap) isOpenStreetMap = /openstreetmap/i.test(String(cell('source') ?? cell('attribution') ?? ''))
    },
    text: () => (isOpenStreetMap ? '© OpenStreetMap contributors' : null),
  }
}
