/** People on their way from one frame to the next. Pure. */
import { distanceMetres, type LonLat } from '#contract/geo'
import type { Frame, FramePerson } from '#contract/position-frame'

/** Above so many people in view every frame is drawn once: their ways would cost more than they show. */
export const MOST_EASED = 400
/** Nobody walks so far between two frames: that is another place, and showing the way to it would be a lie. */
const FURTHEST_METRES = 80
/** Less than this is a rounding of the frame. */
const LEAST_METRES = 0.3

export type Moves = ReadonlyMap<number, LonLat>

/** Where those who moved were before, by handle; empty when there is nothing to show between two frames. */
export function movesBetween(before: Frame | null, after: Frame | null): Moves {
  const moves = new Map<number, LonLat>()
  if (!before || !after || after.people.length > MOST_EASED || before.people.length > MOST_EASED) return moves
  const old = new Map(before.people.map((person) => [person.handle, person.position]))
  for (const { handle, position } of after.people) {
    const from = old.get(handle)
    if (!from) continue
    const metres = distanceMetres(from, position)
    if (metres >= LEAST_METRES && metres <= FURTHEST_METRES) moves.set(handle, from)
  }
  return moves
}

/** The frame with those who move at a share (0 to 1) of their way; everything else about them is already the new. */
export function easeFrame(after: Frame, moves: Moves, share: number): Frame {
  const people = after.people.map((person): FramePerson => {
    const from = moves.get(person.handle)
    if (!from) return person
    const [toLon, toLat] = person.position
    return {
      ...person,
      position: [from[0] + (toLon - from[0]) * share, from[1] + (toLat - from[1]) * share],
    }
  })
  return { ...after, people }
}
