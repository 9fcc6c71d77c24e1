/** What a phone reports, how often, and what its owner is told about it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fix } from '#contract/positions'
import { isDue } from '../../../client/field/sharing/pace.ts'
import { type SharingFacts, sharingOf } from '../../../client/field/sharing/sharing-state.ts'
import { toFix } from '../../../client/field/sharing/to-fix.ts'
import { watchPosition } from '../../../client/field/sharing/watch-position.ts'

const NOW = 1_795_000_000_000

const positionAt = (timestamp: number, more: Partial<GeolocationCoordinates> = {}) =>
  ({
    timestamp,
    coords: { longitude: 113.92, latitude: 22.76, accuracy: 12, speed: null, heading: null, ...more },
  }) as GeolocationPosition
const fixAt = (takenAt: number, longitude = 113.92): Fix => ({
  ...toFix(positionAt(takenAt), takenAt),
  position: [longitude, 22.76],
})

describe('toFix', () => {
  it('carries place, time, accuracy, heading and speed in the units of the contract', () => {
    const fix = toFix(positionAt(NOW - 4.4, { speed: 1.5, heading: 270 }), NOW)
    expect(fix).toMatchObject({
      takenAt: NOW - 4,
      position: [113.92, 22.76],
      accuracyMetres: 12,
      speedMetresPerSecond: 1.5,
      headingDegrees: 270,
    })
  })

  it.each([
    ['NaN', Number.NaN],
    ['null', null],
    ['a negative number', -1],
  ])('takes %s for unknown', (_name, value) => {
    expect(toFix(positionAt(NOW, { heading: value, speed: value }), NOW)).toMatchObject({
      headingDegrees: null,
      speedMetresPerSecond: null,
    })
  })

  it('does not believe a clock that counts from 2001', () => {
    expect(toFix(positionAt(NOW - 978_307_200_000), NOW).takenAt).toBe(NOW)
  })
})

describe('isDue', () => {
  it('reports the first, then every ten seconds, sooner when he moves on, never twice the same', () => {
    const last = fixAt(NOW)
    expect(isDue(null, last)).toBe(true)
    expect(isDue(last, fixAt(NOW))).toBe(false)
    expect(isDue(last, fixAt(NOW + 9_000))).toBe(false)
    expect(isDue(last, fixAt(NOW + 10_000))).toBe(true)
    expect(isDue(last, fixAt(NOW + 6_000, 113.9204))).toBe(true)
    expect(isDue(last, fixAt(NOW + 3_000, 113.9204))).toBe(false)
  })
})

describe('watchPosition', () => {
  beforeEach(() => vi.useFakeTimers({ now: NOW }))
  afterEach(() => vi.useRealTimers())

  /** A receiver that gives a position when a watch begins, and after that when it is told to. */
  function phone() {
    const watches = new Map<number, { take: PositionCallback; fail: PositionErrorCallback }>()
    const fixes: number[] = []
    const failures: string[] = []
    let begun = 0
    const watch = watchPosition({
      geolocation: {
        watchPosition(take, fail) {
          watches.set(++begun, { take, fail: fail ?? (() => {}) })
          const id = begun
          const begunAt = Date.now()
          setTimeout(() => watches.get(id)?.take(positionAt(begunAt)))
          return id
        },
        clearWatch: (id) => void watches.delete(id),
      },
      now: Date.now,
      onHeard() {},
      onFix: ({ takenAt }) => void fixes.push(takenAt - NOW),
      onFailure: (failure) => void failures.push(failure),
    })
    const take = () => {
      for (const each of watches.values()) each.take(positionAt(Date.now()))
    }
    const tell = (code: number) => {
      for (const { fail } of watches.values()) fail({ code } as GeolocationPositionError)
    }
    return { watch, fixes, failures, begun: () => begun, open: () => watches.size, take, tell, watches }
  }

  it('watches anew when the receiver is silent because nobody moves, one watch at a time', () => {
    const { watch, fixes, begun, open } = phone()
    watch.start()
    vi.advanceTimersByTime(30_001)
    expect([fixes, begun(), open()]).toEqual([[0, 10_000, 20_000, 30_000], 4, 1])
  })

  it('leaves one that talks alone', () => {
    const { watch, take, begun } = phone()
    watch.start()
    for (let second = 0; second < 30; second++) {
      vi.advanceTimersByTime(1_000)
      take()
    }
    expect(begun()).toBe(1)
  })

  it('says nothing more once stopped, whatever is still on its way', () => {
    const { watch, fixes, failures, watches, open, begun } = phone()
    watch.start()
    vi.advanceTimersByTime(1)
    const [late] = watches.values()
    watch.stop()
    vi.advanceTimersByTime(60_000)
    late?.take(positionAt(Date.now()))
    late?.fail({ code: 1 } as GeolocationPositionError)
    expect([fixes, failures, open(), begun()]).toEqual([[0], [], 0, 1])
  })

  it('tells a refusal by the person from a fix that cannot be had', () => {
    const { watch, failures, tell } = phone()
    watch.start()
    for (const code of [1, 2, 3]) tell(code)
    expect(failures).toEqual(['denied', 'unavailable', 'unavailable'])
  })
})

describe('sharingOf', () => {
  const facts = (more: Partial<SharingFacts>): SharingFacts => ({
    now: NOW,
    dutySince: NOW - 3_600_000,
    reachedAt: NOW - 6_000,
    reportsEveryMs: null,
    obstacle: null,
    refusal: null,
    ...more,
  })
  const stateOf = (more: Partial<SharingFacts>) => sharingOf(facts(more)).state

  it.each([
    ['fresh', { reachedAt: NOW - 29_999 }, 'sharing'],
    ['three reports missed', { reachedAt: NOW - 30_000 }, 'stale'],
    ['six reports missed', { reachedAt: NOW - 60_000 }, 'silent'],
    ['a slower tracker', { reachedAt: NOW - 100_000, reportsEveryMs: 60_000 }, 'sharing'],
    ['just begun', { reachedAt: null, dutySince: NOW - 5_000 }, 'searching'],
    ['never, for a minute', { reachedAt: null, dutySince: NOW - 60_000 }, 'silent'],
    ['denied and nothing known', { reachedAt: null, obstacle: 'denied' }, 'denied'],
    ['denied here, but a tracker reports', { obstacle: 'denied' }, 'sharing'],
    ['denied and the last fix is old', { reachedAt: NOW - 31_000, obstacle: 'denied' }, 'denied'],
    ['refused, however fresh the one before', { refusal: 'outsideArea' }, 'refused'],
  ] as const)('%s', (_name, more, state) => {
    expect(stateOf(more)).toBe(state)
  })

  it('counts down to the moment from which he is not called', () => {
    expect(sharingOf(facts({ reachedAt: NOW - 48_000 }))).toEqual({
      state: 'stale',
      ageMs: 48_000,
      uncallableInMs: 12_000,
    })
  })

  it('takes a fix from a clock ahead of ours as of now', () => {
    expect(sharingOf(facts({ reachedAt: NOW + 5_000 })).ageMs).toBe(0)
  })
})
