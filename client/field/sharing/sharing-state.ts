/** How the sharing of one's position goes, in one word, worked out from what is known and nothing else. */
import { positionSources, staleAfterMs, uncallableAfterMs } from '#contract/positions'

export type SharingState =
  /** The server holds a fresh fix. */
  | 'sharing'
  /** The first fix is awaited. */
  | 'searching'
  /** The last fix is old; soon he will not be called by position. */
  | 'stale'
  /** So old that he is not called by position. */
  | 'silent'
  /** The page may not have the position. */
  | 'denied'
  /** The phone has no fix to give. */
  | 'unavailable'
  /** A page without encryption gets no position from the browser. */
  | 'insecure'
  /** This browser has no positions at all. */
  | 'unsupported'
  /** The server did not take the newest fix. */
  | 'refused'

export interface SharingFacts {
  /** Instants in milliseconds by one and the same clock. */
  now: number
  dutySince: number
  /** When the newest fix that the server holds was taken, by whatever device; null before the first. */
  reachedAt: number | null
  reportsEveryMs: number | null
  /** What stops this page from reporting, if anything does. */
  obstacle: 'denied' | 'unavailable' | 'insecure' | 'unsupported' | null
  /** Why the newest fix was not taken; null when it was. */
  refusal: string | null
}

export interface Sharing {
  state: SharingState
  /** Age of the newest fix that the server holds, milliseconds. */
  ageMs: number | null
  /** How long until he is no longer called by position, milliseconds; null when that is not at hand. */
  uncallableInMs: number | null
}

export function sharingOf(facts: SharingFacts): Sharing {
  const { now, dutySince, reachedAt, obstacle, refusal } = facts
  const every = facts.reportsEveryMs ?? positionSources.browser.reportsEveryMs
  const ageMs = reachedAt === null ? null : Math.max(0, now - reachedAt)
  const waitedMs = ageMs ?? now - dutySince
  const told = (state: SharingState, uncallableInMs: number | null = null) => ({ state, ageMs, uncallableInMs })

  if (refusal !== null) return told('refused')
  if (ageMs !== null && ageMs < staleAfterMs(every)) return told('sharing')
  if (obstacle !== null) return told(obstacle)
  if (waitedMs >= uncallableAfterMs(every)) return told('silent')
  if (ageMs === null) return told('searching')
  return told('stale', uncallableAfterMs(every) - ageMs)
}
