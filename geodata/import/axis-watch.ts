/**
 * Finds places whose longitude and latitude were swapped where the numbers alone do not tell (New York: 40.7, -73.9).
 * A place is swapped when it lies outside what is known and its mirror inside. It is refused, never mended: only its
 * owner knows.
 */
import type { Bounds, LonLat } from '#contract/geo'

/** What is loaded may lie this far beside what is there (about 50 km). */
const MARGIN_DEGREES = 0.5
/** Without anything loaded, the middle of this many places of the file says where the file is. */
const SAMPLE = 25
const AROUND_SAMPLE_DEGREES = 1
/** Fewer than this tell nothing about each other. */
const LEAST_SAMPLE = 3

export interface AxisWatch {
  /** True when this place is swapped. */
  isSwapped(index: number, place: LonLat): boolean
  /** Rows seen before it was known where the file is, and swapped. Call once, at the end. */
  lateFindings(): { index: number; place: LonLat }[]
}

/** `known` are the bounds of what is already loaded; null on an empty installation. */
export function createAxisWatch(known: Bounds | null): AxisWatch {
  let box = known && widen(known, MARGIN_DEGREES)
  const sample: { index: number; place: LonLat }[] = []

  return {
    isSwapped(index, place) {
      if (box) return isMirrored(place, box)
      sample.push({ index, place })
      if (sample.length >= SAMPLE) box = boxAround(sample.map((seen) => seen.place))
      return false
    },
    lateFindings() {
      const around = box ?? (sample.length >= LEAST_SAMPLE ? boxAround(sample.map(({ place }) => place)) : null)
      return around ? sample.filter(({ place }) => isMirrored(place, around)) : []
    },
  }
}

function isMirrored([longitude, latitude]: LonLat, box: Bounds): boolean {
  return !isWithin([longitude, latitude], box) && isWithin([latitude, longitude], box)
}

function isWithin([x, y]: readonly [number, number], [west, south, east, north]: Bounds): boolean {
  return x >= west && x <= east && y >= south && y <= north
}

const widen = ([west, south, east, north]: Bounds, by: number): Bounds => [west - by, south - by, east + by, north + by]

function boxAround(places: readonly LonLat[]): Bounds {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const [x, y] = [middle(places.map(([longitude]) => longitude)), middle(places.map(([, latitude]) => latitude))]
  return widen([x, y, x, y], AROUND_SAMPLE_DEGREES)
}
