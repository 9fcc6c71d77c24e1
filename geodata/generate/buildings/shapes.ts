/** Outlines of buildings around their own middle, x along the front, y to the back, metres. Rings are not closed. */
import type { Point } from '../plane.ts'

export interface Outline {
  outer: Point[]
  holes: Point[][]
}

/** Corners as a flat list, and again mirrored on the y axis, so that the outline is symmetrical. */
function mirrored(half: Point[]): Point[] {
  return [...half, ...half.map(([x, y]): Point => [-x, y]).reverse()]
}

export const rectangle = (width: number, depth: number): Outline => {
  const [x, y] = [width / 2, depth / 2]
  return {
    outer: [
      [-x, -y],
      [x, -y],
      [x, y],
      [-x, y],
    ],
    holes: [],
  }
}

/** A slab of several staircases: each stands a little proud of the back. */
export function slab(width: number, depth: number, staircases: number): Outline {
  const [x, y] = [width / 2, depth / 2]
  const back = y - 1.6
  const bay = width / staircases
  const outer: Point[] = [
    [-x, -y],
    [x, -y],
  ]
  for (let index = staircases - 1; index >= 0; index--) {
    const middle = -x + bay * (index + 0.5)
    const half = Math.min(2.4, bay / 4)
    if (index === staircases - 1) outer.push([x, back])
    outer.push([middle + half, back], [middle + half, y], [middle - half, y], [middle - half, back])
  }
  outer.push([-x, back])
  return { outer, holes: [] }
}

/** A point tower: two wings and a core, like a butterfly. */
export function tower(width: number, depth: number): Outline {
  const [x, y] = [width / 2, depth / 2]
  return {
    outer: mirrored([
      [x * 0.2, -y * 0.55],
      [x * 0.36, -y],
      [x, -y],
      [x, y * 0.35],
      [x * 0.52, y * 0.35],
      [x * 0.52, y],
      [x * 0.18, y],
    ]),
    holes: [],
  }
}

/** Open to the front. */
export function horseshoe(width: number, depth: number, wing: number): Outline {
  const [x, y] = [width / 2, depth / 2]
  return {
    outer: mirrored([
      [x - wing, y - wing],
      [x - wing, -y],
      [x, -y],
      [x, y],
    ]),
    holes: [],
  }
}

/** Built around a court. */
export function court(width: number, depth: number, wing: number): Outline {
  const { outer } = rectangle(width, depth)
  return { outer, holes: [rectangle(width - 2 * wing, depth - 2 * wing).outer.reverse()] }
}

/** A spine along the back with wings to the front. */
export function comb(width: number, depth: number, wings: number, wing: number): Outline {
  const [x, y] = [width / 2, depth / 2]
  const pitch = (width - wing) / (wings - 1)
  const outer: Point[] = [
    [x, y],
    [-x, y],
  ]
  for (let index = 0; index < wings; index++) {
    const from = -x + pitch * index
    const inner = y - wing
    if (index > 0) outer.push([from, inner])
    outer.push([from, -y], [from + wing, -y])
    if (index < wings - 1) outer.push([from + wing, inner])
  }
  return { outer, holes: [] }
}

export function angle(width: number, depth: number, wing: number): Outline {
  const [x, y] = [width / 2, depth / 2]
  return {
    outer: [
      [-x, -y],
      [x, -y],
      [x, -y + wing],
      [-x + wing, -y + wing],
      [-x + wing, y],
      [-x, y],
    ],
    holes: [],
  }
}

/** A hall with a loading wing. */
export function hall(width: number, depth: number): Outline {
  const [x, y] = [width / 2, depth / 2]
  return {
    outer: [
      [-x, -y + 5],
      [-x * 0.55, -y + 5],
      [-x * 0.55, -y],
      [x * 0.1, -y],
      [x * 0.1, -y + 5],
      [x, -y + 5],
      [x, y],
      [-x, y],
    ],
    holes: [],
  }
}

/** A rounded rectangle: a running track, a pond, a stadium. */
export function oval(width: number, depth: number): Outline {
  const radius = depth / 2
  const straight = Math.max(0, width / 2 - radius)
  const outer: Point[] = []
  for (let step = 0; step < 24; step++) {
    const turn = ((step + 0.5) / 24) * 2 * Math.PI - Math.PI / 2
    outer.push([Math.cos(turn) * radius + (Math.cos(turn) > 0 ? straight : -straight), Math.sin(turn) * radius])
  }
  return { outer, holes: [] }
}
