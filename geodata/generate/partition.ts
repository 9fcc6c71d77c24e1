/**
 * Divides pieces of ground into connected parts of about equal weight. Used twice: quarters into communities, leaves
 * into grids. Always cuts in two, along the sweep line that balances best and follows the biggest streets.
 */
import type { Point } from './plane.ts'

export interface Piece {
  id: number
  middle: Point
  /** Households, and a little for bare ground. */
  weight: number
  /** Neighbouring piece → cost of a border between the two. */
  neighbours: Map<number, number>
}

interface Cut {
  first: Piece[]
  second: Piece[]
  score: number
}

const DIRECTIONS = 12
/** What counts in a cut: how far it is from the wanted weight (in parts, squared), how dear its border, how long the two. */
const BALANCE_WEIGHT = 14
const BORDER_WEIGHT = 0.55
const ROUNDNESS_WEIGHT = 0.25

/** Parts of a set of pieces that hangs together; `count` parts, in no particular order. */
export function partition(pieces: Piece[], count: number): Piece[][] {
  if (count <= 1 || pieces.length <= 1) return [pieces]
  const best = bestCut(pieces, count)
  if (!best) return [pieces]
  const half = Math.floor(count / 2)
  return [...partition(best.first, half), ...partition(best.second, count - half)]
}

function bestCut(pieces: Piece[], count: number): Cut | null {
  const share = Math.floor(count / 2) / count
  const total = weightOf(pieces)
  let best: Cut | null = null
  for (let turn = 0; turn < DIRECTIONS; turn++) {
    const angle = (turn / DIRECTIONS) * 2 * Math.PI
    const swept = [...pieces].sort((a, b) => along(a.middle, angle) - along(b.middle, angle))
    for (const cut of cutsOf(swept, share * total)) {
      const score = scoreOf(cut, share * total, total / count)
      if (!best || score < best.score) best = { ...cut, score }
    }
  }
  return best
}

const along = ([x, y]: Point, angle: number) => x * Math.cos(angle) + y * Math.sin(angle)
const weightOf = (pieces: Piece[]) => pieces.reduce((sum, { weight }) => sum + weight, 0)

/** Cuts of a sweep near the wanted weight, each made of two sets that hang together. */
function* cutsOf(swept: Piece[], wanted: number): Generator<Omit<Cut, 'score'>> {
  let sum = 0
  let at = 0
  while (at < swept.length && sum + (swept[at]?.weight ?? 0) / 2 < wanted) sum += swept[at++]?.weight ?? 0
  for (const shift of [0, -1, 1, -2, 2, -4, 4]) {
    const end = at + shift
    if (end < 1 || end >= swept.length) continue
    const parts = holdTogether(swept.slice(0, end), swept.slice(end))
    if (parts) yield parts
  }
}

/** Gives islands to the other side; null when that does not settle it. */
function holdTogether(first: Piece[], second: Piece[]): Omit<Cut, 'score'> | null {
  let [a, b] = [first, second]
  for (let round = 0; round < 3; round++) {
    const [mainA, ...islandsA] = components(a)
    const [mainB, ...islandsB] = components(b)
    if (!mainA || !mainB) return null
    if (islandsA.length === 0 && islandsB.length === 0) return { first: a, second: b }
    a = [...mainA, ...islandsB.flat()]
    b = [...mainB, ...islandsA.flat()]
  }
  return null
}

/** The sets of pieces that hang together, the heaviest first. */
export function components(pieces: readonly Piece[]): Piece[][] {
  const waiting = new Map(pieces.map((piece) => [piece.id, piece]))
  const found: Piece[][] = []
  for (const start of pieces) {
    if (!waiting.delete(start.id)) continue
    const component = [start]
    for (const piece of component) {
      for (const id of piece.neighbours.keys()) {
        const next = waiting.get(id)
        if (next && waiting.delete(id)) component.push(next)
      }
    }
    found.push(component)
  }
  return found.sort((a, b) => weightOf(b) - weightOf(a) || b.length - a.length)
}

/** Lower is better: how far from the wanted weight, how dear the border, how long the parts. */
function scoreOf({ first, second }: Omit<Cut, 'score'>, wanted: number, unit: number): number {
  const miss = Math.abs(weightOf(first) - wanted) / unit
  const inFirst = new Set(first.map(({ id }) => id))
  let border = 0
  for (const { id, neighbours } of second) {
    for (const [other, cost] of neighbours) if (other !== id && inFirst.has(other)) border += cost
  }
  const size = Math.sqrt(spread(first) + spread(second)) || 1
  return (
    BALANCE_WEIGHT * miss * miss +
    BORDER_WEIGHT * (border / size) +
    ROUNDNESS_WEIGHT * (stretch(first) + stretch(second))
  )
}

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function variances(pieces: Piece[]): [number, number, number] {
  const [x, y] = [meanOf(pieces.map(({ middle }) => middle[0])), meanOf(pieces.map(({ middle }) => middle[1]))]
  return [
    meanOf(pieces.map(({ middle }) => (middle[0] - x) ** 2)),
    meanOf(pieces.map(({ middle }) => (middle[1] - y) ** 2)),
    meanOf(pieces.map(({ middle }) => (middle[0] - x) * (middle[1] - y))),
  ]
}

const spread = (pieces: Piece[]) => {
  const [x, y] = variances(pieces)
  return x + y
}

/** 0 for a round set, near 1 for a long thin one. */
function stretch(pieces: Piece[]): number {
  const [x, y, xy] = variances(pieces)
  const middle = (x + y) / 2
  if (middle === 0) return 0
  return Math.sqrt(((x - y) / 2) ** 2 + xy ** 2) / middle
}
