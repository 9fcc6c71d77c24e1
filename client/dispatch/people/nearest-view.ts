/** How the list of the nearest reads. Pure. */
import { type NearbyPerson, WALKING_METRES_PER_SECOND } from '#contract/positions'

export interface NearestRow {
  rank: number
  person: NearbyPerson
  /** What the worst-case distance is made of, each as a share of the furthest on the list, 0 to 1. */
  shares: { straight: number; accuracy: number; age: number }
}

const SECOND_MS = 1_000

/** Metres a person may have walked since the fix, at worst. */
export const walkedMetres = ({ ageMs }: Pick<NearbyPerson, 'ageMs'>) => (ageMs / SECOND_MS) * WALKING_METRES_PER_SECOND

/**
 * Rows in the order to show them. `held` are the members on screen in their order while somebody points at the list:
 * they keep their lines, so that nobody presses one name and gets another. The numbers and ranks are always the new ones.
 */
export function nearestRows(ranked: readonly NearbyPerson[], held: readonly string[] | null): NearestRow[] {
  const furthest = Math.max(1, ...ranked.map(({ worstMetres }) => worstMetres))
  const rows = ranked.map(
    (person, index): NearestRow => ({
      rank: index + 1,
      person,
      shares: {
        straight: person.straightMetres / furthest,
        accuracy: person.accuracyMetres / furthest,
        age: walkedMetres(person) / furthest,
      },
    }),
  )
  if (!held) return rows
  const line = ({ person }: NearestRow) => {
    const at = held.indexOf(person.memberId)
    return at < 0 ? held.length : at
  }
  return rows.toSorted((a, b) => line(a) - line(b))
}
