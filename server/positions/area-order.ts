/** Areas in the order of their paths, so that a subtree is a range of numbers and a scope check is two comparisons. */
import { EVERYWHERE } from '#contract/roles'

/** From (included) to (excluded). */
export type OrderRange = readonly [from: number, to: number]

/** Order 0 is for people of no area; they belong to the whole installation only. */
const NO_AREA = 0
/** Sorts behind everything a path is made of. */
const AFTER_ALL = '\uffff'

export class AreaOrder {
  readonly #paths: readonly string[]
  readonly #orders: ReadonlyMap<string, number>

  constructor(paths: readonly string[]) {
    this.#paths = [...paths].sort()
    this.#orders = new Map(this.#paths.map((path, index) => [path, index + 1]))
  }

  orderOf(path: string | null): number {
    return path === null ? NO_AREA : (this.#orders.get(path) ?? NO_AREA)
  }

  /** The ranges of a scope; a path that no area has reaches nobody. */
  rangesOf(scope: readonly string[]): OrderRange[] {
    return scope.map((prefix) => {
      if (prefix === EVERYWHERE) return [NO_AREA, this.#paths.length + 1]
      const from = this.#firstAtLeast(prefix)
      return [from + 1, this.#firstAtLeast(`${prefix}${AFTER_ALL}`) + 1]
    })
  }

  #firstAtLeast(prefix: string): number {
    let low = 0
    let high = this.#paths.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#paths[middle] ?? '') < prefix) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** A plain loop: it is asked for every person of every screen, every second. */
export function isInRanges(order: number, ranges: readonly OrderRange[]): boolean {
  for (let index = 0; index < ranges.length; index++) {
    const range = ranges[index] as OrderRange
    if (order >= range[0] && order < range[1]) return true
  }
  return false
}
