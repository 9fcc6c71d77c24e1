/** Positions of people on duty: where they come from, when they are stale, and why one is refused. */
import * as z from 'zod/mini'
import { lonLat } from './geo.ts'

/**
 * Position sources. A fix is stale after three missed reports; a person is not called by position after twice that.
 * `reportsEveryMs` is the source's usual interval; a paired device may have its own.
 */
export const positionSources = {
  /** The field page while its screen is on. */
  browser: { reportsEveryMs: 10_000 },
  /** OwnTracks over HTTP, in move mode. */
  owntracks: { reportsEveryMs: 60_000 },
  /** Traccar Client and other OsmAnd-protocol apps. */
  osmand: { reportsEveryMs: 60_000 },
  /** Another system that delivers batches for many devices under one key. */
  gateway: { reportsEveryMs: 10_000 },
} as const
export type PositionSource = keyof typeof positionSources
export const positionSourceNames = Object.keys(positionSources) as PositionSource[]

const MISSED_REPORTS = 3

/** After this long without a fix a person looks stale, in milliseconds. */
export const staleAfterMs = (reportsEveryMs: number) => MISSED_REPORTS * reportsEveryMs
/** The interval that a stale time was worked out from, in milliseconds. */
export const reportIntervalMs = (staleAfter: number) => staleAfter / MISSED_REPORTS
/** After this long without a fix a person is not called by position, in milliseconds. */
export const uncallableAfterMs = (reportsEveryMs: number) => 2 * MISSED_REPORTS * reportsEveryMs

/** Worst-case walking speed of a person whose fix is getting old, metres a second (a brisk walk). */
export const WALKING_METRES_PER_SECOND = 1

/** A fix as a device reports it, already in our units. */
export const fix = z.object({
  /** When the fix was taken by the device's own clock, milliseconds since the epoch; a hint, never trusted alone. */
  takenAt: z.number(),
  /** When it was sent by the same clock, where the source tells: then the clock's error cancels out. */
  sentAt: z.nullable(z.number()),
  position: lonLat,
  accuracyMetres: z.nullable(z.number().check(z.gte(0))),
  speedMetresPerSecond: z.nullable(z.number().check(z.gte(0))),
  /** Degrees clockwise from north. */
  headingDegrees: z.nullable(z.number().check(z.gte(0), z.lte(360))),
  batteryPercent: z.nullable(z.number().check(z.gte(0), z.lte(100))),
  isMock: z.boolean(),
})
export type Fix = z.infer<typeof fix>

/** Why a fix does not move the live mark. Counted, and shown to an administrator. */
export const fixRefusals = [
  /** Not a position at all: missing, not a number, infinite, off the globe. */
  'malformed',
  /** (0, 0): a receiver without a fix. */
  'zero',
  /** Latitude and longitude look exchanged. Never mended by guessing. */
  'swapped',
  /** Farther than 50 km from the service area. */
  'outsideArea',
  /** Nobody on duty may be tracked by it: its person is off duty. */
  'offDuty',
  /** No device or key of ours. */
  'unknownDevice',
  /** The very same fix again. */
  'duplicate',
  /** Older than a day, or from before this duty began. */
  'tooLate',
  /** The device's clock is more than a day ahead. (Less is taken as "now".) */
  'future',
  /** Too far from the last fix for the time between; waits for two more that agree. */
  'teleport',
] as const
export type FixRefusal = (typeof fixRefusals)[number]

/** What is noted beside a fix that is taken all the same. Counted with the refusals. */
export const fixRemarks = [
  /** The device's clock is off by more than a minute; the time was put right, or taken as "now". */
  'clockOff',
] as const
export type FixRemark = (typeof fixRemarks)[number]

/** Someone on duty, as the nearest list and the map need them. Lengths in metres, times in milliseconds. */
export const nearbyPerson = z.object({
  memberId: z.string(),
  name: z.string(),
  position: lonLat,
  straightMetres: z.number(),
  accuracyMetres: z.number(),
  ageMs: z.number(),
  /** straight + accuracy + age × 1 m/s: as far as he can be at worst. */
  worstMetres: z.number(),
  /** null when in the ranking; else why left out. */
  leftOut: z.nullable(z.enum(['stale', 'suspect', 'inaccurate', 'inCall', 'noFix'])),
})
export type NearbyPerson = z.infer<typeof nearbyPerson>
