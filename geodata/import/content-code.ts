/** A code for a row whose file has none: made of its content, so that the same row gets the same code again. */
import { createHash } from 'node:crypto'

/** `prefix-` and 16 hexadecimal digits. */
export function contentCode(prefix: string, ...content: readonly unknown[]): string {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  return `${prefix}-${digest.slice(0, 16)}`
}

/** Numbers the second and later rows of one source object ("osm-12", "osm-12.2"): a street in several pieces. */
export function createPieceCodes(): (base: string) => string {
  const counts = new Map<string, number>()
  return (base) => {
    const count = (counts.get(base) ?? 0) + 1
    counts.set(base, count)
    return count === 1 ? base : `${base}.${count}`
  }
}
