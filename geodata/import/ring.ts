/** Plane geometry of one closed ring, in degrees. */
import type { Position } from 'geojson'

/** Twice the signed area: positive when the ring runs counter-clockwise. */
export function doubledArea(ring: readonly Position[]): number {
  // Relative to the first position, so that small rings far from the origin keep their digits.
  const [[originX = 0, originY = 0] = []] = ring
  let sum = 0
  for (let at = 1; at < ring.length; at++) {
    const [x0 = 0, y0 = 0] = ring[at - 1] ?? []
    const [x1 = 0, y1 = 0] = ring[at] ?? []
    sum += (x0 - originX) * (y1 - originY) - (x1 - originX) * (y0 - originY)
  }
  return sum
}

/** Whether a position lies inside a ring or on it. */
export function isInsideRing([x = 0, y = 0]: Position, ring: readonly Position[]): boolean {
  let isInside = false
  for (let at = 1; at < ring.length; at++) {
    const [x0 = 0, y0 = 0] = ring[at - 1] ?? []
    const [x1 = 0, y1 = 0] = ring[at] ?? []
    const turn = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
    const isBeside = x >= Math.min(x0, x1) && x <= Math.max(x0, x1) && y >= Math.min(y0, y1) && y <= Math.max(y0, y1)
    if (turn === 0 && isBeside) return true
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) isInside = !isInside
  }
  return isInside
}
