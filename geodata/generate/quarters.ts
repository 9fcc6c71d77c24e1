/** What each part of the town is used for: the character of a quarter, then the use of each block in it. */
import type { Frame } from './frame.ts'
import { distance, distanceToSegment, type Point } from './plane.ts'
import { createRandom, type Random } from './random.ts'
import type { Terrain } from './terrain.ts'

export const characters = ['core', 'living', 'village', 'works', 'rural'] as const
export type Character = (typeof characters)[number]

export const uses = [
  'tower',
  'slab',
  'village',
  'factory',
  'dormitory',
  'commerce',
  'office',
  'school',
  'hospital',
  'government',
  'market',
  'station',
  'sports',
  'park',
  'hill',
  'bank',
  'river',
  'farmland',
  'site',
  'vacant',
] as const
export type Use = (typeof uses)[number]

export interface Quarters {
  characterAt(plan: Point): Character
  useAt(plan: Point, character: Character, random: Random): Use
}

const shares: Record<Character, Partial<Record<Use, number>>> = {
  core: { tower: 24, slab: 10, commerce: 20, office: 22, school: 6, park: 13, vacant: 5 },
  living: { tower: 24, slab: 24, commerce: 6, office: 8, school: 12, park: 16, vacant: 7, market: 3 },
  village: { village: 30, slab: 20, tower: 12, school: 8, market: 7, park: 15, vacant: 8 },
  works: { factory: 66, dormitory: 10, office: 6, vacant: 9, park: 9 },
  rural: { farmland: 68, village: 2, slab: 3, factory: 6, vacant: 6, park: 15 },
}

const CORE_REACH = 800
const WEDGE_HALF_WIDTH = 120

export function createQuarters(seed: number, frame: Frame, terrain: Terrain): Quarters {
  const random = createRandom(seed, 'quarters')
  const works: Point[] = [
    [2_050 + random.between(-150, 150), -1_500],
    [1_150, -1_950],
    [2_750, 900 + random.between(-200, 200)],
  ]
  const villages = villageMiddles(frame, works, random)
  // A green wedge runs from the hill down to the river.
  const wedge: [Point, Point] = [terrain.hill.middle, [terrain.hill.middle[0] + 900, 100]]

  function characterAt(plan: Point): Character {
    if (distance(plan, frame.heart) < CORE_REACH) return 'core'
    if (works.some((middle, index) => distance(plan, middle) < (index === 0 ? 1_000 : 520))) return 'works'
    if (villages.some((middle) => distance(plan, middle) < 400)) return 'village'
    return edgeOf(plan) > 0.7 ? 'rural' : 'living'
  }

  function useAt(plan: Point, character: Character, blockRandom: Random): Use {
    if (distanceToSegment(plan, ...wedge) < WEDGE_HALF_WIDTH) return 'park'
    return blockRandom.weighted(shares[character])
  }

  return { characterAt, useAt }
}

/** 0 in the middle of the district, about 1 at its border. */
export const edgeOf = ([s, t]: Point) => (Math.abs(s / 2_950) ** 2.4 + Math.abs(t / 2_250) ** 2.4) ** (1 / 2.4)

/** Villages that the town has grown around: outside the core, apart from each other. */
function villageMiddles(frame: Frame, works: Point[], random: Random): Point[] {
  const chosen: Point[] = []
  const candidates = frame.cells.filter(({ place }) => place === 'town').map(({ middle }) => middle)
  for (const middle of random.shuffled(candidates)) {
    const isFree =
      distance(middle, frame.heart) > CORE_REACH + 250 &&
      edgeOf(middle) < 0.8 &&
      works.every((other) => distance(middle, other) > 900) &&
      chosen.every((other) => distance(middle, other) > 1_150)
    if (isFree) chosen.push(middle)
    if (chosen.length === 6) break
  }
  return chosen
}
