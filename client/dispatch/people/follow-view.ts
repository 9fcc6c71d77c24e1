/** When the map moves after somebody it follows, and what it says meanwhile. Pure. */
import type { Bounds, LonLat } from '#contract/geo'
import { type FramePerson, personFlags } from '#contract/position-frame'
import { placeShare } from '../map-area/place-share.ts'

/** The map stands still while they are this far inside its edges, as a share of its width and height. */
const MARGIN = 0.28

/** Whether somebody has come so near to the edge of what is seen that the map must move. */
export function isNearEdge(place: LonLat, view: Bounds): boolean {
  const { x, y } = placeShare(place, view)
  return Math.min(x, y) < MARGIN || Math.max(x, y) > 1 - MARGIN
}

export type FollowState = 'seeking' | 'live' | 'stale' | 'suspect'

/** How well somebody can be followed; `fix` is null while no frame holds them. */
export function followState(fix: Pick<FramePerson, 'flags'> | null): FollowState {
  if (!fix) return 'seeking'
  if (fix.flags & personFlags.stale) return 'stale'
  return fix.flags & personFlags.suspect ? 'suspect' : 'live'
}
