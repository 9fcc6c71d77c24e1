/**
 * The ground divided into faces without gaps or overlaps. Faces share their corners by number, so that borders made of
 * faces meet exactly. Positions are in plan coordinates (before the terrain bends them); see terrain.ts.
 */
import { add, cross, mix, type Point, scale, sidesOf, signedArea, subtract } from './plane.ts'

/** What runs along a side between two faces. */
export const sideKinds = ['avenue', 'major', 'minor', 'lane', 'service', 'path', 'rail', 'river', 'none'] as const
export type SideKind = (typeof sideKinds)[number]

export interface Side {
  kind: SideKind
  /** Sides of one named street share this key. */
  street: string | null
  isBridge: boolean
}

export interface Face {
  id: number
  /** Numbers of corners, counter-clockwise. */
  ring: number[]
}

const keyOf = (a: number, b: number) => (a < b ? `${a}-${b}` : `${b}-${a}`)
const heading = (a: number, b: number) => `${a}>${b}`

export class PlanarMap {
  readonly corners: Point[] = []
  readonly faces = new Map<number, Face>()
  private readonly sides = new Map<string, Side>()
  /** "a>b" → the face that lies left of that heading. */
  private readonly left = new Map<string, number>()
  private nextFace = 0

  addCorner(at: Point): number {
    this.corners.push(at)
    return this.corners.length - 1
  }

  at(corner: number): Point {
    const point = this.corners[corner]
    if (!point) throw new Error(`There is no corner ${corner}.`)
    return point
  }

  face(id: number): Face {
    const face = this.faces.get(id)
    if (!face) throw new Error(`There is no face ${id}.`)
    return face
  }

  ringOf = (id: number): Point[] => this.face(id).ring.map((corner) => this.at(corner))

  addFace(ring: number[]): number {
    const face = { id: this.nextFace++, ring }
    this.faces.set(face.id, face)
    this.claim(face)
    return face.id
  }

  setSide(a: number, b: number, side: Side): void {
    this.sides.set(keyOf(a, b), side)
  }

  side(a: number, b: number): Side {
    return this.sides.get(keyOf(a, b)) ?? { kind: 'none', street: null, isBridge: false }
  }

  /** The face left of a → b, or null at the edge of the map. */
  leftOf(a: number, b: number): number | null {
    return this.left.get(heading(a, b)) ?? null
  }

  /** Every side once, with the faces on either hand. */
  *eachSide(): Generator<{ a: number; b: number; side: Side; left: number | null; right: number | null }> {
    const seen = new Set<string>()
    for (const { ring } of this.faces.values()) {
      for (const [a, b] of sidesOf(ring)) {
        const key = keyOf(a, b)
        if (seen.has(key)) continue
        seen.add(key)
        yield { a, b, side: this.side(a, b), left: this.leftOf(a, b), right: this.leftOf(b, a) }
      }
    }
  }

  /** Puts a new corner on the side a–b, in both faces. */
  splitSide(a: number, b: number, at: Point): number {
    const corner = this.addCorner(at)
    const side = this.side(a, b)
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const id = this.leftOf(from, to)
      if (id === null) continue
      const { ring } = this.face(id)
      ring.splice(ring.indexOf(from) + 1, 0, corner)
      this.left.delete(heading(from, to))
      this.left.set(heading(from, corner), id)
      this.left.set(heading(corner, to), id)
    }
    this.sides.delete(keyOf(a, b))
    this.setSide(a, corner, side)
    this.setSide(corner, b, { ...side })
    return corner
  }

  /** Cuts a face along the straight line between two of its corners. */
  splitFace(id: number, a: number, b: number, side: Side): [number, number] {
    const { ring } = this.face(id)
    const start = ring.indexOf(a)
    const turned = [...ring.slice(start), ...ring.slice(0, start)]
    const end = turned.indexOf(b)
    if (start < 0 || end < 2 || end > turned.length - 2) throw new Error(`Face ${id} cannot be cut from ${a} to ${b}.`)
    this.removeFace(id)
    this.setSide(a, b, side)
    return [this.addFace(turned.slice(0, end + 1)), this.addFace([...turned.slice(end), a])]
  }

  /** Makes one face of several that hang together and enclose nothing else. */
  mergeFaces(ids: readonly number[]): number {
    const [ring, ...others] = this.outline(ids)
    if (!ring || others.length > 0) throw new Error('These faces do not make one.')
    for (const id of ids) this.removeFace(id)
    return this.addFace(ring)
  }

  /**
   * The rings around a set of faces that hang together by sides: the outer one counter-clockwise and first, then holes.
   * Where the outline touches itself in a corner, it is parted there, so that each ring is simple.
   */
  outline(ids: Iterable<number>): number[][] {
    const members = new Set(ids)
    const next = new Map<number, number[]>()
    for (const id of members) {
      for (const [a, b] of sidesOf(this.face(id).ring)) {
        const other = this.leftOf(b, a)
        if (other !== null && members.has(other)) continue
        next.set(a, [...(next.get(a) ?? []), b])
      }
    }
    const rings: number[][] = []
    for (const start of next.keys()) {
      while ((next.get(start) ?? []).length > 0) rings.push(this.follow(start, next))
    }
    return rings.sort((a, b) => this.areaOfCorners(b) - this.areaOfCorners(a))
  }

  private areaOfCorners = (ring: number[]) => signedArea(ring.map((corner) => this.at(corner)))

  private follow(start: number, next: Map<number, number[]>): number[] {
    const ring: number[] = []
    let before: number | null = null
    let here = start
    do {
      ring.push(here)
      const ways: number[] = next.get(here) ?? []
      const way: number = before === null || ways.length === 1 ? (ways[0] ?? start) : this.outermost(before, here, ways)
      ways.splice(ways.indexOf(way), 1)
      before = here
      here = way
    } while (here !== start)
    return ring
  }

  /** Of several ways on, the first counter-clockwise from where we came: it keeps the same outside on our right. */
  private outermost(before: number, here: number, ways: number[]): number {
    const back = subtract(this.at(before), this.at(here))
    const turn = (way: number) => {
      const on = subtract(this.at(way), this.at(here))
      const angle = Math.atan2(cross(back, on), back[0] * on[0] + back[1] * on[1])
      return angle <= 0 ? angle + 2 * Math.PI : angle
    }
    return ways.reduce((best, way) => (turn(way) < turn(best) ? way : best))
  }

  private claim(face: Face): void {
    for (const [a, b] of sidesOf(face.ring)) this.left.set(heading(a, b), face.id)
  }

  private removeFace(id: number): void {
    for (const [a, b] of sidesOf(this.face(id).ring)) this.left.delete(heading(a, b))
    this.faces.delete(id)
  }

  /**
   * Where a straight line through `through` along `direction` first leaves a face on either hand. Corners nearer than
   * `snap` are taken as they are, so that streets meet at crossings instead of missing each other by a few metres.
   */
  chordEnds(id: number, through: Point, direction: Point, snap: number): { ahead: ChordEnd; behind: ChordEnd } | null {
    let ahead: ChordEnd | null = null
    let behind: ChordEnd | null = null
    for (const [a, b] of sidesOf(this.face(id).ring)) {
      const hit = crossing(through, direction, this.at(a), this.at(b))
      if (!hit) continue
      const end = { reach: hit.reach, corner: this.nearCorner(a, b, hit.share, snap), a, b, at: hit.at }
      if (hit.reach > 0 && (!ahead || hit.reach < ahead.reach)) ahead = end
      if (hit.reach < 0 && (!behind || hit.reach > behind.reach)) behind = end
    }
    return ahead && behind ? { ahead, behind } : null
  }

  private nearCorner(a: number, b: number, share: number, snap: number): number | null {
    const [from, to] = [this.at(a), this.at(b)]
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    if (share * length < snap && share <= 0.5) return a
    return (1 - share) * length < snap ? b : null
  }
}

export interface ChordEnd {
  /** Signed distance from the point the line goes through, in lengths of its direction. */
  reach: number
  /** A corner near enough to be used as it is. */
  corner: number | null
  a: number
  b: number
  at: Point
}

function crossing(through: Point, direction: Point, a: Point, b: Point) {
  const along = subtract(b, a)
  const slant = cross(direction, along)
  if (Math.abs(slant) < 1e-9) return null
  const gap = subtract(a, through)
  const share = cross(gap, direction) / slant
  if (share < 0 || share > 1) return null
  return { share, reach: cross(gap, along) / slant, at: add(a, scale(along, share)) }
}

/** A point of the side between two corners. */
export const onSide = (map: PlanarMap, a: number, b: number, share: number) => mix(map.at(a), map.at(b), share)
