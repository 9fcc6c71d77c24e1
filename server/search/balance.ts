/** Chooses what the palette shows when more was found than fits. */
import type { SearchHit } from '#contract/district'
import type { Rank } from './search.queries.ts'

export interface RankedHit extends SearchHit {
  rank: Rank
}

/**
 * At most `limit` hits: every exact code first, then one of each kind in turn, so that a street full of buildings
 * does not hide the one person of that name. Each list is in order of rank; so is the result.
 */
export function balance(lists: readonly (readonly RankedHit[])[], limit: number): SearchHit[] {
  const exact = lists.flatMap((hits) => hits.filter(({ rank }) => rank === 0))
  const others = lists.map((hits) => hits.filter(({ rank }) => rank !== 0))
  const longest = Math.max(0, ...others.map(({ length }) => length))
  const inTurn = Array.from({ length: longest }, (_, turn) => others.flatMap((hits) => hits.slice(turn, turn + 1)))
  return [...exact, ...inTurn.flat()]
    .slice(0, limit)
    .sort((a, b) => a.rank - b.rank)
    .map(({ rank: _, ...hit }) => hit)
}
