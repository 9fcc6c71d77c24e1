/** What a list of measurements says. */

/** The value below which the given share of them lies; null when there are none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null
}

export const highest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0)
export const secondsSince = (since: number) => (performance.now() - since) / 1000
