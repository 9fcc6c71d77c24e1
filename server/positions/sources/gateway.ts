/**
 * Batches of another system under a gateway key:
 * `{"sentAt": ms?, "fixes": [{"device", "at": ms, "lon", "lat", "accuracy"?, "speed"? (m/s), "heading"?, "battery"?, "mock"?}]}`.
 * Devices are names that an administrator has bound to members under that key.
 */
import type { Fix } from '#contract/positions'
import { isRecord, numberOf, type SourceReading, within } from './source.ts'

/** More fixes than this in one batch are refused whole; send several. */
export const MAX_BATCH = 5_000

/** One reading a fix, in order. null when it is no batch at all, or too large. */
export function readGatewayBatch(body: unknown): SourceReading[] | null {
  if (!isRecord(body) || !Array.isArray(body.fixes) || body.fixes.length > MAX_BATCH) return null
  const sentAt = numberOf(body.sentAt)
  return body.fixes.map((item: unknown) => {
    if (!isRecord(item)) return { device: null, fixes: [], malformed: 1 }
    const device = typeof item.device === 'string' && item.device.length <= 200 ? item.device : null
    const fix = toFix(item, sentAt)
    return { device, fixes: fix ? [fix] : [], malformed: fix ? 0 : 1 }
  })
}

function toFix(item: Record<string, unknown>, sentAt: number | null): Fix | null {
  const [longitude, latitude, takenAt] = [numberOf(item.lon), numberOf(item.lat), numberOf(item.at)]
  if (longitude === null || latitude === null || takenAt === null) return null
  return {
    takenAt,
    sentAt,
    position: [longitude, latitude],
    accuracyMetres: within(numberOf(item.accuracy), 0, 1e6),
    speedMetresPerSecond: within(numberOf(item.speed), 0, 1_000),
    headingDegrees: within(numberOf(item.heading), 0, 360),
    batteryPercent: within(numberOf(item.battery), 0, 100),
    isMock: item.mock === true,
  }
}
