/** Cuts a face into blocks by streets: always across its longer direction, near the middle, never quite the same. */

import type { PlanarMap, Side } from './planar-map.ts'
import { areaOf, centroid, dot, type Point, rotate, sidesOf, subtract } from './plane.ts'
import type { Random } from './random.ts'

export interface CutRule {
  /** Faces of at most this many square metres are left whole. */
  wantedArea: number
  /** How far from the middle a cut may lie, as a share of the face's length. */
  offset: number
  /** How far a cut may lean from the right angle, radians. */
  lean: number
  /** Ends nearer than this to a corner are moved onto it, metres. */
  snap: number
  sideOf(depth: number, squareMetres: number): Side
}

const TRIES = 12
/** Slivers cannot hold a building. */
const MIN_SHARE = 0.24

/** The faces that `id` became. */
export function subdivide(map: PlanarMap, id: number, rule: CutRule, random: Random, depth = 0): number[] {
  const area = areaOf(map.ringOf(id))
  // Some blocks stay larger than others.
  if (area <= rule.wantedArea * random.between(0.8, 1.25)) return [id]
  const halves = cut(map, id, rule, random, depth, area)
  return halves ? halves.flatMap((half) => subdivide(map, half, rule, random, depth + 1)) : [id]
}

function cut(map: PlanarMap, id: number, rule: CutRule, random: Random, depth: number, area: number) {
  const ring = map.ringOf(id)
  const { middle, length, direction } = longAxis(ring)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const shift = random.between(-rule.offset, rule.offset) * length
    const through: Point = [middle[0] + direction[0] * shift, middle[1] + direction[1] * shift]
    const across = rotate(direction, Math.PI / 2 + random.between(-rule.lean, rule.lean))
    const ends = map.chordEnds(id, through, across, rule.snap)
    if (!ends || !isFair(ring, through, across, area)) continue
    const { ahead, behind } = ends
    if (ahead.corner === null && behind.corner === null && ahead.a === behind.a) continue
    const first = ahead.corner ?? map.splitSide(ahead.a, ahead.b, ahead.at)
    const second = behind.corner ?? cornerOnSide(map, id, behind)
    if (first === second || areNeighbours(map.face(id).ring, first, second)) continue
    return map.splitFace(id, first, second, rule.sideOf(depth, area))
  }
  return null
}

/** Splitting the first side may have renamed the second. */
function cornerOnSide(map: PlanarMap, id: number, end: { a: number; b: number; at: Point }): number {
  const isStillThere = sidesOf(map.face(id).ring).some(([a, b]) => a === end.a && b === end.b)
  if (!isStillThere) throw new Error('A cut cannot start and end on one side.')
  return map.splitSide(end.a, end.b, end.at)
}

function areNeighbours(ring: number[], a: number, b: number): boolean {
  const gap = Math.abs(ring.indexOf(a) - ring.indexOf(b))
  return gap === 1 || gap === ring.length - 1
}

/** Whether a line parts the ring into two pieces that are both worth having. */
function isFair(ring: Point[], through: Point, direction: Point, area: number): boolean {
  const normal: Point = [-direction[1], direction[0]]
  const clipped: Point[] = []
  for (const [a, b] of sidesOf(ring)) {
    const [sideA, sideB] = [dot(subtract(a, through), normal), dot(subtract(b, through), normal)]
    if (sideA >= 0) clipped.push(a)
    if (sideA >= 0 !== sideB >= 0) {
      const share = sideA / (sideA - sideB)
      clipped.push([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share])
    }
  }
  const share = areaOf(clipped) / area
  return share > MIN_SHARE && share < 1 - MIN_SHARE
}

/** The direction in which a ring is longest, of those its sides take. */
export function longAxis(ring: Point[]): { middle: Point; length: number; direction: Point } {
  const middle = centroid(ring)
  let best = { middle, length: 0, direction: [1, 0] as Point, ratio: 0 }
  for (const [a, b] of sidesOf(ring)) {
    const along = subtract(b, a)
    const size = Math.hypot(along[0], along[1])
    if (size < 15) continue
    const direction: Point = [along[0] / size, along[1] / size]
    const spans = [direction, rotate(direction, Math.PI / 2)].map((axis) => {
      const reach = ring.map((point) => dot(subtract(point, middle), axis))
      return Math.max(...reach) - Math.min(...reach)
    })
    const [length = 0, width = 1] = spans
    const ratio = length / width
    if (ratio > best.ratio) best = { middle, length, direction, ratio }
  }
  return best
}
