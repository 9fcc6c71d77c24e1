/** Tells a load on the console: one line that moves while it runs, then the outcome, notes and refused rows. */
import { type LoadLocale, loadSentence } from '#contract/load-words'
import type { LoadReport } from '#contract/loads'

const WORDS = {
  en: { rows: 'rows', row: 'row', file: 'file', more: (count: number) => `… and ${count} more` },
  'zh-CN': { rows: '行', row: '第', file: '文件', more: (count: number) => `…… 另有 ${count} 处` },
}
const STEPS = {
  en: { reading: 'reading', staging: 'checking', merging: 'taking over', attributing: 'finding grids' },
  'zh-CN': { reading: '读取', staging: '核对', merging: '写入', attributing: '归属网格' },
} as const
/** So many refused rows fit a screen; the report keeps more. */
const SHOWN = 20

/** Chinese where the terminal is, else English. */
export function createConsoleTeller(env: NodeJS.ProcessEnv, out: NodeJS.WriteStream = process.stdout) {
  const locale: LoadLocale = /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh-CN' : 'en'
  const words = WORDS[locale]
  const isTerminal = out.isTTY === true
  let toldStep = ''

  return {
    progress({ fileName, progress }: LoadReport): void {
      if (!progress) return
      const { step, done, total, rowsPerSecond, seconds } = progress
      // A log file gets a line a step, not one a third of a second.
      if (!isTerminal && toldStep === `${fileName} ${step}`) return
      toldStep = `${fileName} ${step}`
      const of = total === null ? '' : ` ${done}/${total} ${words.rows}`
      const rate = rowsPerSecond > 0 ? `, ${rowsPerSecond}/s` : ''
      const line = `${fileName}: ${STEPS[locale][step]}${of}${rate}, ${seconds.toFixed(1)} s`
      out.write(isTerminal ? `\r\x1b[2K${line}` : `${line}\n`)
    },

    outcome(report: LoadReport): void {
      const { fileName, message, notes, refused, refusedCount } = report
      const outcome = outcomeOf(report, locale) ?? message ?? ''
      out.write(`${isTerminal ? '\r\x1b[2K' : ''}${fileName}: ${outcome}\n`)
      for (const note of notes) out.write(`  · ${loadSentence(note, locale)}\n`)
      for (const row of refused.slice(0, SHOWN)) {
        const where = row.index === 0 ? words.file : locale === 'en' ? `row ${row.index}` : `第 ${row.index} 行`
        out.write(`  ✗ ${where}${row.path ? ` · ${row.path}` : ''}: ${loadSentence(row, locale)}\n`)
      }
      if (refusedCount > SHOWN) out.write(`  ${words.more(refusedCount - SHOWN)}\n`)
    },
  }
}

function outcomeOf(report: LoadReport, locale: LoadLocale): string | null {
  const { state, added, changed, unchanged, refusedCount } = report
  if (state === 'done') return loadSentence({ code: 'load_done', values: { added, changed, unchanged } }, locale)
  if (state === 'refused') return loadSentence({ code: 'load_refused', values: { count: refusedCount } }, locale)
  if (state === 'cancelled') return loadSentence({ code: 'load_cancelled', values: {} }, locale)
  return null
}
