import { describe, expect, it } from 'vitest'
import {
  afterGap,
  placeAt,
  type TrackFix,
  trackBounds,
  trackPieces,
  trackStamps,
} from '../../../client/dispatch/people/track-path.ts'

const SECOND = 1_000
const MINUTE = 60_000
/** Fixes every so many milliseconds, walking east. */
const walk = (from: number, every: number, count: number): TrackFix[] =>
  Array.from({ length: count }, (_, index) => [from + index * every, 113 + (from / MINUTE + index) / 1e4, 22, 5])
const lengths = (pieces: TrackFix[][]) => pieces.map((piece) => piece.length)

describe('a track', () => {
  it('is one piece while fixes come as usual, one missed among them', () => {
    const fixes = walk(0, 10 * SECOND, 20)
    expect(lengths(trackPieces(fixes))).toEqual([20])
    expect(lengths(trackPieces(fixes.filter((_, index) => index !== 10)))).toEqual([19])
  })

  it('is parted where more is missing than a fix may be old', () => {
    expect(lengths(trackPieces([...walk(0, 10 * SECOND, 20), ...walk(5 * MINUTE, 10 * SECOND, 10)]))).toEqual([20, 10])
  })

  it('takes the interval of the source that was in use then', () => {
    const page = walk(0, 10 * SECOND, 30)
    const tracker = walk(20 * MINUTE, MINUTE, 30)
    // A minute between two fixes is usual for the tracker; for the page it would be a gap.
    expect(lengths(trackPieces([...page, ...tracker]))).toEqual([30, 30])
    expect(lengths(trackPieces([...page.slice(0, 15), ...page.slice(21)]))).toEqual([15, 9])
  })

  it('can be a single fix, or nothing', () => {
    expect(lengths(trackPieces(walk(0, SECOND, 1)))).toEqual([1])
    expect(trackPieces([])).toEqual([])
    expect(trackBounds([])).toBeNull()
  })

  it('bounds every fix', () => {
    expect(
      trackBounds([
        [0, 113.2, 22.9, null],
        [1, 113.1, 22.95, null],
      ]),
    ).toEqual([113.1, 22.9, 113.2, 22.95])
  })
})

describe('an instant of a track', () => {
  const pieces = trackPieces([...walk(0, 10 * SECOND, 7), ...walk(10 * MINUTE, 10 * SECOND, 7)])

  it('is on the way between two fixes of one piece', () => {
    expect(placeAt(pieces, 0)).toEqual([113, 22])
    expect(placeAt(pieces, 5 * SECOND)?.[0]).toBeCloseTo(113.00005, 7)
    expect(placeAt(pieces, MINUTE)).toEqual([113.0006, 22])
  })

  it('is nowhere in a gap, before the first fix and after the last', () => {
    for (const at of [-1, MINUTE + 1, 9 * MINUTE, 11 * MINUTE + 1]) expect(placeAt(pieces, at)).toBeNull()
  })

  it('goes on behind a gap when it is played', () => {
    expect(afterGap(pieces, 30 * SECOND)).toBe(30 * SECOND)
    expect(afterGap(pieces, 2 * MINUTE)).toBe(10 * MINUTE)
    expect(afterGap(pieces, 60 * MINUTE)).toBe(11 * MINUTE)
  })
})

describe('times beside a track', () => {
  it('are as many as can be read, with the beginning of each piece', () => {
    for (const every of [10 * SECOND, MINUTE, 5 * MINUTE]) {
      const stamps = trackStamps(trackPieces(walk(0, every, 600)))
      expect(stamps.length).toBeGreaterThan(2)
      expect(stamps.length).toBeLessThanOrEqual(16)
    }
    expect(trackStamps(trackPieces(walk(0, SECOND, 1)))).toHaveLength(1)
  })
})
