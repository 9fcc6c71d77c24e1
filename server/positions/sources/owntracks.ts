/**
 * OwnTracks over HTTP. Format: owntracks/booklet docs/tech/json.md.
 * The app takes any status as delivered, so a message is never answered before it is kept or counted as refused.
 */
import type { Fix } from '#contract/positions'
import { isRecord, numberOf, type SourceReading, speedFrom, within } from './source.ts'

/** Reads one message. Types other than `location` carry no fix and are fine. `device` comes from Basic auth, not from here. */
export function readOwnTracks(body: unknown): SourceReading {
  if (!isRecord(body) || body._type !== 'location') return { device: null, fixes: [], malformed: 0 }
  const fix = toFix(body)
  return { device: null, fixes: fix ? [fix] : [], malformed: fix ? 0 : 1 }
}

function toFix(message: Record<string, unknown>): Fix | null {
  const [longitude, latitude, seconds] = [numberOf(message.lon), numberOf(message.lat), numberOf(message.tst)]
  if (longitude === null || latitude === null || seconds === null) return null
  const sentSeconds = numberOf(message.created_at)
  return {
    takenAt: seconds * 1000,
    sentAt: sentSeconds === null ? null : sentSeconds * 1000,
    position: [longitude, latitude],
    accuracyMetres: within(numberOf(message.acc), 0, 1e6),
    speedMetresPerSecond: within(speedFrom.kilometresPerHour(numberOf(message.vel)), 0, 1_000),
    headingDegrees: within(numberOf(message.cog), 0, 360),
    batteryPercent: within(numberOf(message.batt), 0, 100),
    isMock: false,
  }
}
