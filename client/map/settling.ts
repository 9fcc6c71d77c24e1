/** A crowd on the map: a mark stays where it is drawn until its person is a pixel from there. Pure. */
import type { LonLat } from '#contract/geo'
import { type Frame, type FramePerson, personFlags } from '#contract/position-frame'

const METRES_PER_DEGREE = 111_195
const MINUTE_MS = 60_000
/** An arrow that is off by less looks right. */
const DEGREES = 10

/**
 * The newer frame with everybody who has not moved so many metres where he is drawn now; who looks the same besides is
 * the very same object, so that nothing about him is worked out anew. `exact` is somebody to draw as he is.
 */
export function settleFrame(drawn: Frame | null, after: Frame, metres: number, exact: number | null): Frame {
  if (!drawn) return after
  const old = new Map(drawn.people.map((person) => [person.handle, person]))
  const people = after.people.map((person): FramePerson => {
    const before = old.get(person.handle)
    if (!before || person.handle === exact || !isWithin(metres, before.position, person.position)) return person
    return looksSame(before, person) ? before : { ...person, position: before.position }
  })
  return { ...after, people }
}

function isWithin(metres: number, [fromLon, fromLat]: LonLat, [lon, lat]: LonLat): boolean {
  const north = (lat - fromLat) * METRES_PER_DEGREE
  const east = (lon - fromLon) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  return north * north + east * east < metres * metres
}

/** Only of a stale mark the age is told, in minutes. */
function looksSame(a: FramePerson, b: FramePerson): boolean {
  if (a.flags !== b.flags || !isSameWay(a.headingDegrees, b.headingDegrees)) return false
  return (b.flags & personFlags.stale) === 0 || minutes(a) === minutes(b)
}

const minutes = ({ ageMs }: FramePerson) => (ageMs === null ? null : Math.round(ageMs / MINUTE_MS))

function isSameWay(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b
  const apart = Math.abs(a - b) % 360
  return Math.min(apart, 360 - apart) < DEGREES
}
