/** The phone's receiver: watched, and watched anew when it is silent, because one that does not move says nothing. */
import type { Fix } from '#contract/positions'
import { isDue, REPORT_EVERY_MS } from './pace.ts'
import { toFix } from './to-fix.ts'

/** denied: by the person or the system · unavailable: no fix can be had here and now. */
export type ReceiverFailure = 'denied' | 'unavailable'

export interface WatchParts {
  geolocation: Pick<Geolocation, 'watchPosition' | 'clearWatch'>
  now(): number
  /** The receiver gave a position, worth reporting or not. */
  onHeard(): void
  /** Each fix worth reporting. */
  onFix(fix: Fix): void
  onFailure(failure: ReceiverFailure): void
}

export interface PositionWatch {
  start(): void
  stop(): void
  /** Asks at once: the page was just looked at again. */
  ask(): void
}

const ACCURATE: PositionOptions = { enableHighAccuracy: true, maximumAge: 0, timeout: 20_000 }
const PERMISSION_DENIED = 1
/** A receiver that moves talks every second. */
const SILENT_AFTER_MS = 5_000

export function watchPosition({ geolocation, now, onHeard, onFix, onFailure }: WatchParts): PositionWatch {
  let watchId: number | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let reported: Fix | null = null
  let heardAt = Number.NEGATIVE_INFINITY

  function take(position: GeolocationPosition): void {
    if (watchId === null) return
    heardAt = now()
    onHeard()
    const fix = toFix(position, heardAt)
    if (!isDue(reported, fix)) return
    reported = fix
    onFix(fix)
  }

  function fail(error: GeolocationPositionError): void {
    if (watchId !== null) onFailure(error.code === PERMISSION_DENIED ? 'denied' : 'unavailable')
  }

  /** A new watch begins with a position, and lives where an old one has died in the background. */
  function watch(): void {
    if (watchId !== null) geolocation.clearWatch(watchId)
    watchId = geolocation.watchPosition(take, fail, ACCURATE)
  }

  return {
    start() {
      if (watchId !== null) return
      reported = null
      watch()
      timer = setInterval(() => {
        if (now() - heardAt >= SILENT_AFTER_MS) watch()
      }, REPORT_EVERY_MS)
    },
    stop() {
      if (watchId === null) return
      clearInterval(timer)
      geolocation.clearWatch(watchId)
      watchId = null
    },
    ask() {
      if (watchId !== null) watch()
    },
  }
}
