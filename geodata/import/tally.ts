/** Counts of what was left out, taken as something else or mended, said once at the end. */
import type { LoadWord } from '#contract/load-words'
import type { LoadNote } from '#contract/loads'
import type { Values } from './refused.ts'

/** So many different things are named one by one; the rest are only in the sum. */
const NAMED = 8

export interface Tally {
  /** One more of `what`, said with `code`; its count fills {count}. */
  add(code: LoadWord, what?: Values): void
  /** The largest counts first. */
  notes(): LoadNote[]
}

export function createTally(): Tally {
  const entries = new Map<string, { code: LoadWord; values: Values; count: number }>()
  return {
    add(code, what = {}) {
      const key = JSON.stringify([code, what])
      const entry = entries.get(key)
      if (entry) entry.count++
      else entries.set(key, { code, values: what, count: 1 })
    },
    notes() {
      const largestFirst = [...entries.values()].sort((a, b) => b.count - a.count)
      const leftOut = largestFirst.filter(({ code }) => code === 'left_out')
      const others = largestFirst.filter(({ code }) => code !== 'left_out').slice(0, NAMED)
      const notes = others.map(({ code, values, count }): LoadNote => ({ code, values: { count, ...values } }))
      return leftOut.length > 0 ? [...notes, sumUp(leftOut)] : notes
    },
  }
}

/** One sentence for all that was left out: "170: wall (LineString) 26, fence (LineString) 8, …". */
function sumUp(leftOut: readonly { values: Values; count: number }[]): LoadNote {
  const named = leftOut.slice(0, NAMED).map(({ values, count }) => `${values.what} ${count}`)
  if (leftOut.length > NAMED) named.push('…')
  const count = leftOut.reduce((sum, entry) => sum + entry.count, 0)
  return { code: 'left_out', values: { count, what: named.join(', ') } }
}
