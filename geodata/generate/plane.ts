/** Geometry in a local plane: metres, x east and y north of the middle of the district. */
import type { LonLat } from '#contract/geo'

export type Point = readonly [x: number, y: number]
/** Not closed: the last point is not the first again. Counter-clockwise around land. */
export type Ring = readonly Point[]

/** Where the plane's origin lies. The town is invented; only its latitude is that of the Pearl River delta. */
export const ORIGIN: LonLat = [113.93, 22.75]

const METRES_PER_DEGREE = 111_195
const METRES_PER_DEGREE_EAST = METRES_PER_DEGREE * Math.cos((ORIGIN[1] * Math.PI) / 180)
/** 1e-7 degrees are about a centimetre; rounding makes shared corners equal as text, too. */
const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7

export const toLonLat = ([x, y]: Point): LonLat => [
  round(ORIGIN[0] + x / METRES_PER_DEGREE_EAST),
  round(ORIGIN[1] + y / METRES_PER_DEGREE),
]

/** Closed rings in degrees, the outer one first. */
export const toPolygon = (...rings: Point[][]): LonLat[][] =>
  rings.map((ring) => {
    const degrees = ring.map(toLonLat)
    return [...degrees, ...degrees.slice(0, 1)]
  })

export const add = (a: Point, b: Point): Point => [a[0] + b[0], a[1] + b[1]]
export const subtract = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]]
export const scale = (a: Point, factor: number): Point => [a[0] * factor, a[1] * factor]
export const mix = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
]
export const cross = (a: Point, b: Point) => a[0] * b[1] - a[1] * b[0]
export const dot = (a: Point, b: Point) => a[0] * b[0] + a[1] * b[1]
export const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1])

/** Turned counter-clockwise about the origin. */
export const rotate = ([x, y]: Point, radians: number): Point => {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  return [x * cos - y * sin, x * sin + y * cos]
}

/** Consecutive pairs of a ring, the closing one included. */
export function sidesOf<Item>(ring: readonly Item[]): [Item, Item][] {
  return ring.map((item, index) => [item, ring[(index + 1) % ring.length] as Item])
}

/** Positive when counter-clockwise. */
export function signedArea(ring: Ring): number {
  let twice = 0
  for (const [a, b] of sidesOf(ring)) twice += cross(a, b)
  return twice / 2
}

export const areaOf = (ring: Ring) => Math.abs(signedArea(ring))

/** The centre of gravity of the surface. */
export function centroid(ring: Ring): Point {
  const [originX, originY] = ring[0] ?? [0, 0]
  let [x, y, twice] = [0, 0, 0]
  for (const [a, b] of sidesOf(ring)) {
    const [from, to]: [Point, Point] = [
      [a[0] - originX, a[1] - originY],
      [b[0] - originX, b[1] - originY],
    ]
    const part = cross(from, to)
    x += (from[0] + to[0]) * part
    y += (from[1] + to[1]) * part
    twice += part
  }
  return twice === 0 ? [originX, originY] : [originX + x / (3 * twice), originY + y / (3 * twice)]
}

/** Even–odd rule. Asked a million times, so it makes no pairs. */
export function isInside([x, y]: Point, ring: Ring): boolean {
  let isIn = false
  let before = ring.at(-1)
  for (const here of ring) {
    if (before && here[1] > y !== before[1] > y) {
      if (x < here[0] + ((y - here[1]) * (before[0] - here[0])) / (before[1] - here[1])) isIn = !isIn
    }
    before = here
  }
  return isIn
}

/** How far a point is from the stretch a–b. */
export function distanceToSegment([x, y]: Point, a: Point, b: Point): number {
  const [alongX, alongY] = [b[0] - a[0], b[1] - a[1]]
  const length = alongX * alongX + alongY * alongY
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * alongX + (y - a[1]) * alongY) / length))
  return Math.hypot(x - a[0] - alongX * share, y - a[1] - alongY * share)
}

/** [west, south, east, north] in metres. */
export function boxOf(points: readonly Point[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}

export function lengthOf(line: readonly Point[]): number {
  let length = 0
  for (let index = 1; index < line.length; index++) {
    const [a, b] = [line[index - 1], line[index]]
    if (a && b) length += distance(a, b)
  }
  return length
}

/**
 * The direction most sides follow, between -45° and 45° from the x axis, in radians. Sides at right angles count for
 * the same direction, so this is how a block's buildings are turned.
 */
export function mainDirection(ring: Ring): number {
  let [cos, sin] = [0, 0]
  for (const [a, b] of sidesOf(ring)) {
    const along = subtract(b, a)
    const angle = 4 * Math.atan2(along[1], along[0])
    const length = Math.hypot(along[0], along[1])
    cos += Math.cos(angle) * length
    sin += Math.sin(angle) * length
  }
  return Math.atan2(sin, cos) / 4
}
