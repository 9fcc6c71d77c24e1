/** Which points stand on the first page. */
import { openingOf, type ResidentPoint } from '#contract/resident'

/** The nearest, but at least one that is open now when there is any: a closed door helps nobody. */
export function nearestThree(points: readonly ResidentPoint[], now: number, timeZone: string): ResidentPoint[] {
  const isOpen = (point: ResidentPoint) => openingOf(point, new Date(now), timeZone).state !== 'closed'
  const nearest = points.slice(0, 3)
  if (nearest.some(isOpen)) return nearest
  const open = points.find(isOpen)
  return open ? [open, ...nearest.slice(0, 2)] : nearest
}
