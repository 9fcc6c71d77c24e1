/** Communities and grids: whole quarters make communities, whole leaves make grids, so borders run along streets. */
import type { PlainBuilding } from './buildings/building.ts'
import type { Town } from './ground.ts'
import { components, type Piece, partition } from './partition.ts'
import type { SideKind } from './planar-map.ts'
import { areaOf, centroid, distance, type Point } from './plane.ts'

export const COMMUNITY_COUNT = 6
export const GRID_COUNT = 150
export const MIN_HOUSEHOLDS = 200
export const MAX_HOUSEHOLDS = 400
const HOUSEHOLDS = 44_500

export interface PlainGrid {
  faces: number[]
  middle: Point
  households: number
}

export interface PlainCommunity {
  middle: Point
  /** West to east, north to south. */
  grids: PlainGrid[]
}

/** What a border costs a metre: none likes to leave the street. */
const borderCosts: Record<SideKind, number> = {
  avenue: 0.25,
  major: 0.35,
  rail: 0.3,
  minor: 0.6,
  river: 0.2,
  lane: 1.2,
  service: 1.8,
  path: 1.8,
  none: 3,
}

/** Six communities of 150 grids in all. Adjusts the households of buildings so that every grid has 200 to 400. */
export function divide(town: Town, buildings: PlainBuilding[]): PlainCommunity[] {
  scaleHouseholds(buildings, HOUSEHOLDS)
  const pieces = leafPieces(town, buildings)
  const communities = mergeByQuarter(town, pieces)
  const banks = components(communities)
  const counts = shareOut(COMMUNITY_COUNT, banks.map(weightOf), 1)
  const parts = banks.flatMap((bank, index) => partition(bank, counts[index] ?? 1))
  const leaves = parts.map((part) => leavesOf(town, part, pieces))
  const gridCounts = shareOut(GRID_COUNT, leaves.map(weightOf), 8)
  const found = leaves.map((own, index) => {
    const grids = gridsOf(own, gridCounts[index] ?? 1).map((piecesOfGrid) => toGrid(piecesOfGrid, buildings))
    return { middle: middleOf(own), grids: inReadingOrder(grids) }
  })
  return inReadingOrder(found)
}

const weightOf = (pieces: Piece[]) => pieces.reduce((sum, { weight }) => sum + weight, 0)

function middleOf(pieces: Piece[]): Point {
  const total = pieces.length
  return [
    pieces.reduce((sum, { middle }) => sum + middle[0], 0) / total,
    pieces.reduce((sum, { middle }) => sum + middle[1], 0) / total,
  ]
}

/** A leaf is the least a grid can be, so none may hold more than a grid. */
const MAX_LEAF_HOUSEHOLDS = 230
const ROUNDS = 6

/** Brings the district to the wanted number of households; what full leaves cannot take, the others do. */
function scaleHouseholds(buildings: PlainBuilding[], wanted: number): void {
  for (let round = 0; round < ROUNDS; round++) {
    const factor = wanted / buildings.reduce((sum, { households }) => sum + households, 0)
    const byFace = new Map<number, number>()
    for (const building of buildings) {
      building.households *= factor
      byFace.set(building.face, (byFace.get(building.face) ?? 0) + building.households)
    }
    for (const building of buildings) {
      const own = byFace.get(building.face) ?? 0
      if (own > MAX_LEAF_HOUSEHOLDS) building.households *= MAX_LEAF_HOUSEHOLDS / own
    }
  }
  for (const building of buildings) building.households = Math.round(building.households)
}

/** Every leaf of the district, and what a border between two of them would cost. The river is no connection. */
function leafPieces(town: Town, buildings: PlainBuilding[]): Map<number, Piece> {
  const households = new Map<number, number>()
  for (const building of buildings) {
    households.set(building.face, (households.get(building.face) ?? 0) + building.households)
  }
  const pieces = new Map<number, Piece>()
  for (const { leaves } of town.blocks) {
    for (const face of leaves) {
      const ring = town.groundRing(face)
      // A little weight for ground alone keeps a grid from reaching across all the fields.
      const weight = (households.get(face) ?? 0) + Math.min(areaOf(ring) / 40_000, 2)
      pieces.set(face, { id: face, middle: centroid(ring), weight, neighbours: new Map() })
    }
  }
  for (const { a, b, side, left, right } of town.map.eachSide()) {
    if (left === null || right === null || side.kind === 'river') continue
    const [one, other] = [pieces.get(left), pieces.get(right)]
    if (!one || !other) continue
    const cost = distance(town.placeOf(a), town.placeOf(b)) * borderCosts[side.kind]
    one.neighbours.set(right, (one.neighbours.get(right) ?? 0) + cost)
    other.neighbours.set(left, (other.neighbours.get(left) ?? 0) + cost)
  }
  return pieces
}

function mergeByQuarter(town: Town, leaves: Map<number, Piece>): Piece[] {
  const quarterOf = new Map(town.blocks.flatMap(({ leaves: faces, quarter }) => faces.map((face) => [face, quarter])))
  const groups = new Map<number, Piece[]>()
  for (const leaf of leaves.values()) {
    const quarter = quarterOf.get(leaf.id) ?? -1
    groups.set(quarter, [...(groups.get(quarter) ?? []), leaf])
  }
  return [...groups].map(([id, members]) => {
    const neighbours = new Map<number, number>()
    for (const member of members) {
      for (const [other, cost] of member.neighbours) {
        const quarter = quarterOf.get(other)
        if (quarter !== undefined && quarter !== id) neighbours.set(quarter, (neighbours.get(quarter) ?? 0) + cost)
      }
    }
    return { id, middle: middleOf(members), weight: weightOf(members), neighbours }
  })
}

function leavesOf(town: Town, quarters: Piece[], pieces: Map<number, Piece>): Piece[] {
  const ids = new Set(quarters.map(({ id }) => id))
  const faces = town.blocks.filter(({ quarter }) => ids.has(quarter)).flatMap(({ leaves }) => leaves)
  const own = new Set(faces)
  return faces.flatMap((face) => {
    const piece = pieces.get(face)
    if (!piece) return []
    // Only what lies in the same community is a neighbour from here on.
    return [{ ...piece, neighbours: new Map([...piece.neighbours].filter(([other]) => own.has(other))) }]
  })
}

function gridsOf(leaves: Piece[], count: number): Piece[][] {
  const grids = partition(leaves, count)
  if (grids.length !== count) throw new Error(`A community fell into ${grids.length} grids instead of ${count}.`)
  return grids
}

/** Whole numbers that add up to `total`, in proportion to the weights (largest remainder), each at least `least`. */
export function shareOut(total: number, weights: number[], least: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const exact = weights.map((weight) => Math.max(least, (total * weight) / sum))
  const counts = exact.map(Math.floor)
  while (counts.reduce((all, count) => all + count, 0) < total) {
    const gaps = exact.map((value, index) => value - (counts[index] ?? 0))
    const at = gaps.indexOf(Math.max(...gaps))
    counts[at] = (counts[at] ?? 0) + 1
  }
  while (counts.reduce((all, count) => all + count, 0) > total) {
    const gaps = exact.map((value, index) => ((counts[index] ?? 0) > least ? value - (counts[index] ?? 0) : Infinity))
    const at = gaps.indexOf(Math.min(...gaps))
    counts[at] = (counts[at] ?? 0) - 1
  }
  return counts
}

function toGrid(pieces: Piece[], buildings: PlainBuilding[]): PlainGrid {
  const faces = new Set(pieces.map(({ id }) => id))
  const homes = buildings.filter(({ face, households }) => faces.has(face) && households > 0)
  settleHouseholds(homes)
  return {
    faces: [...faces],
    middle: middleOf(pieces),
    households: homes.reduce((sum, { households }) => sum + households, 0),
  }
}

/** How full houses are differs; it is what brings a grid of too few or too many households into bounds. */
function settleHouseholds(homes: PlainBuilding[]): void {
  const sum = () => homes.reduce((all, { households }) => all + households, 0)
  const before = sum()
  const wanted =
    before < MIN_HOUSEHOLDS + 8 ? MIN_HOUSEHOLDS + 14 : before > MAX_HOUSEHOLDS - 6 ? MAX_HOUSEHOLDS - 12 : before
  if (wanted === before || before === 0) return
  for (const home of homes) home.households = Math.max(1, Math.round((home.households * wanted) / before))
}

/** West to east in bands from north to south. */
export function inReadingOrder<Item extends { middle: Point }>(items: Item[]): Item[] {
  const perBand = Math.max(2, Math.round(Math.sqrt(items.length)))
  const fromNorth = [...items].sort((a, b) => b.middle[1] - a.middle[1])
  const ordered: Item[] = []
  for (let at = 0; at < fromNorth.length; at += perBand) {
    ordered.push(...fromNorth.slice(at, at + perBand).sort((a, b) => a.middle[0] - b.middle[0]))
  }
  return ordered
}
