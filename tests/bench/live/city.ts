/** A city's people, from a seed: 70 % in 200 clusters (estates, markets), 30 % anywhere. WGS-84, [longitude, latitude]. */
import type { Bounds, LonLat } from '../../../contract/geo.ts'
import { createRandom, type Random } from '../../../server/demo/random.ts'

export const SEED = 20_261_122

/** About 31 × 30 km. */
export const CITY: Bounds = [114, 22.55, 114.3, 22.82]
const METRES_PER_LATITUDE = 111_195
const METRES_PER_LONGITUDE = METRES_PER_LATITUDE * Math.cos((22.685 * Math.PI) / 180)

const CLUSTERS = 200
const CLUSTERED_SHARE = 0.7
/** One standard deviation of a cluster, in metres. */
const CLUSTER_METRES = 400
/** The deviation of the generator's normal(), the sum of six even chances. */
const DEVIATION = Math.SQRT1_2

export function cityPlaces(count: number, seed = SEED): LonLat[] {
  const random = createRandom(seed)
  const centres = Array.from({ length: CLUSTERS }, () => anywhere(random))
  return Array.from({ length: count }, () => {
    const centre = random.chance(CLUSTERED_SHARE) ? random.pick(centres) : undefined
    return centre ? within(moved(centre, spread(random), spread(random))) : anywhere(random)
  })
}

/** A place some metres east and north of another. */
export const moved = ([longitude, latitude]: LonLat, east: number, north: number): LonLat => [
  longitude + east / METRES_PER_LONGITUDE,
  latitude + north / METRES_PER_LATITUDE,
]

/** A box of that many metres around a place. */
export function boxAround(place: LonLat, widthMetres: number, heightMetres: number): Bounds {
  const [west, south] = moved(place, -widthMetres / 2, -heightMetres / 2)
  const [east, north] = moved(place, widthMetres / 2, heightMetres / 2)
  return [west, south, east, north]
}

/** Metres east and north of the city's south-west corner, flat. */
export const metresIn = ([longitude, latitude]: LonLat): [east: number, north: number] => [
  (longitude - CITY[0]) * METRES_PER_LONGITUDE,
  (latitude - CITY[1]) * METRES_PER_LATITUDE,
]

const spread = (random: Random) => (random.normal() / DEVIATION) * CLUSTER_METRES
const anywhere = (random: Random): LonLat => [random.between(CITY[0], CITY[2]), random.between(CITY[1], CITY[3])]
const within = ([longitude, latitude]: LonLat): LonLat => [
  Math.min(CITY[2], Math.max(CITY[0], longitude)),
  Math.min(CITY[3], Math.max(CITY[1], latitude)),
]
