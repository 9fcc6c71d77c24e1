/**
 * The OsmAnd protocol of Traccar Client and others: GET query, POST form, or JSON (Traccar Client 9 and later).
 * Format: traccar.org/osmand and Traccar's OsmAndProtocolDecoder. Speed is in knots in query and form, m/s in JSON.
 */
import type { Fix } from '#contract/positions'
import { isRecord, numberOf, type SourceReading, speedFrom, within } from './source.ts'

/** Largest epoch value read as seconds; above it, milliseconds. */
const MAX_SECONDS = 2 ** 31 - 1

/** Reads the query or form of one report. A missing time means now. */
export function readOsmAndFields(fields: Record<string, unknown>, receivedAt: number): SourceReading {
  const device = textOf(fields.id) ?? textOf(fields.deviceid)
  const place = placeOf(fields)
  const takenAt = fields.timestamp === undefined ? receivedAt : timeOf(fields.timestamp)
  if (!place || takenAt === null || fields.valid === 'false' || fields.valid === '0')
    return { device, fixes: [], malformed: 1 }
  const fix: Fix = {
    takenAt,
    sentAt: null,
    position: place,
    accuracyMetres: within(numberOf(fields.accuracy), 0, 1e6),
    speedMetresPerSecond: within(speedFrom.knots(numberOf(fields.speed)), 0, 1_000),
    headingDegrees: within(numberOf(fields.bearing ?? fields.heading), 0, 360),
    batteryPercent: within(numberOf(fields.batt), 0, 100),
    isMock: fields.mock === 'true' || fields.mock === '1',
  }
  return { device, fixes: [fix], malformed: 0 }
}

/** Reads the JSON form; -1 stands for unknown. A message without coordinates (an event) is fine. */
export function readOsmAndJson(body: unknown, receivedAt: number): SourceReading {
  if (!isRecord(body)) return { device: null, fixes: [], malformed: 1 }
  const device = textOf(body.device_id)
  const { location } = body
  if (!isRecord(location)) return { device, fixes: [], malformed: 1 }
  if (location.coords === undefined) return { device, fixes: [], malformed: 0 }
  const fix = isRecord(location.coords) ? jsonFix(location, location.coords, receivedAt) : null
  return { device, fixes: fix ? [fix] : [], malformed: fix ? 0 : 1 }
}

function jsonFix(location: Record<string, unknown>, coords: Record<string, unknown>, receivedAt: number): Fix | null {
  const [longitude, latitude] = [numberOf(coords.longitude), numberOf(coords.latitude)]
  const takenAt = location.timestamp === undefined ? receivedAt : timeOf(location.timestamp)
  if (longitude === null || latitude === null || takenAt === null) return null
  const level = isRecord(location.battery) ? numberOf(location.battery.level, -1) : null
  return {
    takenAt,
    sentAt: null,
    position: [longitude, latitude],
    accuracyMetres: within(numberOf(coords.accuracy, -1), 0, 1e6),
    speedMetresPerSecond: within(speedFrom.metresPerSecond(numberOf(coords.speed, -1)), 0, 1_000),
    headingDegrees: within(numberOf(coords.heading, -1), 0, 360),
    batteryPercent: within(level === null ? null : level * 100, 0, 100),
    isMock: location.mock === true,
  }
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' && text.length <= 200 ? text : null
}

function placeOf(fields: Record<string, unknown>): [number, number] | null {
  const parts = typeof fields.location === 'string' ? fields.location.split(',') : [fields.lat, fields.lon]
  const [latitude, longitude] = [numberOf(parts[0]), numberOf(parts[1])]
  return latitude === null || longitude === null ? null : [longitude, latitude]
}

/** Epoch seconds or milliseconds, ISO 8601 with T, or "yyyy-MM-dd HH:mm:ss" in UTC. */
function timeOf(value: unknown): number | null {
  const number = numberOf(value)
  if (number !== null) return number < MAX_SECONDS ? number * 1000 : number
  if (typeof value !== 'string' || value.length > 40) return null
  const iso = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) ? `${value.replace(' ', 'T')}Z` : value
  const instant = Date.parse(iso)
  return Number.isNaN(instant) ? null : instant
}
