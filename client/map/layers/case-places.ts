/** Unresolved cases by the place they are at: a tower block's five cases are one mark with a 5 on it. */
import { byDueTime, type OpenCase, type Supervision, supervisionOf, supervisionStates } from '#contract/cases'
import type { LonLat } from '#contract/geo'
import { heatWeight } from '#contract/heat'

export interface CasePlace {
  position: LonLat
  /** The worst first, then by due time. */
  cases: readonly OpenCase[]
  worst: Supervision
  /** Weight on the heat map: the sum over its cases. */
  weight: number
}

/** Places closer than about a metre are one. */
const DEGREES = 1e-5

const severity = (item: OpenCase, now: number) => supervisionStates.indexOf(supervisionOf(item, now))

/** Cases without a position are left out. */
export function casePlaces(cases: readonly OpenCase[], now: number): CasePlace[] {
  const byPlace = new Map<string, { position: LonLat; cases: OpenCase[] }>()
  for (const item of cases) {
    if (!item.position) continue
    const key = item.position.map((degrees) => Math.round(degrees / DEGREES)).join(' ')
    const place = byPlace.get(key)
    if (place) place.cases.push(item)
    else byPlace.set(key, { position: item.position, cases: [item] })
  }
  return [...byPlace.values()].map(({ position, cases: here }) => {
    const ordered = here.toSorted((a, b) => severity(b, now) - severity(a, now) || byDueTime(a, b))
    const [first] = ordered
    return {
      position,
      cases: ordered,
      worst: first ? supervisionOf(first, now) : 'onTime',
      weight: ordered.reduce((sum, { reportedAt }) => sum + heatWeight(reportedAt, now), 0),
    }
  })
}

/**
 * Which case a click on a place means: its first; or, when one of its cases is selected, the next,
 * so that repeated clicks go through the stack.
 */
export function nextCaseOf(ids: readonly string[], selectedId: string | null): string | null {
  const at = selectedId === null ? -1 : ids.indexOf(selectedId)
  return ids[(at + 1) % ids.length] ?? null
}

const HOUR_MS = 3_600_000

/** Changes when the marks or the heat would: when a case passes a limit, or an hour has gone by. */
export function casesSignature(cases: readonly OpenCase[], now: number): string {
  let near = 0
  let overdue = 0
  for (const item of cases) {
    const supervision = supervisionOf(item, now)
    if (supervision === 'nearLimit') near++
    else if (supervision === 'overdue') overdue++
  }
  // Time only moves forward and so does every case's state, so the two counts tell any change.
  return `${near} ${overdue} ${Math.floor(now / HOUR_MS)}`
}
