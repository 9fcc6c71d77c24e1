/** When cases are reported, what stage the unresolved ones have reached and how their limits stand at `now`. */
import type { CaseStage, Supervision } from '#contract/cases'
import type { Random } from '../random.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
/** China has one time zone and no summer time. */
const OFFSET_MS = 8 * HOUR_MS
export const HISTORY_DAYS = 90

/** Share of a day's reports by hour of the clock: before noon, after noon, and again in the evening. */
const byHour = [2, 1, 1, 1, 1, 3, 12, 28, 62, 92, 88, 60, 34, 36, 66, 78, 70, 56, 46, 50, 44, 28, 14, 6]
/** By weekday from Monday. */
const byWeekday = [1.15, 1.08, 1.05, 1.0, 1.06, 0.78, 0.64]
const hourWeights = Object.fromEntries(byHour.map((weight, hour) => [String(hour), weight]))

/** An instant of a day `daysAgo` days before today, by the clock's rhythm. */
function onDay(daysAgo: number, now: number, random: Random): number {
  const midnight = Math.floor((now + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS
  const hour = Number(random.weighted(hourWeights))
  return midnight - daysAgo * DAY_MS + hour * HOUR_MS + Math.floor(random.next() * HOUR_MS)
}

/** Instants of a whole history, by weekday and hour; none after `now`. */
export function reportTimes(count: number, now: number, random: Random): number[] {
  const days: Record<string, number> = {}
  for (let daysAgo = 0; daysAgo < HISTORY_DAYS; daysAgo++) {
    const weekday = (new Date(now + OFFSET_MS - daysAgo * DAY_MS).getUTCDay() + 6) % 7
    days[String(daysAgo)] = byWeekday[weekday] ?? 1
  }
  const times: number[] = []
  while (times.length < count) {
    const at = onDay(Number(random.weighted(days)), now, random)
    if (at <= now - 20 * MINUTE_MS) times.push(at)
  }
  return times.sort((a, b) => a - b)
}

/** Instants of what is still open: most of it from the last days, a tail of some weeks. */
export function openReportTimes(count: number, now: number, random: Random): number[] {
  const times: number[] = []
  while (times.length < count) {
    const daysAgo = Math.floor(-Math.log(1 - random.next()) * (random.chance(0.16) ? 13 : 2.2))
    const at = onDay(daysAgo, now, random)
    if (daysAgo < 45 && at <= now - 4 * MINUTE_MS) times.push(at)
  }
  return times.sort((a, b) => a - b)
}

/** By the age of a case: what has just come in has not gone far, what is old was dispatched long ago. */
const stageWeights: { untilMs: number; weights: Partial<Record<CaseStage, number>> }[] = [
  { untilMs: 25 * MINUTE_MS, weights: { accept: 1 } },
  { untilMs: 2 * HOUR_MS, weights: { accept: 3, verify: 4, file: 3, dispatch: 4, handle: 2 } },
  { untilMs: DAY_MS, weights: { accept: 3, verify: 7, file: 4, dispatch: 16, handle: 58, check: 12 } },
  { untilMs: 4 * DAY_MS, weights: { verify: 2, file: 2, dispatch: 16, handle: 64, check: 16 } },
  { untilMs: Infinity, weights: { dispatch: 4, handle: 78, check: 18 } },
]

export function openStage(ageMs: number, random: Random): CaseStage {
  const fitting = stageWeights.find(({ untilMs }) => ageMs < untilMs)
  return random.weighted(fitting?.weights ?? { handle: 1 })
}

/** How the limits of `count` open cases stand: about 5 % overdue, 12 % near, the rest on time. The oldest are overdue. */
export function shareSupervision(ages: readonly number[], random: Random): Supervision[] {
  const [overdue, near] = [Math.round(ages.length * 0.05), Math.round(ages.length * 0.12)]
  const order = ages
    .map((age, index) => ({ index, rank: age < 7 * HOUR_MS ? Infinity : random.next() / Math.sqrt(age) }))
    .sort((a, b) => a.rank - b.rank)
  const states: Supervision[] = ages.map(() => 'onTime')
  for (const [rank, { index }] of order.entries()) {
    if (rank < overdue) states[index] = 'overdue'
    else if (rank < overdue + near) states[index] = 'nearLimit'
  }
  return states
}

/** Warning and limit of an open case, in the wanted state at `now`. The limit is never before the report. */
export function openLimits(
  reportedAt: number,
  limitHours: number,
  state: Supervision,
  now: number,
  random: Random,
): { warnAt: number; dueAt: number } {
  const limit = limitHours * HOUR_MS
  const age = now - reportedAt
  if (state === 'overdue') {
    const late = Math.min(
      age * 0.6,
      random.chance(0.5) ? random.between(4, 150) * MINUTE_MS : random.between(3, 46) * HOUR_MS,
    )
    const dueAt = toMinute(now - late)
    return { warnAt: toMinute(dueAt - (dueAt - reportedAt) * 0.25), dueAt }
  }
  if (state === 'nearLimit') {
    const dueAt = toMinute(now + random.between(4, Math.min(200, 20 + limitHours * 8)) * MINUTE_MS)
    return { warnAt: toMinute(now - Math.min(age * 0.3, random.between(6, 90) * MINUTE_MS)), dueAt }
  }
  // On time: as its limit says, or extended if that has passed.
  const dueAt = toMinute(Math.max(reportedAt + limit, now + random.between(0.25, 1.2) * limit + 2 * HOUR_MS))
  return { warnAt: toMinute(now + (dueAt - now) * random.between(0.5, 0.8) + MINUTE_MS), dueAt }
}

/** Of a case that is over: as its kind says. */
export function closedLimits(reportedAt: number, limitHours: number): { warnAt: number; dueAt: number } {
  const limit = limitHours * HOUR_MS
  return { warnAt: reportedAt + limit * 0.75, dueAt: reportedAt + limit }
}

const toMinute = (at: number) => Math.round(at / MINUTE_MS) * MINUTE_MS

/** "20261122", the local day of an instant. */
export const localDay = (at: number) => new Date(at + OFFSET_MS).toISOString().slice(0, 10).replaceAll('-', '')
