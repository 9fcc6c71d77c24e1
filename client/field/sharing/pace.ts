/** How often a phone reports: seldom enough for its battery, often enough to be found. */
import { distanceMetres } from '#contract/geo'
import { type Fix, positionSources } from '#contract/positions'

export const REPORT_EVERY_MS = positionSources.browser.reportsEveryMs
/** Somebody who moves on quickly is reported sooner. */
const SOONEST_MS = 5_000
const MOVED_METRES = 25
/** Receivers tell whole seconds late or early. */
const SLACK_MS = 500

/** Whether a fix is worth reporting after the last one reported. */
export function isDue(last: Fix | null, next: Fix): boolean {
  if (!last) return true
  const elapsed = next.takenAt - last.takenAt
  if (elapsed >= REPORT_EVERY_MS - SLACK_MS) return true
  return elapsed >= SOONEST_MS && distanceMetres(last.position, next.position) >= MOVED_METRES
}
