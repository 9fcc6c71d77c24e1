/** The phone's receiver: watched while it moves, and asked when it has been silent, because it then says nothing. */
import type { Fix } from '#contract/positions'
import { isDue, REPORT_EVERY_MS } from './pace.ts'
import { toFix } from './to-fix.ts'

/** denied: by the person or the system · unavailable: no fix can be had here and now. */
export type ReceiverFailure = 'denied' | 'unavailable'

export interface WatchParts {
  geolocation: Pick<Geolocation, 'watchPosition' | 'clearWatch' | 'getCurrentPosition'>
  now(): number
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

export function watchPosition({ geolocation, now, onFix, onFailure }: WatchParts): PositionWatch {
  let watchId: number | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let reported: Fix | null = null
  let heardAt = Number.NEGATIVE_INFINITY

  function take(position: GeolocationPosition): void {
    if (watchId === null) return
    heardAt = now()
    const fix = toFix(position, heardAt)
    if (isDue(reported, fix)) report(fix)
  }

  function report(fix: Fix): void {
    reported = fix
    onFix(fix)
  }

  function fail(error: GeolocationPositionError): void {
    if (watchId !== null) onFailure(error.code === PERMISSION_DENIED ? 'denied' : 'unavailable')
  }

  const ask = () => {
    if (watchId !== null) geolocation.getCurrentPosition(take, fail, ACCURATE)
  }

  function breakSilence(): void {
    if (now() - heardAt >= SILENT_AFTER_MS) ask()
  }

  return {
    start() {
      if (watchId !== null) return
      reported = null
      watchId = geolocation.watchPosition(take, fail, ACCURATE)
      timer = setInterval(breakSilence, REPORT_EVERY_MS)
    },
    stop() {
      if (watchId === null) return
      clearInterval(timer)
      geolocation.clearWatch(watchId)
      watchId = null
    },
    ask,
  }
}
