/** Seeded randomness: the same seed and stream name give the same numbers on every machine. */

export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  between(low: number, high: number): number
  /** A whole number, both ends included. */
  whole(low: number, high: number): number
  chance(probability: number): boolean
  /** Normal distribution, Box–Muller. */
  normal(mean: number, deviation: number): number
  pick<Item>(items: readonly Item[]): Item
  /** One key of a table of weights. */
  weighted<Key extends string>(weights: Partial<Record<Key, number>>): Key
  shuffled<Item>(items: readonly Item[]): Item[]
}

/** FNV-1a, so that each stream of a seed starts elsewhere. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index)
    value = Math.imul(value, 0x01000193)
  }
  return value >>> 0
}

interface AddedUp {
  keys: string[]
  /** Sums of the weights up to and with each key. */
  until: number[]
}
const tables = new WeakMap<object, AddedUp>()

/** Worked out once a table: some are asked thousands of times. */
function addedUp(weights: Partial<Record<string, number>>): AddedUp {
  const known = tables.get(weights)
  if (known) return known
  let sum = 0
  const table: AddedUp = { keys: [], until: [] }
  for (const [key, weight] of Object.entries(weights)) {
    sum += weight ?? 0
    table.keys.push(key)
    table.until.push(sum)
  }
  tables.set(weights, table)
  return table
}

/**
 * A generator for one part of the district. Each part has its own stream, so that a change in one part does not
 * reshuffle the others. The algorithm is mulberry32 (Tommy Ettinger, public domain).
 */
export function createRandom(seed: number, stream: string): Random {
  let state = hash(`${seed}/${stream}`)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    whole,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    normal(mean, deviation) {
      const radius = Math.sqrt(-2 * Math.log(1 - next()))
      return mean + deviation * radius * Math.cos(2 * Math.PI * next())
    },
    pick(items) {
      const item = items[whole(0, items.length - 1)]
      if (item === undefined) throw new Error('There is nothing to pick from.')
      return item
    },
    weighted<Key extends string>(weights: Partial<Record<Key, number>>) {
      const { keys, until } = addedUp(weights)
      const at = next() * (until.at(-1) ?? 0)
      const key = keys[until.findIndex((sum) => at < sum)]
      if (key === undefined) throw new Error('There is nothing to pick from.')
      return key as Key
    },
    shuffled(items) {
      const copy = [...items]
      for (let index = copy.length - 1; index > 0; index--) {
        const other = whole(0, index)
        const [a, b] = [copy[index], copy[other]]
        if (a !== undefined && b !== undefined) [copy[index], copy[other]] = [b, a]
      }
      return copy
    },
  }
}
