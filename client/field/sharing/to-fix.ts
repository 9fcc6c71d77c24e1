/** A browser's position as the contract has it. */
import type { Fix } from '#contract/positions'

/** A position's time further from now than this is another clock's: some browsers have counted from 2001. */
const BELIEVED_MS = 86_400_000

/** `now` is this device's clock, milliseconds. `sentAt` is set when it goes out. */
export function toFix({ coords, timestamp }: GeolocationPosition, now: number): Fix {
  return {
    takenAt: Math.abs(timestamp - now) > BELIEVED_MS ? now : Math.round(timestamp),
    sentAt: null,
    position: [coords.longitude, coords.latitude],
    accuracyMetres: known(coords.accuracy),
    speedMetresPerSecond: known(coords.speed),
    // Somebody who stands still has none: null, or NaN where the specification is older.
    headingDegrees: known(coords.heading),
    batteryPercent: null,
    isMock: false,
  }
}

const known = (value: number | null) => (value !== null && Number.isFinite(value) && value >= 0 ? value : null)
