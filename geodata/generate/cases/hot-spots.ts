/** Where cases happen: on the sort of ground that fits, and again and again around a few places. */
import type { Town } from '../ground.ts'
import { areaOf, centroid, distance, isInside, type Point, sidesOf } from '../plane.ts'
import type { Use } from '../quarters.ts'
import type { Random } from '../random.ts'
import type { Spot } from './case-kinds.ts'

const usesOf: Record<Spot, readonly Use[]> = {
  street: ['commerce', 'market', 'slab', 'tower', 'office', 'station', 'hospital', 'school'],
  village: ['village'],
  homes: ['slab', 'tower', 'dormitory'],
  site: ['site'],
  works: ['factory', 'dormitory'],
  green: ['park', 'bank', 'hill', 'sports'],
  river: ['bank'],
}

/** How much likelier a case is in a hot block than in another of its sort. */
const HOT = 8
const HOT_VILLAGE_BLOCKS = 7
const HOT_MARKET_METRES = 330

/** Answers a leaf for a sort of ground. */
export function createSpots(town: Town, random: Random): (spot: Spot) => number {
  const hot = findHotBlocks(town, random)
  const tables = new Map((Object.keys(usesOf) as Spot[]).map((spot) => [spot, tableOf(town, usesOf[spot], hot)]))
  return (spot) => {
    const table = tables.get(spot) ?? []
    const at = random.next() * (table.at(-1)?.until ?? 0)
    const entry = table.find(({ until }) => until > at) ?? table[0]
    if (!entry) throw new Error(`The district has no ground for cases of the sort ${spot}.`)
    return entry.face
  }
}

function tableOf(town: Town, fitting: readonly Use[], hot: Set<number>) {
  let until = 0
  return town.blocks
    .filter(({ use }) => fitting.includes(use))
    .flatMap(({ id, leaves }) =>
      leaves.map((face) => {
        until += Math.sqrt(areaOf(town.groundRing(face))) * (hot.has(id) ? HOT : 1)
        return { face, until }
      }),
    )
}

/** One village, the streets around one market, the largest building site. */
function findHotBlocks(town: Town, random: Random): Set<number> {
  const of = (use: Use) => town.blocks.filter((block) => block.use === use)
  const size = (leaves: number[]) => leaves.reduce((sum, face) => sum + areaOf(town.groundRing(face)), 0)
  const villages = of('village')
  const village = villages.length > 0 ? random.pick(villages) : null
  const near = village
    ? [...villages].sort((a, b) => distance(a.middle, village.middle) - distance(b.middle, village.middle))
    : []
  const markets = of('market')
  const market = markets.length > 0 ? random.pick(markets) : null
  const around = market ? town.blocks.filter((block) => distance(block.middle, market.middle) < HOT_MARKET_METRES) : []
  const site = of('site')
    .sort((a, b) => size(b.leaves) - size(a.leaves))
    .slice(0, 1)
  return new Set([...near.slice(0, HOT_VILLAGE_BLOCKS), ...around, ...site].map(({ id }) => id))
}

/** Most places are by the street, some further in. */
const BY_STREET: readonly [number, number] = [4, 15]
const FURTHER_IN: readonly [number, number] = [15, 55]

/** A place inside the leaf, a few steps from one of its streets. */
export function placeInLeaf(town: Town, face: number, random: Random): Point {
  const ring = town.groundRing(face)
  const sides = sidesOf(ring)
  for (let attempt = 0; attempt < 30; attempt++) {
    const [a, b] = random.pick(sides)
    const length = distance(a, b)
    if (length < 3) continue
    const share = random.next()
    const away = random.between(...(random.chance(0.7) ? BY_STREET : FURTHER_IN))
    const place: Point = [
      a[0] + (b[0] - a[0]) * share - ((b[1] - a[1]) / length) * away,
      a[1] + (b[1] - a[1]) * share + ((b[0] - a[0]) / length) * away,
    ]
    if (isInside(place, ring)) return place
  }
  return centroid(ring)
}
