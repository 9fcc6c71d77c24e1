/**
 * The surface that no area covers, cut to one tile: the tile's square with the district's outline as holes in it.
 * It is worked out in tile units (x to the right, y down, 0..4096) because the square has to reach beyond whatever the
 * outline is cut to: a hole that touches the edge of its surface is drawn wrongly.
 */
import type { Position } from 'geojson'
import { TILE_BUFFER, TILE_EXTENT, type TileId } from './tile-id.ts'

type Point = [number, number]
export type TileRing = Point[]
/** The outer ring, then its holes. */
export type TilePolygon = TileRing[]

const [LOW, HIGH] = [-TILE_BUFFER, TILE_EXTENT + TILE_BUFFER]
const square: TileRing = [
  [2 * LOW, 2 * LOW],
  [HIGH - LOW, 2 * LOW],
  [HIGH - LOW, HIGH - LOW],
  [2 * LOW, HIGH - LOW],
  [2 * LOW, 2 * LOW],
]

/**
 * `outline`: rings in [longitude, latitude], clockwise around the district and counter-clockwise around what it leaves
 * out within (the answers of `commonOutline`).
 */
export function outsideOf(tile: TileId, outline: readonly Position[][]): TilePolygon[] {
  const rings = outline.map((ring) => cutToTile(inTileUnits(tile, ring))).filter((ring) => ring.length >= 4)
  // Y runs down in a tile, so what is clockwise to the eye has a positive area. A hole has to run the other way.
  const holes = rings.filter((ring) => doubleArea(ring) > 0).map((ring) => ring.toReversed())
  const enclaves = rings.filter((ring) => doubleArea(ring) < 0).map((ring) => ring.toReversed())
  const surfaces: TilePolygon[] = [[square], ...enclaves.map((ring) => [ring])]
  for (const hole of holes) smallestAround(surfaces, hole)?.push(hole)
  return surfaces
}

function inTileUnits({ z, x, y }: TileId, ring: readonly Position[]): TileRing {
  const across = 2 ** z
  return ring.map(([longitude = 0, latitude = 0]) => {
    const sine = Math.sin((latitude * Math.PI) / 180)
    const height = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI
    return [(((longitude + 180) / 360) * across - x) * TILE_EXTENT, (height * across - y) * TILE_EXTENT]
  })
}

/** Sutherland–Hodgman against the tile's buffered square, then whole units, closed. */
function cutToTile(ring: TileRing): TileRing {
  let cut = ring.slice(0, -1)
  for (const axis of [0, 1] as const) {
    cut = keepSide(cut, axis, LOW, 1)
    cut = keepSide(cut, axis, HIGH, -1)
  }
  const whole: TileRing = []
  for (const [x, y] of cut) {
    const point: Point = [Math.round(x), Math.round(y)]
    const last = whole.at(-1)
    if (!last || last[0] !== point[0] || last[1] !== point[1]) whole.push(point)
  }
  const [first] = whole
  return first ? [...whole, first] : []
}

function keepSide(ring: TileRing, axis: 0 | 1, limit: number, sign: 1 | -1): TileRing {
  const kept: TileRing = []
  const isIn = (point: Point) => sign * (point[axis] - limit) >= 0
  for (const [index, here] of ring.entries()) {
    const before = ring[(index + ring.length - 1) % ring.length] ?? here
    if (isIn(here) !== isIn(before)) kept.push(crossing(before, here, axis, limit))
    if (isIn(here)) kept.push(here)
  }
  return kept
}

function crossing(from: Point, to: Point, axis: 0 | 1, limit: number): Point {
  const share = (limit - from[axis]) / (to[axis] - from[axis])
  const across = from[1 - axis] as number
  const other = across + share * ((to[1 - axis] as number) - across)
  return axis === 0 ? [limit, other] : [other, limit]
}

function doubleArea(ring: TileRing): number {
  return ring.reduce((sum, [x, y], index) => {
    const [x1, y1] = ring[(index + 1) % ring.length] ?? [x, y]
    return sum + x * y1 - x1 * y
  }, 0)
}

/** The surface a hole lies in: an enclave where one is around it, else the square. */
function smallestAround(surfaces: readonly TilePolygon[], hole: TileRing): TilePolygon | undefined {
  const [[x0, y0] = [0, 0], [x1, y1] = [0, 0]] = hole
  // Rings touch at their vertices; the middle of a side is on one of them only.
  const inside: Point = [(x0 + x1) / 2, (y0 + y1) / 2]
  const around = surfaces.filter(([outer]) => outer && holds(outer, inside))
  return around.toSorted(([a = []], [b = []]) => doubleArea(a) - doubleArea(b))[0]
}

/** Even-odd rule. */
function holds(ring: TileRing, [x, y]: Point): boolean {
  let isInside = false
  for (const [index, [xa, ya]] of ring.entries()) {
    const [xb, yb] = ring[(index + 1) % ring.length] ?? [xa, ya]
    if (ya > y !== yb > y && x < ((xb - xa) * (y - ya)) / (yb - ya) + xa) isInside = !isInside
  }
  return isInside
}
