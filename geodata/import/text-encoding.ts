/** Bytes to text: a byte order mark decides, else strict UTF-8, else GB18030 (which holds GBK and GB2312). */
import { Refused } from './refused.ts'

export interface DecodedText {
  text: string
  encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030'
}

const MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'UTF-8' },
  { bytes: [0xff, 0xfe], encoding: 'UTF-16LE' },
  { bytes: [0xfe, 0xff], encoding: 'UTF-16BE' },
] as const

/** First bytes of what people send in place of text. */
const FORMATS = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: 'Excel/zip' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], name: 'Excel 97 (.xls)' },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'PDF' },
  { bytes: [0x1f, 0x8b], name: 'gzip' },
  { bytes: [0x00, 0x00, 0x27, 0x0a], name: 'shapefile (.shp)' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], name: 'GeoPackage/SQLite' },
] as const

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, at) => bytes[at] === byte)

/** Text without its byte order mark. Refuses what is no text in any of the encodings. */
export function decodeText(bytes: Uint8Array): DecodedText {
  for (const { bytes: start, name } of FORMATS)
    if (startsWith(bytes, start)) throw new Refused('not_text', { format: name })
  const mark = MARKS.find(({ bytes: start }) => startsWith(bytes, start))
  for (const encoding of mark ? [mark.encoding] : (['UTF-8', 'GB18030'] as const)) {
    const text = decodeStrictly(bytes, encoding)
    if (text !== null) return { text, encoding }
  }
  throw new Refused('encoding_unknown')
}

function decodeStrictly(bytes: Uint8Array, encoding: DecodedText['encoding']): string | null {
  // After its mark UTF-16 is not in doubt, and half a surrogate pair in one cell must not cost the file.
  if (encoding.startsWith('UTF-16')) return new TextDecoder(encoding).decode(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(encoding === 'UTF-8' ? mendHalfSurrogates(bytes) : bytes)
  } catch {
    return null
  }
}

/** Some programs write half a surrogate pair as three bytes ED A0..BF xx. It becomes U+FFFD, as everywhere else. */
function mendHalfSurrogates(bytes: Uint8Array): Uint8Array {
  let mended: Uint8Array | null = null
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const [second = 0, third = 0] = bytes.subarray(at + 1, at + 3)
    if (second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) continue
    mended ??= bytes.slice()
    mended.set([0xef, 0xbf, 0xbd], at)
  }
  return mended ?? bytes
}
