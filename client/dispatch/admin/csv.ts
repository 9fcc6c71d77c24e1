/** Writing and reading CSV in the browser: what we give away must be harmless in a spreadsheet. */

/** A cell that starts with one of these is run as a formula by spreadsheet programs. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/
const BOM = '\uFEFF'

/** One cell: a formula is made text by a leading apostrophe, everything is quoted. */
export function csvCell(value: string | number | null): string {
  if (typeof value === 'number') return `"${value}"`
  const text = value ?? ''
  const harmless = FORMULA_START.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}

/** RFC 4180 with a byte order mark, so that spreadsheet programs read it as UTF-8. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return BOM + rows.map((row) => row.map(csvCell).join(',')).join('\r\n')
}

/** Lets the person save a text as a file; nothing is sent anywhere. */
export function saveFile(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The click has started the save; the address is only needed until then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** The column names of a CSV file's first bytes: UTF-8, else GB18030; quotes and a byte order mark are taken off. */
export function csvHeader(bytes: Uint8Array): string[] {
  const [line = ''] = decode(bytes)
    .replace(BOM, '')
    .split(/\r\n|\r|\n/)
  const delimiter = ['\t', ';', ','].find((mark) => line.includes(mark)) ?? ','
  const names: string[] = []
  const cell = new RegExp(`(?:^|${delimiter})(?:"((?:[^"]|"")*)"|([^"${delimiter}]*))`, 'g')
  for (const [, quoted, plain] of line.matchAll(cell)) names.push((quoted?.replaceAll('""', '"') ?? plain ?? '').trim())
  return names.filter((name) => name !== '')
}

function decode(bytes: Uint8Array): string {
  try {
    // `stream` bears a character cut in half at the end of what was read.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
