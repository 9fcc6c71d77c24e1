/** One question for those nearest: the best so far, how far the worst of them is, and who was left out on the way. */
import type { LonLat } from '#contract/geo'
import { WALKING_METRES_PER_SECOND } from '#contract/positions'
import type { LiveStore } from './live-store.ts'
import { type Looker, METRES_PER_DEGREE, RADIANS } from './people-grid.ts'

/** More than two squarings and a root can be off by. */
const ROUNDING = 1 + 1e-12

export interface Nearest {
  slot: number
  straightMetres: number
  /** straight + accuracy + age × walking speed. */
  worstMetres: number
}

/** Whether a person is not to be mentioned, is left out of the ranking, or is ranked. */
export const standing = { unmentioned: 0, leftOut: 1, ranked: 2 } as const
/** Decides by slot; must be quick. */
export type Standing = (slot: number) => (typeof standing)[keyof typeof standing]

export class NearestSearch implements Looker {
  readonly ranked: Nearest[] = []
  bound = Number.POSITIVE_INFINITY
  #squaredBound = Number.POSITIVE_INFINITY
  /** Slots of those left out that were within the bound when they were looked at. */
  readonly #leftOut: number[] = []
  readonly #store: LiveStore
  readonly #longitude: number
  readonly #latitude: number
  readonly #metresPerLongitude: number
  readonly #limit: number
  readonly #now: number
  readonly #standing: Standing

  constructor(store: LiveStore, [longitude, latitude]: LonLat, limit: number, now: number, standing: Standing) {
    this.#store = store
    this.#longitude = longitude
    this.#latitude = latitude
    // Flat around the place asked for: within 0.1 % of the great circle over a city.
    this.#metresPerLongitude = METRES_PER_DEGREE * Math.cos(latitude * RADIANS)
    this.#limit = limit
    this.#now = now
    this.#standing = standing
  }

  look(slot: number, longitude: number, latitude: number): void {
    const squared = this.#squaredMetres(longitude, latitude)
    // Most are farther away by the straight line alone: no need for the root. Squares round; who is just as far gets in.
    if (squared > this.#squaredBound) return
    const stands = this.#standing(slot)
    if (stands === standing.leftOut) this.#leftOut.push(slot)
    else if (stands === standing.ranked) {
      const straightMetres = Math.sqrt(squared)
      this.#rank(slot, straightMetres, this.#worstMetres(slot, straightMetres))
    }
  }

  /**
   * The `limit` nearest of those left out. None is farther in a straight line than the last one ranked, unless fewer
   * could be ranked than were asked for.
   */
  leftOut(limit: number): Nearest[] {
    const farthest =
      this.ranked.length < this.#limit
        ? Number.POSITIVE_INFINITY
        : this.ranked.reduce((most, { straightMetres }) => Math.max(most, straightMetres), 0)
    const nearest: Nearest[] = []
    for (const slot of this.#leftOut) {
      const straightMetres = Math.sqrt(this.#squaredMetres(this.#store.longitudeAt(slot), this.#store.latitudeAt(slot)))
      if (straightMetres > farthest) continue
      insert(nearest, limit, slot, straightMetres, this.#worstMetres(slot, straightMetres))
    }
    return nearest
  }

  #rank(slot: number, straightMetres: number, worstMetres: number): void {
    insert(this.ranked, this.#limit, slot, straightMetres, worstMetres)
    if (this.ranked.length < this.#limit) return
    this.bound = (this.ranked[this.#limit - 1] as Nearest).worstMetres
    this.#squaredBound = this.bound * this.bound * ROUNDING
  }

  #squaredMetres(longitude: number, latitude: number): number {
    const east = (longitude - this.#longitude) * this.#metresPerLongitude
    const north = (latitude - this.#latitude) * METRES_PER_DEGREE
    return east * east + north * north
  }

  #worstMetres(slot: number, straightMetres: number): number {
    const ageSeconds = Math.max(0, this.#now - this.#store.fixAt(slot)) / 1000
    return straightMetres + this.#store.accuracyAt(slot) + ageSeconds * WALKING_METRES_PER_SECOND
  }
}

/** Keeps a list of at most `limit`, the least worst distance first; equals go by slot, whatever the order they come in. */
function insert(best: Nearest[], limit: number, slot: number, straightMetres: number, worstMetres: number): void {
  let at = best.length
  while (at > 0 && comesBefore(worstMetres, slot, best[at - 1] as Nearest)) at--
  if (at >= limit) return
  if (best.length === limit) best.pop()
  best.splice(at, 0, { slot, straightMetres, worstMetres })
}

const comesBefore = (worstMetres: number, slot: number, other: Nearest) =>
  worstMetres < other.worstMetres || (worstMetres === other.worstMetres && slot < other.slot)
