/** Places on the earth. WGS-84 everywhere, axis order [longitude, latitude], degrees; lengths in metres. */
import * as z from 'zod/mini'

const longitude = z.number().check(z.gte(-180), z.lte(180))
const latitude = z.number().check(z.gte(-90), z.lte(90))

/** [longitude, latitude] in degrees. */
export const lonLat = z.tuple([longitude, latitude])
export type LonLat = z.infer<typeof lonLat>

/** [west, south, east, north] in degrees. */
export const bounds = z.tuple([longitude, latitude, longitude, latitude])
export type Bounds = z.infer<typeof bounds>

/** Mean earth radius, IUGG 1980. */
const EARTH_RADIUS_METRES = 6_371_008.8

/** Great-circle distance in metres (haversine). */
export function distanceMetres([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const radians = Math.PI / 180
  const sinLat = Math.sin(((latB - latA) * radians) / 2)
  const sinLon = Math.sin(((lonB - lonA) * radians) / 2)
  const h = sinLat * sinLat + Math.cos(latA * radians) * Math.cos(latB * radians) * sinLon * sinLon
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Metres in one degree of latitude. */
const DEGREE_METRES = (Math.PI / 180) * EARTH_RADIUS_METRES

/**
 * The middle of the square of a lattice that holds a place, so that all places within one square look the same.
 * Squares are `metres` wide and high wherever they lie; a place already snapped stays where it is.
 */
export function snapTo(metres: number, [longitude, latitude]: LonLat): LonLat {
  const height = metres / DEGREE_METRES
  const row = Math.floor(latitude / height)
  const middle = (row + 0.5) * height
  // The width belongs to the row, so that every place of a row is on the same lattice.
  const width = height / Math.max(Math.cos((middle * Math.PI) / 180), 1e-6)
  const column = Math.floor(longitude / width)
  return [clamp((column + 0.5) * width, 180), clamp(middle, 90)]
}

const clamp = (value: number, limit: number) => Math.min(limit, Math.max(-limit, Number(value.toFixed(7))))
