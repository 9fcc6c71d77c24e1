/** Direction and start of polygon rings. Axis order [longitude, latitude], north up. */
import type { Geometry, Position } from 'geojson'

/** Twice the signed area: positive when the ring runs counter-clockwise. */
function doubleArea(ring: readonly Position[]): number {
  let sum = 0
  let [x0 = 0, y0 = 0] = ring.at(-1) ?? []
  for (const [x = 0, y = 0] of ring) {
    sum += x0 * y - x * y0
    ;[x0, y0] = [x, y]
  }
  return sum
}

/** Every ring of a surface, running clockwise around it and counter-clockwise around its holes: inside is on the right. */
export function clockwiseRings(geometry: Geometry): Position[][] {
  return polygonsOf(geometry).flatMap((rings) =>
    rings.map((ring, index) => {
      const isClockwise = doubleArea(ring) < 0
      return isClockwise === (index === 0) ? ring : ring.toReversed()
    }),
  )
}

function polygonsOf(geometry: Geometry): Position[][][] {
  if (geometry.type === 'MultiPolygon') return geometry.coordinates
  return geometry.type === 'Polygon' ? [geometry.coordinates] : []
}

/**
 * The same ring, beginning in the middle of its longest side. A line drawn along a ring has no join where it begins,
 * and a straight place hides that; at a corner, an offset line would stick out.
 */
export function startOnLongestSide(ring: readonly Position[]): Position[] {
  let longest = 0
  let at = 0
  for (let index = 0; index + 1 < ring.length; index++) {
    const [[x0 = 0, y0 = 0], [x1 = 0, y1 = 0]] = [ring[index] ?? [], ring[index + 1] ?? []]
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    if (length > longest) [longest, at] = [length, index]
  }
  const [[x0 = 0, y0 = 0], [x1 = 0, y1 = 0]] = [ring[at] ?? [], ring[at + 1] ?? []]
  const middle = [(x0 + x1) / 2, (y0 + y1) / 2]
  return [middle, ...ring.slice(at + 1, -1), ...ring.slice(0, at + 1), middle]
}
