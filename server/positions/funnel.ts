/** The rules every fix passes before it may move a mark: pure, one verdict a fix. Clock and duty are arguments. */
import { type Bounds, distanceMetres, type LonLat } from '#contract/geo'
import type { Fix, FixRefusal } from '#contract/positions'

const DAY_MS = 86_400_000
const SECOND_MS = 1_000
/** Nobody in service is farther out than this; patrols follow a road past the border. */
const AREA_MARGIN_METRES = 50_000
const METRES_PER_DEGREE = 111_195
/** A little more than any degree is long on the sphere. */
const LONGEST_DEGREE_METRES = 111_200
/** Faster than this between two fixes is no walk, ride or drive: 216 km/h. */
const TELEPORT_METRES_PER_SECOND = 60
/** So many fixes that agree with each other make a jump believable. */
const BELIEVED_AFTER = 3

/** live: moves the mark · historyOnly: older than the newest · suspect: a jump not believed yet · else refused. */
export type Verdict = 'live' | 'historyOnly' | 'suspect' | FixRefusal

/** What is remembered of one member's fixes. */
export interface TrackState {
  /** The newest accepted fix; NaN before the first. */
  fixAt: number
  longitude: number
  latitude: number
  /** The device's times of the last fixes, to know the very same one again. */
  recentTakenAt: number[]
  /** How far its clock is behind ours, where the device says when it sent; NaN before it did. Milliseconds. */
  clockErrorMs: number
  /** A jump that waits for company. */
  jump: { fixAt: number; position: LonLat; agreeing: number } | null
}

export const newTrack = (): TrackState => ({
  fixAt: Number.NaN,
  longitude: Number.NaN,
  latitude: Number.NaN,
  recentTakenAt: [],
  clockErrorMs: Number.NaN,
  jump: null,
})

export interface Duty {
  /** When the present duty began; null off duty. */
  since: number | null
  /** Whether he was on duty at an instant. */
  wasOnAt(instant: number): boolean
}

const REMEMBERED = 16
/** Differences smaller than this are a message's travel and no change of the device's clock. */
const STEADY_CLOCK_MS = 5_000
/** A device's clock that is off by more is worth a word to whoever looks after it. */
const CLOCK_OFF_MS = 60_000

/** The service area widened by the margin, worked out once. */
export function serviceArea([west, south, east, north]: Bounds): Bounds {
  const latitudeMargin = AREA_MARGIN_METRES / METRES_PER_DEGREE
  const cosine = Math.max(0.01, Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180))
  const longitudeMargin = latitudeMargin / cosine
  return [west - longitudeMargin, south - latitudeMargin, east + longitudeMargin, north + latitudeMargin]
}

/**
 * When a fix was taken, by the server's clock. Where the device also says when it sent the fix, its clock's error
 * cancels out; else its time is believed between a day ago and now. null = beyond belief. Many devices tell whole
 * seconds only, so a fix of the second in which a duty began counts as taken at its beginning (`since`).
 */
export function fixTime(fix: Pick<Fix, 'takenAt' | 'sentAt'>, receivedAt: number, since: number | null): number | null {
  const at = believedTime(fix, receivedAt)
  return at !== null && since !== null && at < since && since - at < SECOND_MS ? since : at
}

function believedTime({ takenAt, sentAt }: Pick<Fix, 'takenAt' | 'sentAt'>, receivedAt: number): number | null {
  if (sentAt !== null) return Math.max(receivedAt - DAY_MS, receivedAt - Math.max(0, sentAt - takenAt))
  return takenAt > receivedAt + DAY_MS ? null : Math.min(takenAt, receivedAt)
}

/**
 * The fix with its time of sending made steady: the same fix sent twice is to have the same time, however long each
 * message travelled. Learns the error of the device's clock.
 */
export function withSteadyClock(fix: Fix, track: TrackState, receivedAt: number): Fix {
  if (fix.sentAt === null) return fix
  const error = receivedAt - fix.sentAt
  if (!(Math.abs(error - track.clockErrorMs) <= STEADY_CLOCK_MS)) track.clockErrorMs = error
  return { ...fix, sentAt: receivedAt - track.clockErrorMs }
}

/** Whether the device's clock is clearly wrong. One that is behind and does not say when it sent looks like a late fix. */
export function isClockOff({ takenAt, sentAt }: Pick<Fix, 'takenAt' | 'sentAt'>, receivedAt: number): boolean {
  return sentAt === null ? takenAt - receivedAt > CLOCK_OFF_MS : Math.abs(receivedAt - sentAt) > CLOCK_OFF_MS
}

/**
 * Judges one fix and, when it is accepted, updates the track. `area` is a `serviceArea`, or null when nothing is
 * loaded and any place on the globe will do.
 */
export function judge(fix: Fix, track: TrackState, duty: Duty, area: Bounds | null, receivedAt: number): Verdict {
  const misplaced = placeRefusal(fix.position, area)
  if (misplaced) return misplaced
  const isOn = duty.since !== null
  const fixAt = fixTime(fix, receivedAt, duty.since)
  if (fixAt === null || !Number.isFinite(fixAt)) return 'future'
  if (fixAt < receivedAt - DAY_MS) return 'tooLate'
  if (!duty.wasOnAt(fixAt)) return isOn ? 'tooLate' : 'offDuty'
  if (track.recentTakenAt.includes(fix.takenAt)) return 'duplicate'
  remember(track, fix.takenAt)
  // What was accepted lies ahead of now: our own clock was set back. Order begins anew.
  if (track.fixAt > receivedAt) track.fixAt = Number.NaN
  if (fixAt <= track.fixAt || !isOn) return 'historyOnly'
  if (isJump(track, fix.position, fixAt) && !isBelieved(track, fix.position, fixAt)) return 'suspect'
  track.fixAt = fixAt
  track.longitude = fix.position[0]
  track.latitude = fix.position[1]
  track.jump = null
  return 'live'
}

function placeRefusal([longitude, latitude]: LonLat, area: Bounds | null): FixRefusal | null {
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) return 'malformed'
  if (longitude === 0 && latitude === 0) return 'zero'
  if (Math.abs(latitude) > 90) return Math.abs(longitude) <= 90 && Math.abs(latitude) <= 180 ? 'swapped' : 'malformed'
  if (Math.abs(longitude) > 180) return 'malformed'
  if (area === null || isInside(longitude, latitude, area)) return null
  return isInside(latitude, longitude, area) ? 'swapped' : 'outsideArea'
}

const isInside = (longitude: number, latitude: number, [west, south, east, north]: Bounds) =>
  longitude >= west && longitude <= east && latitude >= south && latitude <= north

function remember(track: TrackState, takenAt: number): void {
  track.recentTakenAt.push(takenAt)
  if (track.recentTakenAt.length > REMEMBERED) track.recentTakenAt.shift()
}

function isJump(track: TrackState, position: LonLat, fixAt: number): boolean {
  if (Number.isNaN(track.fixAt)) return false
  return isTooFast([track.longitude, track.latitude], position, fixAt - track.fixAt)
}

function isTooFast(from: LonLat, to: LonLat, elapsedMs: number): boolean {
  const most = TELEPORT_METRES_PER_SECOND * Math.max(1, elapsedMs / 1000)
  // Along a parallel and a meridian is never shorter than straight: most steps are settled without a sine.
  if ((Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1])) * LONGEST_DEGREE_METRES <= most) return false
  return distanceMetres(from, to) > most
}

/** Counts jumps that agree with each other; the third in a row is believed. */
function isBelieved(track: TrackState, position: LonLat, fixAt: number): boolean {
  const { jump } = track
  const agrees = jump !== null && !isTooFast(jump.position, position, fixAt - jump.fixAt)
  track.jump = { fixAt, position, agreeing: agrees ? jump.agreeing + 1 : 1 }
  return track.jump.agreeing >= BELIEVED_AFTER
}
