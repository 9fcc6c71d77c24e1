/** The walk to each service point along streets and footways, and the points in its order. */
import type { LonLat } from '#contract/geo'
import { minutesTo, type ResidentPoint } from '#contract/resident'
import type { PointRow } from './residents.queries.ts'

/** Nobody walks farther to an office; and the search for ways costs no more than this. */
const WALKED_METRES = 3_000

/** From a place; null where no street is known near it. */
export type WalksFrom = (
  place: LonLat,
) => { to(place: LonLat, atMostMetres: number): { metres: number } | string } | null

/** Fewest minutes first; points without a known way stand where their straight distance puts them. */
export function withWalks(points: readonly PointRow[], walks: ReturnType<WalksFrom>): ResidentPoint[] {
  const walked = points.map((point): ResidentPoint => {
    const isNear = point.metres !== null && point.metres <= WALKED_METRES
    const walk = isNear ? walks?.to(point.position, WALKED_METRES) : undefined
    return { ...point, walkMetres: typeof walk === 'object' ? Math.round(walk.metres) : null }
  })
  // A stable sort: points as far as each other, and all of them where nobody said from where, stay as they are.
  return walked.sort((a, b) => (minutesTo(a) ?? 0) - (minutesTo(b) ?? 0))
}
