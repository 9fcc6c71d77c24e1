/** The divided plan bent onto the ground: every corner gets its place, and bent sides get as many corners as they need. */
import type { Block, Ground } from './blocks.ts'
import type { PlanarMap } from './planar-map.ts'
import { areaOf, distance, mix, type Point, scale, signedArea } from './plane.ts'
import type { Terrain } from './terrain.ts'

export interface Town {
  map: PlanarMap
  blocks: Block[]
  outside: Set<number>
  /** Ground place of a plan position. */
  bend(plan: Point): Point
  /** Ground place of a corner. */
  placeOf(corner: number): Point
  /** Ground outline of a face. */
  groundRing(face: number): Point[]
  /** Half the river's width on the ground at s. */
  riverHalfWidth(s: number): number
}

/** A side may miss its true course by this much. */
const MAX_ERROR_METRES = 0.8

/** Scales the whole so that the district covers `squareMetres`. */
export function bendGround({ map, blocks, outside }: Ground, terrain: Terrain, squareMetres: number): Town {
  for (const { a, b } of [...map.eachSide()]) straighten(map, a, b, terrain.bend)
  const faces = blocks.flatMap(({ leaves }) => leaves)
  const rough = map.corners.map(terrain.bend)
  const roughRing = (face: number) => map.face(face).ring.map((corner) => rough[corner] ?? ([0, 0] as const))
  const factor = Math.sqrt(squareMetres / faces.reduce((sum, face) => sum + areaOf(roughRing(face)), 0))
  const places = rough.map((point) => scale(point, factor))
  const placeOf = (corner: number) => places[corner] ?? ([0, 0] as const)
  const groundRing = (face: number) => map.face(face).ring.map(placeOf)
  for (const face of faces) {
    if (signedArea(groundRing(face)) <= 0) throw new Error(`Face ${face} is folded.`)
  }
  return {
    map,
    blocks,
    outside,
    placeOf,
    groundRing,
    bend: (plan) => scale(terrain.bend(plan), factor),
    riverHalfWidth: (s) => terrain.riverHalfWidth(s) * factor,
  }
}

function straighten(map: PlanarMap, a: number, b: number, bend: (plan: Point) => Point): void {
  const middle = mix(map.at(a), map.at(b), 0.5)
  const isShort = distance(map.at(a), map.at(b)) < 24
  const miss = distance(bend(middle), mix(bend(map.at(a)), bend(map.at(b)), 0.5))
  if (isShort || miss < MAX_ERROR_METRES) return
  const corner = map.splitSide(a, b, middle)
  straighten(map, a, corner, bend)
  straighten(map, corner, b, bend)
}
