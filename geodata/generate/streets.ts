/** Streets out of sides: pieces of one street joined into lines, with names and the crossings they share. */
import type { Town } from './ground.ts'
import { chineseNumber, type PlaceNames } from './names.ts'
import type { SideKind } from './planar-map.ts'
import { lengthOf, type Point } from './plane.ts'

export interface Way {
  street: string
  kind: SideKind
  name: string | null
  isBridge: boolean
  /** Consecutive ways of a street share their end; streets that cross share a corner. */
  corners: number[]
  line: Point[]
}

interface Piece {
  a: number
  b: number
}

/** Every street, path and railway of the town, in lines as long as they run unbroken. */
export function layWays(town: Town, names: PlaceNames): Way[] {
  const groups = new Map<string, { kind: SideKind; street: string; isBridge: boolean; pieces: Piece[] }>()
  for (const { a, b, side } of town.map.eachSide()) {
    if (side.kind === 'none' || side.kind === 'river' || side.street === null) continue
    const key = `${side.street} ${side.kind} ${side.isBridge}`
    const group = groups.get(key) ?? { kind: side.kind, street: side.street, isBridge: side.isBridge, pieces: [] }
    group.pieces.push({ a, b })
    groups.set(key, group)
  }
  const nameOf = createStreetNames(names)
  return [...groups.values()].flatMap(({ kind, street, isBridge, pieces }) =>
    joinPieces(pieces).map((corners) => {
      const line = corners.map(town.placeOf)
      return { kind, street, isBridge, corners, line, name: nameOf(street, kind, lengthOf(line)) }
    }),
  )
}

/** Lines of corners; each piece is used once. */
function joinPieces(pieces: Piece[]): number[][] {
  const at = new Map<number, Piece[]>()
  for (const piece of pieces) {
    for (const end of [piece.a, piece.b]) at.set(end, [...(at.get(end) ?? []), piece])
  }
  const left = new Set(pieces)
  const lines: number[][] = []
  const walk = (start: number) => {
    const line = [start]
    for (let here = start; ; ) {
      const piece = at.get(here)?.find((each) => left.has(each))
      if (!piece) break
      left.delete(piece)
      here = piece.a === here ? piece.b : piece.a
      line.push(here)
    }
    if (line.length > 1) lines.push(line)
  }
  // Ends first, so that a line is not begun in its middle.
  for (const [corner, meeting] of at) if (meeting.length === 1) walk(corner)
  for (const corner of at.keys()) walk(corner)
  return lines
}

const RIVER_ROADS: Record<string, string> = { 'row 6': '滨河南路', 'row 10': '滨河北路' }
const endings: Partial<Record<SideKind, string>> = { avenue: '大道', major: '路', minor: '街' }
/** A minor street this long is called a road. */
const LONG_STREET_METRES = 420

/** One name for all lines of a street; lanes are numbered within their block; ways inside estates have none. */
function createStreetNames(names: PlaceNames) {
  const given = new Map<string, string>()
  const lanes = new Map<string, { stem: string; count: number }>()
  return (street: string, kind: SideKind, metres: number): string | null => {
    const known = given.get(street)
    if (known) return known
    const ending = kind === 'minor' && metres > LONG_STREET_METRES ? '路' : endings[kind]
    if (kind !== 'lane' && !ending) return null
    const name = RIVER_ROADS[street] ?? (kind === 'lane' ? nextLane(lanes, street, names) : names.pair() + ending)
    given.set(street, name)
    return name
  }
}

function nextLane(lanes: Map<string, { stem: string; count: number }>, street: string, names: PlaceNames): string {
  const block = street.split(' way ')[0] ?? street
  const lane = lanes.get(block) ?? { stem: names.pair(), count: 0 }
  lane.count++
  lanes.set(block, lane)
  return `${lane.stem}${chineseNumber(lane.count)}巷`
}
