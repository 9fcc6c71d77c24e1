/** Blocks: each quarter cut by its streets, given a use, and cut once more by the ways inside. Plan coordinates. */
import type { Cell, Frame } from './frame.ts'
import type { PlanarMap, SideKind } from './planar-map.ts'
import { areaOf, boxOf, centroid, distance, mainDirection, type Point, rotate } from './plane.ts'
import type { Character, Quarters, Use } from './quarters.ts'
import { createRandom, type Random } from './random.ts'
import { subdivide } from './subdivide.ts'

/** Land of one use between streets. */
export interface Block {
  id: number
  use: Use
  character: Character
  /** The quarter it lies in: whole quarters make communities. */
  quarter: number
  /** Its faces: the smallest pieces of ground, of which grids are made. */
  leaves: number[]
  middle: Point
}

export interface Ground {
  map: PlanarMap
  blocks: Block[]
  /** Faces beyond the district's border. */
  outside: Set<number>
}

const blockAreas: Record<Character, number> = {
  core: 33_000,
  living: 50_000,
  village: 40_000,
  works: 90_000,
  rural: 150_000,
}

/** How a block is cut inside: square metres of a leaf, what runs between leaves, how crooked it is. */
const leafRules: Partial<Record<Use, { wantedArea: number; kind: SideKind; lean: number; offset: number }>> = {
  tower: { wantedArea: 17_000, kind: 'service', lean: 0.04, offset: 0.06 },
  slab: { wantedArea: 14_000, kind: 'service', lean: 0.04, offset: 0.06 },
  village: { wantedArea: 7_000, kind: 'lane', lean: 0.22, offset: 0.12 },
  factory: { wantedArea: 42_000, kind: 'service', lean: 0.03, offset: 0.08 },
  dormitory: { wantedArea: 16_000, kind: 'service', lean: 0.03, offset: 0.05 },
  farmland: { wantedArea: 60_000, kind: 'path', lean: 0.2, offset: 0.1 },
}

export function layBlocks(seed: number, frame: Frame, quarters: Quarters): Ground {
  const random = createRandom(seed, 'blocks')
  const ground: Ground = { map: frame.map, blocks: [], outside: new Set() }
  for (const [quarter, cell] of frame.cells.entries()) {
    if (cell.place === 'outside') ground.outside.add(cell.face)
    else if (cell.place === 'town') layQuarter(ground, cell, quarter, quarters, random)
    else addBlock(ground, [cell.face], quarter, openUse(cell), 'rural')
  }
  placeOnce(ground, frame)
  for (const block of ground.blocks) cutLeaves(ground.map, block, random)
  return ground
}

/** Water and the green beside it: the cell nearer the middle of the river is the river itself. */
function openUse(cell: Cell): Use {
  if (cell.place === 'hill') return 'hill'
  return Math.abs(cell.middle[1]) < 60 ? 'river' : 'bank'
}

function addBlock(ground: Ground, leaves: number[], quarter: number, use: Use, character: Character): void {
  const middle = centroid(ground.map.ringOf(leaves[0] ?? 0))
  ground.blocks.push({ id: ground.blocks.length, use, character, quarter, leaves, middle })
}

function layQuarter(ground: Ground, cell: Cell, quarter: number, quarters: Quarters, random: Random): void {
  const character = quarters.characterAt(cell.middle)
  let streets = 0
  const faces = subdivide(
    ground.map,
    cell.face,
    {
      wantedArea: blockAreas[character],
      offset: character === 'rural' ? 0.14 : 0.1,
      lean: character === 'village' ? 0.14 : 0.05,
      snap: character === 'works' ? 45 : 34,
      sideOf: () => ({ kind: 'minor', street: `quarter ${quarter} street ${streets++}`, isBridge: false }),
    },
    random,
  )
  for (const face of faces) {
    const use = quarters.useAt(centroid(ground.map.ringOf(face)), character, random)
    addBlock(ground, [face], quarter, use, character)
  }
}

interface Wish {
  use: Use
  near: Point
  hectares: [number, number]
  /** Only blocks north of this line will do. */
  northOf?: number
}

/** A pointed or bent block is no place for a hospital: at least this share of its bounding box. */
const MIN_FULLNESS = 0.74

/** What a town has once or a few times goes to the nearest block of a fitting size. */
function placeOnce(ground: Ground, { heart, station }: Frame): void {
  const at = (s: number, t: number): Point => [heart[0] + s, heart[1] + t]
  const wishes: Wish[] = [
    { use: 'government', near: at(120, 420), hectares: [2, 7] },
    { use: 'commerce', near: at(-180, 180), hectares: [2, 6] },
    { use: 'hospital', near: at(1_050, 760), hectares: [2.5, 8] },
    { use: 'sports', near: at(-980, 700), hectares: [3.5, 9] },
    { use: 'station', near: [station[0], station[1] + 60], hectares: [2, 12], northOf: station[1] },
    { use: 'site', near: at(620, -420), hectares: [3, 8] },
    { use: 'site', near: at(-1_500, -900), hectares: [3, 9] },
    { use: 'site', near: at(1_900, 1_500), hectares: [3, 9] },
  ]
  const taken = new Set<Block>()
  for (const { use, near, hectares, northOf } of wishes) {
    const fitting = ground.blocks.filter((block) => {
      const ring = ground.map.ringOf(block.leaves[0] ?? 0)
      const size = areaOf(ring) / 10_000
      const isOpen = ['hill', 'river', 'bank', 'village'].includes(block.use)
      const isThere = northOf === undefined || block.middle[1] > northOf
      return !taken.has(block) && !isOpen && isThere && size >= hectares[0] && size <= hectares[1] && isFull(ring)
    })
    const block = fitting.sort((a, b) => distance(a.middle, near) - distance(b.middle, near))[0]
    if (!block) continue
    block.use = use
    taken.add(block)
  }
  settleVillages(ground)
  spreadOut(ground, 'school', 420)
  spreadOut(ground, 'market', 600)
}

function isFull(ring: Point[]): boolean {
  const direction = mainDirection(ring)
  const [west, south, east, north] = boxOf(ring.map((point) => rotate(point, -direction)))
  return areaOf(ring) > MIN_FULLNESS * (east - west) * (north - south)
}

/** Houses stand so close in villages that their ground decides how many buildings the district has. */
const VILLAGE_SQUARE_METRES = 820_000

/** Villages grow into the blocks beside them, or lose their outermost ones, until they cover their share. */
function settleVillages(ground: Ground): void {
  const size = (block: Block) => areaOf(ground.map.ringOf(block.leaves[0] ?? 0))
  const villages = ground.blocks.filter(({ use }) => use === 'village')
  const away = (block: Block) =>
    Math.min(...villages.map((village) => distance(village.middle, block.middle) || Infinity))
  let left = VILLAGE_SQUARE_METRES - villages.reduce((sum, block) => sum + size(block), 0)
  const loneliest = [...villages].sort((a, b) => away(b) - away(a))
  for (const block of loneliest) {
    if (left >= 0) break
    block.use = 'slab'
    left += size(block)
  }
  const growing = ground.blocks
    .filter(({ use }) => use === 'slab' || use === 'vacant' || use === 'tower')
    .map((block) => ({ block, metres: away(block) }))
    .sort((a, b) => a.metres - b.metres)
  for (const { block } of growing) {
    if (left <= 0) break
    block.use = 'village'
    left -= size(block)
  }
}

/** No two schools or markets stand side by side: the later one becomes homes. */
function spreadOut(ground: Ground, use: Use, metres: number): void {
  const kept: Block[] = []
  for (const block of ground.blocks.filter((each) => each.use === use)) {
    if (kept.some((other) => distance(other.middle, block.middle) < metres)) block.use = 'slab'
    else kept.push(block)
  }
}

function cutLeaves(map: PlanarMap, block: Block, random: Random): void {
  const rule = leafRules[block.use]
  if (!rule) return
  let ways = 0
  const sideOf = () => ({ kind: rule.kind, street: `block ${block.id} way ${ways++}`, isBridge: false })
  block.leaves = block.leaves.flatMap((face) => subdivide(map, face, { ...rule, snap: 22, sideOf }, random))
}
