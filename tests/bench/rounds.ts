/** Figures taken in several interleaved rounds, so that a noisy minute falls on us and on our peers alike. */
import type { Figure, Spread } from './bench.ts'

export const ROUNDS = 5

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The value below which a share (0 to 1) of the values lies. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? Number.NaN

export const spreadOf = (values: readonly number[]): Spread => ({
  min: Math.min(...values),
  max: Math.max(...values),
  rounds: values.length,
})

/** A figure of one side: its median and how far the rounds lie apart. */
export const ofRounds = (values: readonly number[]): Pick<Figure, 'value' | 'spread'> => ({
  value: median(values),
  spread: spreadOf(values),
})

/** Ours against a peer's, round by round: the ratio is the median of the rounds' ratios. */
export function against(
  ours: readonly number[],
  peers: readonly number[],
): Pick<Figure, 'value' | 'peerValue' | 'ratio' | 'spread'> {
  const ratios = ours.map((value, round) => value / (peers[round] ?? Number.NaN))
  return { value: median(ours), peerValue: median(peers), ratio: median(ratios), spread: spreadOf(ratios) }
}
