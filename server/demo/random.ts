/** Seeded chance: the same morning for the same seed. */

/** Lehmer's multiplicative generator with the minimal standard's modulus (Park and Miller 1988, multiplier of 1993). */
const MODULUS = 2 ** 31 - 1
const MULTIPLIER = 48_271

export function createRandom(seed: number) {
  let state = (Math.abs(Math.trunc(seed)) % (MODULUS - 1)) + 1
  const next = () => {
    state = (state * MULTIPLIER) % MODULUS
    return (state - 1) / (MODULUS - 1)
  }
  return {
    /** From 0 to below 1. */
    next,
    between: (low: number, high: number) => low + next() * (high - low),
    chance: (probability: number) => next() < probability,
    pick: <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(next() * items.length)],
    /** Roughly normal, mean 0, deviation 1. */
    normal: () => next() + next() + next() + next() + next() + next() - 3,
  }
}
export type Random = ReturnType<typeof createRandom>
