/** The report of one load while it grows, and the telling of its progress. */
import { type LoadWord, loadSentence } from '#contract/load-words'
import {
  type LoadKind,
  type LoadNote,
  type LoadProgress,
  type LoadReport,
  REFUSED_ROWS_KEPT,
  type RefusedRow,
} from '#contract/loads'
import type { Values } from './refused.ts'
import { createTally } from './tally.ts'

/** Screens are told this often. */
const TELL_EVERY_MS = 300
/** The database is told this often: other processes read it there, and see that the load lives. */
const SHOW_LIFE_EVERY_MS = 2_000

/** A rate of the first moments is nonsense; 0 says that there is none yet. */
const LEAST_SECONDS_FOR_A_RATE = 0.25

export interface GrowingReport {
  /** Changed in place as the load goes on. */
  readonly report: LoadReport
  say(code: LoadWord, values?: Values): void
  /** Counts something said once, at the end. */
  tell(code: LoadWord, what?: Values): void
  refuse(row: RefusedRow): void
  /** Tells at most a few times a second; always when `isNow`. */
  progress(step: LoadProgress['step'], done: number, total: number | null, isNow?: boolean): Promise<void>
  /** Settles the outcome. */
  end(state: 'done' | 'refused' | 'cancelled', message: LoadWord, values?: Values): LoadReport
}

export function createReport(parts: {
  id: string
  fileName: string
  at: number
  actor: string | null
  now: () => number
  onProgress: (report: LoadReport) => void
  showLife: (kind: LoadKind | null, rowsRead: number, progress: LoadProgress) => Promise<void>
}): GrowingReport {
  const { id, fileName, at, actor, now, onProgress, showLife } = parts
  const startedAt = now()
  const said: LoadNote[] = []
  const tally = createTally()
  const report: LoadReport = {
    id,
    fileName,
    kind: null,
    at,
    actor,
    state: 'running',
    rowsRead: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    refusedCount: 0,
    refused: [],
    notes: [],
    progress: null,
    message: null,
  }
  let toldAt = 0
  let livedAt = 0
  let step: LoadProgress['step'] = 'reading'
  let stepAt = startedAt

  return {
    report,
    say(code, values = {}) {
      said.push({ code, values })
      report.notes = [...said, ...tally.notes()]
    },
    tell: (code, what) => tally.add(code, what),
    refuse(row) {
      report.refusedCount++
      if (report.refused.length < REFUSED_ROWS_KEPT) report.refused.push(row)
    },
    async progress(next, done, total, isNow = false) {
      const time = now()
      if (next !== step) {
        step = next
        stepAt = time
      } else if (!isNow && time - toldAt < TELL_EVERY_MS) return
      toldAt = time
      const inStep = (time - stepAt) / 1000
      const rowsPerSecond = inStep < LEAST_SECONDS_FOR_A_RATE ? 0 : Math.round(done / inStep)
      const seconds = Math.round((time - startedAt) / 100) / 10
      report.progress = { step, done, total, rowsPerSecond, seconds }
      onProgress({ ...report })
      if (time - livedAt < SHOW_LIFE_EVERY_MS) return
      livedAt = time
      await showLife(report.kind, report.rowsRead, report.progress)
    },
    end(state, message, values = {}) {
      report.refused.sort((a, b) => a.index - b.index)
      report.notes = [...said, ...tally.notes()]
      report.state = state
      report.progress = null
      report.message = loadSentence({ code: message, values }, 'en')
      return report
    },
  }
}
