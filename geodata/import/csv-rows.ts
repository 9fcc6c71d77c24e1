/** CSV text as rows: any line end, any of the usual separators, quoted fields, NUL dropped, ragged rows found. */
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { Refused } from './refused.ts'

export interface CsvTable {
  columns: string[]
  /** Data rows in order; rows of only empty cells are skipped. Reads once. */
  rows: AsyncIterable<{ index: number; cells: string[] } | { index: number; ragged: Refused }>
  nulDropped: number
}

const SEPARATORS = [',', '\t', ';'] as const
const CHUNK = 64 * 1024
/** No row is longer; an unclosed quote would otherwise swallow the file. */
const MAX_ROW_CHARACTERS = 1024 * 1024

/** Throws Refused when there is no header; later faults of the text are thrown while reading. */
export async function readCsv(source: string): Promise<CsvTable> {
  const text = source.replaceAll('\0', '')
  const parser = parse({
    delimiter: separatorOf(text),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
  })
  const records: AsyncIterator<string[]> = Readable.from(chunksOf(text)).pipe(parser)[Symbol.asyncIterator]()
  const header = await nextOf(records)
  if (!header) throw new Refused('file_empty')
  const columns = header.map((name) => name.trim())
  while (columns.length > 0 && columns.at(-1) === '') columns.pop()
  return { columns, rows: rowsOf(records, columns.length), nulDropped: source.length - text.length }
}

async function* rowsOf(records: AsyncIterator<string[]>, width: number): CsvTable['rows'] {
  for (let index = 0; ; ) {
    const cells = await nextOf(records)
    if (!cells) return
    if (cells.every((cell) => cell.trim() === '')) continue
    index++
    // Spreadsheets leave empty cells at the end.
    while (cells.length > width && cells.at(-1)?.trim() === '') cells.pop()
    if (cells.length === width) yield { index, cells }
    else yield { index, ragged: new Refused('row_ragged', { found: cells.length, expected: width }) }
  }
}

async function nextOf(records: AsyncIterator<string[]>): Promise<string[] | null> {
  try {
    const { value, done } = await records.next()
    return done ? null : value
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    throw new Refused('csv_broken', { line, detail: error.message }, `line ${line}`)
  }
}

function* chunksOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + CHUNK)
    // Half a surrogate pair at a seam would be written as U+FFFD.
    const last = text.charCodeAt(end - 1)
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--
    yield text.slice(start, end)
    start = end
  }
}

/** The separator that stands most often in the header, outside quotes. */
function separatorOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '').replace(/"[^"]*"/g, '')
  const counts = SEPARATORS.map((separator) => ({ separator, count: header.split(separator).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).separator
}
