/** Data loads from the screen: one at a time, followed by everybody who may see them. */
import { v7 as uuid } from 'uuid'
import { loadSentence } from '#contract/load-words'
import type { LoadOptions, LoadReport } from '#contract/loads'
import { cleanText } from '#contract/text'
import type { AuditNote } from '../audit/audit.ts'
import type { Viewer } from '../auth/viewer.ts'
import { notFound, Refusal } from '../errors.ts'
import type { Tell } from '../live.ts'
import type { LoadProcess, StartLoad } from './load-process.ts'
import type { LoadsQueries } from './loads.queries.ts'

const LISTED = 50
/** A load that takes longer is answered as running; its progress is told, and `loads.see` knows its end. */
export const ANSWER_WITHIN_MS = 10_000
/** So many refused rows are named in the refusal itself; its `current` holds the whole report. */
const NAMED_ROWS = 20

export interface LoadsParts {
  queries: LoadsQueries
  start: StartLoad
  tell: Tell
  audit: (note: AuditNote) => Promise<void>
  onFault: (error: unknown) => void
  answerWithinMs?: number
}

interface Running {
  id: string
  process: LoadProcess
  /** The newest it said of itself. */
  report: LoadReport | null
}

/** The file to load; `discard` is called once, whatever happens. */
export interface LoadFile {
  path: string
  bytes: number
  discard(): Promise<void>
}

export function createLoadsService(parts: LoadsParts) {
  const { queries, start, tell, audit, onFault, answerWithinMs = ANSWER_WITHIN_MS } = parts
  let running: Running | null = null

  async function follow(viewer: Viewer, load: Running, file: LoadFile): Promise<LoadReport> {
    try {
      if ((await load.process.ended) === 'busy') throw isRunningAlready()
      // A process that was killed left its row running.
      await queries.breakOff(load.id, loadSentence({ code: 'load_broken_off', values: {} }, 'en'))
      const report = await queries.find(load.id)
      if (!report) throw new Error('The loading process ended without a word.')
      tell('load:progress', report)
      const { state, kind, added, changed, unchanged, refusedCount } = report
      await audit(noteOf(viewer, 'load.end', load.id, { state, kind, added, changed, unchanged, refusedCount }))
      return report
    } finally {
      running = null
      await file.discard()
    }
  }

  return {
    /** Refuses before a file is received for nothing. */
    async mustBeFree(): Promise<void> {
      if (running || (await queries.isRunning())) throw isRunningAlready()
    },

    /** The report, at the latest after `answerWithinMs`; then its state may be `running`. A refused file is a Refusal. */
    async run(viewer: Viewer, file: LoadFile, options: LoadOptions): Promise<LoadReport> {
      if (running) {
        await file.discard()
        throw isRunningAlready()
      }
      const id = uuid()
      const fileName = cleanText(options.fileName) || '—'
      const task = { id, path: file.path, actor: viewer.name, options: { ...options, fileName } }
      const load: Running = { id, report: null, process: start(task, onReport) }
      running = load
      function onReport(report: LoadReport): void {
        load.report = report
        tell('load:progress', report)
      }
      const ended = follow(viewer, load, file)
      // It may fail after the answer was given.
      ended.catch(onFault)
      await audit(noteOf(viewer, 'load.run', id, { fileName, bytes: file.bytes, ...wishesOf(options) }))
      const report = await Promise.race([ended, pause(answerWithinMs).then(() => load.report ?? queries.find(id))])
      if (!report) throw new Refusal('too_busy', 'The load has begun but says nothing yet. See the list of loads.')
      if (report.state === 'refused') throw refusalOf(report)
      return report
    },

    async list(): Promise<LoadReport[]> {
      return (await queries.list(LISTED)).map(newest)
    },

    async see(id: string): Promise<LoadReport> {
      const report = await queries.find(id)
      if (!report) throw notFound('This load')
      return newest(report)
    },

    /** Asks a running load to end. One that is over stays as it is. */
    async cancel(id: string): Promise<void> {
      if (running?.id === id) return running.process.cancel()
      const report = await queries.find(id)
      if (!report) throw notFound('This load')
      if (report.state === 'running')
        throw new Refusal('load_running', 'This load runs in another process, such as the command line. End it there.')
    },

    /** Ends a load under way and waits until it has left. */
    async close(): Promise<void> {
      const load = running
      if (!load) return
      load.process.cancel()
      await load.process.ended.catch(() => {})
    },
  }

  /** What the process said last is newer than its row. */
  function newest(report: LoadReport): LoadReport {
    const told = running?.id === report.id ? running.report : null
    return report.state === 'running' && told ? told : report
  }
}
export type LoadsService = ReturnType<typeof createLoadsService>

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

const isRunningAlready = () => new Refusal('load_running', 'Another load is running. Wait until it is over.')

function noteOf(viewer: Viewer, action: string, id: string, detail: Record<string, unknown>): AuditNote {
  return { actor: viewer, action, resource: 'load', resourceId: id, areaPath: null, detail }
}

function wishesOf({ kind, level, datum, timeZone, map, skipRefused }: LoadOptions): Record<string, unknown> {
  const wishes = { kind, level, datum, timeZone, map, skipRefused }
  return Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined))
}

function refusalOf(report: LoadReport): Refusal {
  const named = report.refused
    .slice(0, NAMED_ROWS)
    .map(({ index, path, reason }) => [[index === 0 ? 'file' : `row ${index}`, path].filter(Boolean).join(' '), reason])
  const first = report.refused[0]
  const message = report.refusedCount > 1 || !first ? (report.message ?? '') : `${named[0]?.[0]}: ${first.reason}`
  return new Refusal('bad_file', message, { fields: Object.fromEntries(named), current: report })
}
