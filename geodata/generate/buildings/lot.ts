/**
 * A piece of ground to build on. Buildings stand in rows along its main direction, keep their distance from streets
 * and from each other, and never leave it.
 */
import type { Town } from '../ground.ts'
import type { SideKind } from '../planar-map.ts'
import {
  add,
  boxOf,
  distance,
  distanceToSegment,
  isInside,
  mainDirection,
  type Point,
  rotate,
  sidesOf,
  subtract,
} from '../plane.ts'
import type { Outline } from './shapes.ts'

/** Middle, width along the lot's direction, depth across it; metres in the lot's own axes. */
export interface Plot {
  x: number
  y: number
  width: number
  depth: number
}

/** A stretch of street along the lot, in the lot's own axes. */
interface Edge {
  a: Point
  b: Point
  kind: SideKind
  setback: number
}

export interface Lot {
  /** The lot's own axes: turned by this, from this point. */
  direction: number
  origin: Point
  ring: Point[]
  edges: Edge[]
  taken: Plot[]
  /** [west, south, east, north] in the lot's own axes. */
  box: [number, number, number, number]
}

/** From the middle of a street to the nearest wall, metres: half the street and a strip of pavement or green. */
const setbacks: Record<SideKind, number> = {
  avenue: 31,
  major: 23,
  minor: 13,
  lane: 4.2,
  service: 7,
  path: 6,
  rail: 26,
  river: 80,
  none: 8,
}

export function createLot(town: Town, face: number): Lot {
  const ground = town.groundRing(face)
  const direction = mainDirection(ground)
  const origin = ground[0] ?? [0, 0]
  const own = (point: Point) => rotate(subtract(point, origin), -direction)
  const ring = ground.map(own)
  const edges = sidesOf(town.map.face(face).ring).map(([a, b]) => {
    const { kind } = town.map.side(a, b)
    return { a: own(town.placeOf(a)), b: own(town.placeOf(b)), kind, setback: setbacks[kind] }
  })
  return { direction, origin, ring, edges, taken: [], box: boxOf(ring) }
}

const cornersOf = ({ x, y, width, depth }: Plot): Point[] => [
  [x - width / 2, y - depth / 2],
  [x + width / 2, y - depth / 2],
  [x + width / 2, y + depth / 2],
  [x - width / 2, y + depth / 2],
]

/** Whether a plot lies in the lot, clear of streets and at least `gap` from what stands there. */
export function fits(lot: Lot, plot: Plot, gap: number): boolean {
  if (!isInside([plot.x, plot.y], lot.ring)) return false
  const isClear = lot.taken.every(
    (other) =>
      Math.abs(other.x - plot.x) >= (other.width + plot.width) / 2 + gap ||
      Math.abs(other.y - plot.y) >= (other.depth + plot.depth) / 2 + gap,
  )
  if (!isClear) return false
  const corners = cornersOf(plot)
  return (
    corners.every((corner) => isInside(corner, lot.ring)) &&
    lot.edges.every(({ a, b, setback }) => keepsAway(plot, corners, a, b, setback))
  )
}

/** Whether a plot is at least so far from a stretch of street that does not cross it. */
function keepsAway(plot: Plot, corners: Point[], a: Point, b: Point, metres: number): boolean {
  return (
    outsideOf(plot, a) >= metres &&
    outsideOf(plot, b) >= metres &&
    corners.every((corner) => distanceToSegment(corner, a, b) >= metres)
  )
}

const outsideOf = ({ x, y, width, depth }: Plot, point: Point) =>
  Math.hypot(Math.max(0, Math.abs(point[0] - x) - width / 2), Math.max(0, Math.abs(point[1] - y) - depth / 2))

export interface RowRule {
  /** Widths to try, the preferred one first. */
  widths: readonly number[]
  depth: number
  /** Clear space between rows and between neighbours. */
  rowGap: number
  gap: number
  /** How finely places are looked for, metres. */
  step?: number
}

const STEP = 4

/** Goes through the free plots of a lot in rows from south to north; `onPlot` builds on them or leaves them open. */
export function fillRows(lot: Lot, rule: RowRule, onPlot: (plot: Plot) => void): void {
  const [west, south, east, north] = lot.box
  const step = rule.step ?? STEP
  for (let y = south; y < north; ) {
    let hasBuilt = false
    for (let x = west; x < east; ) {
      const width = rule.widths.find((each) =>
        fits(
          lot,
          { x: x + each / 2, y: y + rule.depth / 2, width: each, depth: rule.depth },
          Math.min(rule.gap, rule.rowGap),
        ),
      )
      if (width === undefined) {
        x += step
        continue
      }
      const plot = { x: x + width / 2, y: y + rule.depth / 2, width, depth: rule.depth }
      onPlot(plot)
      hasBuilt = true
      x += width + rule.gap
    }
    y += hasBuilt ? rule.depth + rule.rowGap : step
  }
}

/** The place nearest to `wish` (shares of the lot's box) where a plot fits. */
export function findPlace(lot: Lot, width: number, depth: number, wish: Point, gap: number): Plot | null {
  const [west, south, east, north] = lot.box
  const target: Point = [west + (east - west) * wish[0], south + (north - south) * wish[1]]
  let best: Plot | null = null
  let bestAway = Infinity
  for (let x = west + width / 2; x <= east - width / 2; x += STEP) {
    for (let y = south + depth / 2; y <= north - depth / 2; y += STEP) {
      const away = distance([x, y], target)
      if (away < bestAway && fits(lot, { x, y, width, depth }, gap)) {
        best = { x, y, width, depth }
        bestAway = away
      }
    }
  }
  return best
}

/** Places along the lot's streets of the given kinds, each with its back to the inside. */
export function frontPlaces(lot: Lot, kinds: readonly SideKind[], length: number, depth: number, gap: number): Plot[] {
  const places: Plot[] = []
  for (const { a, b, kind, setback } of lot.edges) {
    if (!kinds.includes(kind)) continue
    const along = subtract(b, a)
    const size = Math.hypot(along[0], along[1])
    if (size < 1) continue
    const inward: Point = [-along[1] / size, along[0] / size]
    const isLevel = Math.abs(along[0]) > Math.abs(along[1])
    const [width, height] = isLevel ? [length, depth] : [depth, length]
    for (let at = Math.min(size / 2, length / 2); at < size; at += length + gap) {
      for (let shift = 0; shift <= 7; shift += 1.75) {
        const away = setback + depth / 2 + shift
        const plot = {
          x: a[0] + (along[0] / size) * at + inward[0] * away,
          y: a[1] + (along[1] / size) * at + inward[1] * away,
          width,
          depth: height,
        }
        if (!fits(lot, plot, gap)) continue
        places.push(plot)
        break
      }
    }
  }
  return places
}

/** From the lot's axes to the ground; `quarterTurns` turns the outline on its plot, `lean` by radians. */
export function placeOutline(lot: Lot, { x, y }: Plot, outline: Outline, quarterTurns = 0, lean = 0): Outline {
  const turn = (quarterTurns * Math.PI) / 2 + lean
  const put = (point: Point) => add(lot.origin, rotate(add(rotate(point, turn), [x, y]), lot.direction))
  return { outer: outline.outer.map(put), holes: outline.holes.map((hole) => hole.map(put)) }
}
