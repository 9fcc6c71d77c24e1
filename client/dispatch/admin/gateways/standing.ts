import type { Gateway } from '#contract/duty'
import { staleAfterMs } from '#contract/positions'

export type Standing = 'delivering' | 'silent' | 'never'

/** A key's use is noted every few seconds only, so a quick gateway is given a minute. */
const LEAST_MS = 60_000

/** Whether a gateway delivers as often as it said it would. */
export function standingOf({ seenAt, reportsEveryMs }: Gateway, now: number): Standing {
  if (seenAt === null) return 'never'
  return now - seenAt <= Math.max(LEAST_MS, staleAfterMs(reportsEveryMs)) ? 'delivering' : 'silent'
}
