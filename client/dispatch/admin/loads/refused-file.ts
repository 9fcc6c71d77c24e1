/** The refused rows as a file to correct by; harmless in a spreadsheet. */
import type { LoadReport } from '#contract/loads'
import { csvText } from '../csv.ts'

export function refusedFile(
  report: LoadReport,
  headings: readonly [row: string, place: string, reason: string],
  reasonOf: (row: LoadReport['refused'][number]) => string,
): { name: string; text: string } {
  const rows = report.refused.map((row) => [row.index, row.path, reasonOf(row)])
  const base = report.fileName.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}._-]/gu, '_')
  return { name: `${base}-refused.csv`, text: csvText([headings, ...rows]) }
}
