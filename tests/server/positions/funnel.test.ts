import { describe, expect, it } from 'vitest'
import type { Fix } from '#contract/positions'
import { type Duty, fixTime, judge, newTrack, serviceArea } from '../../../server/positions/funnel.ts'

const NOW = Date.UTC(2026, 10, 22, 2)
const area = serviceArea([114, 22.7, 114.04, 22.71])
const always: Duty = { since: 0, wasOnAt: () => true }
const off: Duty = { since: null, wasOnAt: () => false }
const at = (over: Partial<Fix> = {}): Fix => ({
  takenAt: NOW,
  sentAt: null,
  position: [114.01, 22.705],
  accuracyMetres: 8,
  speedMetresPerSecond: null,
  headingDegrees: null,
  batteryPercent: null,
  isMock: false,
  ...over,
})

describe('places', () => {
  it.each<[string, [number, number], string]>([
    ['null island', [0, 0], 'zero'],
    ['not a number', [Number.NaN, 22.7], 'malformed'],
    ['infinite', [114, Number.POSITIVE_INFINITY], 'malformed'],
    ['latitude past the pole, exchanged', [22.7, 114.01], 'swapped'],
    ['longitude off the globe', [200, 22.7], 'malformed'],
    ['the other side of the sea', [121.48, 31.23], 'outsideArea'],
    ['49 km north', [114.02, 22.71 + 49 / 111.2], 'live'],
    ['51 km north', [114.02, 22.71 + 51 / 111.2], 'outsideArea'],
  ])('%s', (_, position, verdict) => {
    expect(judge(at({ position }), newTrack(), always, area, NOW)).toBe(verdict)
  })

  it('knows an exchange that stays on the globe by the service area', () => {
    const liverpool = serviceArea([-3.1, 53.3, -2.8, 53.5])
    expect(judge(at({ position: [53.4, -2.95] }), newTrack(), always, liverpool, NOW)).toBe('swapped')
  })

  it('takes any place on the globe while nothing is loaded', () => {
    expect(judge(at({ position: [121.48, 31.23] }), newTrack(), always, null, NOW)).toBe('live')
  })
})

describe('time', () => {
  it('cancels out a wrong clock where the device says when it sent', () => {
    const yesterday = NOW - 86_400_000
    expect(fixTime({ takenAt: yesterday - 5_000, sentAt: yesterday }, NOW, null)).toBe(NOW - 5_000)
    expect(fixTime({ takenAt: NOW + 600_000, sentAt: NOW + 601_000 }, NOW, null)).toBe(NOW - 1_000)
  })

  it('takes a clock that is ahead as now, and one beyond a day as nonsense', () => {
    expect(fixTime({ takenAt: NOW + 600_000, sentAt: null }, NOW, null)).toBe(NOW)
    expect(judge(at({ takenAt: NOW + 2 * 86_400_000 }), newTrack(), always, area, NOW)).toBe('future')
    expect(judge(at({ takenAt: NOW - 2 * 86_400_000 }), newTrack(), always, area, NOW)).toBe('tooLate')
  })

  it('drops the same fix again and never lets an older one move the mark', () => {
    const track = newTrack()
    expect(judge(at(), track, always, area, NOW)).toBe('live')
    expect(judge(at(), track, always, area, NOW)).toBe('duplicate')
    expect(judge(at({ takenAt: NOW - 30_000, position: [114.02, 22.705] }), track, always, area, NOW)).toBe(
      'historyOnly',
    )
    expect(track.longitude).toBe(114.01)
  })
})

describe('duty', () => {
  it('refuses everything of a person off duty', () => {
    expect(judge(at(), newTrack(), off, area, NOW)).toBe('offDuty')
  })

  it('takes a fix told in whole seconds as one of the duty that began within that second', () => {
    const since = NOW + 700
    const duty: Duty = { since, wasOnAt: (instant) => instant >= since }
    expect(fixTime({ takenAt: NOW, sentAt: null }, NOW + 900, since)).toBe(since)
    expect(judge(at(), newTrack(), duty, area, NOW + 900)).toBe('live')
    expect(judge(at({ takenAt: NOW - 1_000 }), newTrack(), duty, area, NOW + 900)).toBe('tooLate')
  })

  it('keeps a late fix from an earlier duty as history, and refuses one from between', () => {
    const duty: Duty = {
      since: NOW - 60_000,
      wasOnAt: (instant) => instant < NOW - 3_600_000 || instant > NOW - 60_000,
    }
    const track = newTrack()
    expect(judge(at(), track, duty, area, NOW)).toBe('live')
    expect(judge(at({ takenAt: NOW - 7_200_000 }), track, duty, area, NOW)).toBe('historyOnly')
    expect(judge(at({ takenAt: NOW - 1_800_000 }), track, duty, area, NOW)).toBe('tooLate')
  })
})

describe('jumps', () => {
  const north = (metres: number): [number, number] => [114.01, 22.705 + metres / 111_195]
  const ride = (fixes: [seconds: number, metres: number][]) => {
    const track = newTrack()
    return fixes.map(([seconds, metres]) => {
      const instant = NOW + seconds * 1000
      return judge(at({ takenAt: instant, position: north(metres) }), track, always, area, instant)
    })
  }

  it('holds a spike back and goes on from where the person was', () => {
    expect(
      ride([
        [0, 0],
        [5, 5],
        [10, 9_000],
        [15, 15],
        [20, 20],
      ]),
    ).toEqual(['live', 'live', 'suspect', 'live', 'live'])
  })

  it('believes a jump at the third fix that agrees', () => {
    expect(
      ride([
        [0, 0],
        [5, 9_000],
        [10, 9_010],
        [15, 9_020],
        [20, 9_030],
      ]),
    ).toEqual(['live', 'suspect', 'suspect', 'live', 'live'])
  })

  it('follows a train at 55 m/s', () => {
    expect(
      ride([
        [0, 0],
        [10, 550],
        [20, 1_100],
        [30, 1_650],
      ]),
    ).toEqual(['live', 'live', 'live', 'live'])
  })
})
