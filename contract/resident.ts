/**
 * What anybody may read and send without signing in. A read model of its own: surnames and badges of post holders as on
 * the public board, service points, names of places. No ids, numbers or positions of people.
 */
import * as z from 'zod/mini'
import { caseOutcome, caseStage } from './cases.ts'
import { bounds, type LonLat, lonLat } from './geo.ts'
import { post } from './members.ts'
import { localClock, openingHours, openState, type ServicePoint, servicePointKind } from './service-points.ts'
import { optionalText } from './text.ts'

/** Figures below this are not told: "不到 5". */
export const SMALLEST_TOLD_COUNT = 5

/** A figure as it may be told; null = fewer than five. */
export const toldCount = (count: number): number | null => (count < SMALLEST_TOLD_COUNT ? null : count)

/** A person in 4.5 km an hour, on a way a third longer than the straight line: an estimate and shown as one. */
const WALKED_METRES_PER_MINUTE = 75
const DETOUR = 1.3
/** Minutes on foot, estimated from the straight distance in metres; at least one. */
export const estimatedWalkMinutes = (metres: number) => walkMinutes(metres * DETOUR)
/** Minutes on foot along a way so long, in metres; at least one. */
export const walkMinutes = (metres: number) => Math.max(1, Math.ceil(metres / WALKED_METRES_PER_MINUTE))
/** Minutes on foot to a point: by the way if it is known, else estimated; null while nobody said from where. */
export function minutesTo({ metres, walkMetres }: Pick<ResidentPoint, 'metres' | 'walkMetres'>): number | null {
  if (walkMetres !== null) return walkMinutes(walkMetres)
  return metres === null ? null : estimatedWalkMinutes(metres)
}

export const residentPlaceKinds = ['grid', 'building', 'spot'] as const

/** A phone this far from the district's middle is in another town. */
export const FAR_METRES = 50_000

/** Where the resident is. */
export const residentPlace = z.object({
  kind: z.enum(residentPlaceKinds),
  /** Of the grid or building; null for a spot on the map. */
  id: z.nullable(z.string()),
  /** Null for a spot: the page has its own words for it. */
  title: z.nullable(z.string()),
  /** Names from the street down to the grid; empty outside every grid. */
  areaNames: z.array(z.string()),
  position: lonLat,
})
export type ResidentPlace = z.infer<typeof residentPlace>

/** Who answers for the grid, as on the public board. */
export const boardHolder = z.object({
  surname: z.string(),
  post,
  badge: z.nullable(z.string()),
  isOnDuty: z.boolean(),
})
export type BoardHolder = z.infer<typeof boardHolder>

export const residentPoint = z.object({
  code: z.string(),
  name: z.string(),
  kind: servicePointKind,
  address: z.nullable(z.string()),
  /** The office's public number. */
  phone: z.nullable(z.string()),
  services: z.array(z.string()),
  hours: openingHours,
  closedOn: z.nullable(z.string()),
  closedReason: z.nullable(z.string()),
  position: lonLat,
  /** Straight distance; null while nobody said where he is. */
  metres: z.nullable(z.number()),
  /** Along streets and footways; null where no way is known. */
  walkMetres: z.nullable(z.number()),
  /** Somebody of its staff is on duty now. */
  isStaffed: z.boolean(),
})
export type ResidentPoint = z.infer<typeof residentPoint>

/** Whom the large button rings: the duty desk, else the nearest service centre, else the hotline every town has. */
export const deskKinds = ['desk', 'point', 'hotline'] as const
export const residentDesk = z.object({ kind: z.enum(deskKinds), name: z.nullable(z.string()), phone: z.string() })
export type ResidentDesk = z.infer<typeof residentDesk>

export const codeStates = ['live', 'revoked', 'unknown'] as const
export type CodeState = (typeof codeStates)[number]

export const residentHome = z.object({
  asOf: z.number(),
  districtName: z.string(),
  timeZone: z.string(),
  /** What became of the scanned code; null when none was. */
  codeState: z.nullable(z.enum(codeStates)),
  place: z.nullable(residentPlace),
  holder: z.nullable(boardHolder),
  desk: residentDesk,
  /** The nearest first. */
  points: z.array(residentPoint),
  /** What a small map needs; null while nothing is loaded. */
  map: z.nullable(z.object({ bounds, baseVersion: z.string(), attribution: z.nullable(z.string()) })),
})
export type ResidentHome = z.infer<typeof residentHome>

/** Found by what somebody typed: names of places, nothing else. */
export const foundPlace = z.object({
  kind: z.enum(['grid', 'building']),
  id: z.string(),
  title: z.string(),
  detail: z.nullable(z.string()),
})
export type FoundPlace = z.infer<typeof foundPlace>

/** What residents report most, in their words; each is filed under a class of the tables. */
export const residentMatters = [
  'rubbish',
  'streetLight',
  'manhole',
  'leak',
  'noise',
  'parking',
  'fireLane',
  'other',
] as const
export const residentMatter = z.enum(residentMatters)
export type ResidentMatter = z.infer<typeof residentMatter>

/** 256 random bits in base64url, made on the phone: whoever has it may follow the report. */
export const followSecret = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))

/**
 * A report. The same secret again is the same report, so a phone may send it until it is answered. Exactly one of
 * `buildingId`, `gridId` and `position` says where.
 */
export const residentReport = z.strictObject({
  secret: followSecret,
  matter: residentMatter,
  text: optionalText(500),
  /** Where exactly: "门口". */
  spot: optionalText(60),
  buildingId: z.nullable(z.uuid()),
  gridId: z.nullable(z.uuid()),
  position: z.nullable(lonLat),
})
export type ResidentReport = z.infer<typeof residentReport>

/** How a report stands, without names, notes or texts. */
export const reportProgress = z.object({
  /** The last digits of its number, for a talk on the telephone. */
  numberTail: z.string(),
  title: z.string(),
  stage: caseStage,
  outcome: z.nullable(caseOutcome),
  /** The department or the community that has it now. */
  holder: z.nullable(z.string()),
  dueAt: z.nullable(z.number()),
  reportedAt: z.number(),
  /** Oldest first, one entry for each stage it came to. */
  steps: z.array(z.object({ at: z.number(), stage: caseStage })),
  asOf: z.number(),
})
export type ReportProgress = z.infer<typeof reportProgress>

/** Closing soon: the last this many minutes. */
const CLOSING_SOON_MINUTES = 60

export type Opening =
  | { state: 'open' | 'closing'; until: string; minutesLeft: number }
  /** `days`: 0 today, 1 tomorrow, …; null = not within a week. */
  | { state: 'closed'; next: { days: number; at: string; weekday: number } | null; reason: string | null }

type Hours = Pick<ServicePoint, 'hours' | 'closedOn' | 'closedReason'>

/** When a point closes or opens next, by the district's clock. */
export function openingOf(point: Hours, now: Date, timeZone: string): Opening {
  const { time, weekday } = localClock(now, timeZone)
  const { isOpen, until, opensAt, closedReason } = openState(point, now, timeZone)
  if (isOpen && until !== null) {
    const minutesLeft = minutesOf(until) - minutesOf(time)
    return { state: minutesLeft <= CLOSING_SOON_MINUTES ? 'closing' : 'open', until, minutesLeft }
  }
  if (opensAt !== null) return { state: 'closed', next: { days: 0, at: opensAt, weekday }, reason: closedReason }
  for (let days = 1; days <= 7; days++) {
    const day = (weekday + days) % 7
    const first = point.hours[day]?.map(([from]) => from).sort()[0]
    if (first !== undefined) return { state: 'closed', next: { days, at: first, weekday: day }, reason: closedReason }
  }
  return { state: 'closed', next: null, reason: closedReason }
}

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** A place of the phone as finely as it is sent: 4 decimals are some 10 m, enough to tell one building from the next. */
export const roundedPlace = ([longitude, latitude]: LonLat): LonLat => [
  Math.round(longitude * 1e4) / 1e4,
  Math.round(latitude * 1e4) / 1e4,
]
