/** Heat map of unresolved cases: how much one case weighs, how far it reaches, and what "full" heat is. */
import type { LonLat } from './geo.ts'

const DAY_MS = 86_400_000
/** An untouched case gains one unit of weight a week, and at five weeks it stops growing: a forgotten case must
 * not outshine a street full of new ones. */
const DAYS_PER_UNIT = 7
const MAX_WEIGHT = 6

/** Weight of one unresolved case by its age: 1 when new, +1 a week, at most 6. Instants in milliseconds. */
export function heatWeight(reportedAt: number, now: number): number {
  const ageDays = Math.max(0, now - reportedAt) / DAY_MS
  return Math.min(MAX_WEIGHT, 1 + ageDays / DAYS_PER_UNIT)
}

export const heatMaxWeight = MAX_WEIGHT

/** A case warms places up to this far away, in metres: about three minutes on foot. */
export const HEAT_RADIUS_METRES = 250
/** The bell of warmth falls off with this spread; at the radius it is a hundredth of its middle. */
const SPREAD_METRES = HEAT_RADIUS_METRES / 3

/** Below this even the hottest place stays cool, so that three cases of a rare kind do not paint a fire. */
const LEAST_FULL = 10
/** The hottest place reaches the top of the scale from this share of it on. */
const REACHES_TOP = 0.7

export interface HeatPlace {
  position: LonLat
  weight: number
}

/**
 * The heat at which the scale ends: a round number (1, 2 or 5 times a power of ten) near the hottest place's heat.
 * Heat at a place is the sum of the weights around it, each fading with distance.
 */
export function heatFull(places: Iterable<HeatPlace>): number {
  const enough = hottest(places) * REACHES_TOP
  let full = LEAST_FULL
  for (let step = 0; full < enough; step++) full *= step % 3 === 1 ? 2.5 : 2
  return full
}

/** The greatest heat anywhere, on a lattice as fine as the spread (exact enough to choose a scale). */
function hottest(places: Iterable<HeatPlace>): number {
  const cells = new Map<string, { column: number; row: number; weight: number }>()
  for (const { position, weight } of places) {
    const [longitude, latitude] = position
    const metresPerDegree = 111_195
    const column = Math.floor((longitude * metresPerDegree * Math.cos((latitude * Math.PI) / 180)) / SPREAD_METRES)
    const row = Math.floor((latitude * metresPerDegree) / SPREAD_METRES)
    const key = `${column} ${row}`
    const cell = cells.get(key)
    if (cell) cell.weight += weight
    else cells.set(key, { column, row, weight })
  }
  let most = 0
  for (const { column, row } of cells.values()) most = Math.max(most, heatAround(cells, column, row))
  return most
}

const REACH_CELLS = 3

function heatAround(cells: ReadonlyMap<string, { weight: number }>, column: number, row: number): number {
  let heat = 0
  for (let dx = -REACH_CELLS; dx <= REACH_CELLS; dx++)
    for (let dy = -REACH_CELLS; dy <= REACH_CELLS; dy++) {
      const weight = cells.get(`${column + dx} ${row + dy}`)?.weight
      if (weight !== undefined) heat += weight * Math.exp(-(dx * dx + dy * dy) / 2)
    }
  return heat
}
