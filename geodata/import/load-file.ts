/**
 * Loads one file: all of it or nothing. Everything is read, checked and staged first, in small transactions; then one
 * last transaction takes the rows over, together with the report. The same file again changes nothing.
 */
import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { AreaLevel } from '#contract/areas'
import { type Datum, type LoadKind, type LoadReport, MAX_LOAD_BYTES } from '#contract/loads'
import type { Database } from '../../server/database/connect.ts'
import { attributeAnew } from './attribute-anew.ts'
import { attributionQueries } from './attribution.queries.ts'
import { createReport, type GrowingReport } from './load-report.ts'
import { loadsQueries } from './loads.queries.ts'
import { planLoad } from './plan-load.ts'
import { Refused } from './refused.ts'
import { openSource } from './source.ts'
import { stageRows } from './stage-rows.ts'
import { stagingQueries } from './staging.queries.ts'
import { takeOver } from './take-over.ts'

export interface LoadRequest {
  /** Made here when absent. */
  id?: string
  /** A label only. */
  fileName: string
  bytes: Uint8Array
  kind: LoadKind | null
  level: AreaLevel | null
  datum: Datum
  /** IANA zone of times without an offset. */
  timeZone: string
  map: string | undefined
  /** Leave refused rows out instead of refusing the file. */
  skipRefused: boolean
  /** Who loads; null = the command line. */
  actor: string | null
}

export interface LoadSurroundings {
  db: Database
  now: () => number
  /** Told a few times a second, and once at the end. */
  onProgress?: (report: LoadReport) => void
  /** Ends the load, leaving nothing, as long as the last transaction has not begun. */
  signal?: AbortSignal
}

/** Thrown when another load is under way. */
export class LoadRunning extends Error {}

/** Never throws for anything in the file: the report says it. */
export async function loadFile(request: LoadRequest, surroundings: LoadSurroundings): Promise<LoadReport> {
  const { db, now, onProgress = () => {} } = surroundings
  const id = request.id ?? uuid()
  const fileHash = createHash('sha256').update(request.bytes).digest()
  const loads = loadsQueries(db)
  const at = await loads.claim({ id, fileName: request.fileName, fileHash, actor: request.actor })
  if (at === null) throw new LoadRunning('Another load is running.')
  const growing = createReport({
    id,
    fileName: request.fileName,
    at,
    actor: request.actor,
    now,
    onProgress,
    showLife: (kind, rowsRead, progress) => loads.showLife(id, kind, rowsRead, progress),
  })
  try {
    await stagingQueries(db).clear()
    await run(request, growing, surroundings)
  } catch (error) {
    await endBadly(error, growing, surroundings)
  }
  await stagingQueries(db).clear()
  if (growing.report.state === 'done' && (await attributionQueries(db).isDue())) {
    await attributeAnew(growing, surroundings)
    await loads.addNotes(id, growing.report.notes)
  }
  onProgress({ ...growing.report })
  return growing.report
}

async function run(request: LoadRequest, growing: GrowingReport, surroundings: LoadSurroundings): Promise<void> {
  const { db, signal } = surroundings
  await growing.progress('reading', 0, null, true)
  if (request.bytes.byteLength > MAX_LOAD_BYTES)
    throw new Refused('file_too_large', { megabytes: MAX_LOAD_BYTES / 1024 / 1024 })
  const source = await openSource(request.bytes)
  signal?.throwIfAborted()
  const plan = await planLoad(request, source, db, growing)
  const staged = await stageRows(source, plan, db, growing, signal)
  const { report } = growing
  if (report.rowsRead === 0) throw new Refused('file_empty')
  if (report.refusedCount > 0 && !request.skipRefused) {
    await loadsQueries(db).finish(growing.end('refused', 'load_refused', { count: report.refusedCount }))
    return
  }
  signal?.throwIfAborted()
  await takeOver(plan, staged, db, growing)
}

/** A refused file, a cancelled load, or a fault; each leaves a report behind. Faults are thrown on. */
async function endBadly(error: unknown, growing: GrowingReport, { db, signal }: LoadSurroundings): Promise<void> {
  const loads = loadsQueries(db)
  if (error instanceof Refused) {
    growing.refuse(error.toRow(0))
    await loads.finish(growing.end('refused', error.code, error.values))
    return
  }
  if (signal?.aborted) {
    await loads.finish(growing.end('cancelled', 'load_cancelled'))
    return
  }
  const report = growing.end('cancelled', 'load_broken_off')
  // When the database is away this fails too; the claim then runs out by itself.
  await loads.finish(report).catch(() => {})
  throw error
}
