/**
 * Boxes for viewers who may not know exactly where people are. Anybody may ask for any box, so a box that cut through a
 * cell would tell on which side of its edge somebody stands, and a few dozen boxes would tell where he is.
 */
import type { Bounds } from '#contract/geo'

/** Metres in one degree of latitude, a little less than anywhere. */
const METRES_PER_DEGREE = 110_500

/**
 * The side of a cell in degrees, so that at most `most` lie across a span: a doubling of the finest, so that the
 * lattices of all zooms nest. With any size allowed, its lines could be moved across a person.
 */
export function cellSize(spanDegrees: number, finest: number, most: number): number {
  return finest * 2 ** Math.max(0, Math.ceil(Math.log2(spanDegrees / most / finest)))
}

/** The box widened to whole cells of the lattice. */
export function wholeCells([west, south, east, north]: Bounds, size: number): Bounds {
  const down = (degrees: number) => Math.floor(degrees / size) * size
  return [down(west), down(south), down(east) + size, down(north) + size]
}

/** The box widened on every side, in metres. */
export function widened([west, south, east, north]: Bounds, metres: number): Bounds {
  const latitude = metres / METRES_PER_DEGREE
  const cosine = Math.cos((Math.min(89, Math.max(Math.abs(south), Math.abs(north))) * Math.PI) / 180)
  const longitude = latitude / cosine
  return [west - longitude, south - latitude, east + longitude, north + latitude]
}

export const isInBox = (longitude: number, latitude: number, [west, south, east, north]: Bounds) =>
  longitude >= west && longitude <= east && latitude >= south && latitude <= north
