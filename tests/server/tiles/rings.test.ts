import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { clockwiseRings, startOnLongestSide } from '../../../server/tiles/rings.ts'

const counterClockwise: Position[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
]
const hole: Position[] = [
  [1, 1],
  [2, 1],
  [2, 2],
  [1, 2],
  [1, 1],
]
/** Positive when the inside is on the left. */
const turn = (ring: readonly Position[]) =>
  ring.slice(1).reduce((sum, [x = 0, y = 0], index) => {
    const [x0 = 0, y0 = 0] = ring[index] ?? []
    return sum + x0 * y - x * y0
  }, 0)

describe('clockwiseRings', () => {
  it.each([
    ['as they come', counterClockwise, hole],
    ['turned', counterClockwise.toReversed(), hole.toReversed()],
  ])('has the inside on the right, whichever way the data runs: %s', (_, outer, inner) => {
    const [surface, lake] = clockwiseRings({ type: 'Polygon', coordinates: [outer, inner] })
    expect(turn(surface ?? [])).toBeLessThan(0)
    expect(turn(lake ?? [])).toBeGreaterThan(0)
  })

  it('takes every part of a MultiPolygon and nothing of a line', () => {
    expect(
      clockwiseRings({ type: 'MultiPolygon', coordinates: [[counterClockwise, hole], [counterClockwise]] }),
    ).toHaveLength(3)
    expect(clockwiseRings({ type: 'LineString', coordinates: counterClockwise })).toEqual([])
  })
})

describe('startOnLongestSide', () => {
  const ring: Position[] = [
    [0, 0],
    [0, 2],
    [10, 2],
    [10, 0],
    [0, 0],
  ]

  it('begins and ends in the middle of the longest side', () => {
    const moved = startOnLongestSide(ring)
    expect(moved[0]).toEqual([5, 2])
    expect(moved.at(-1)).toEqual([5, 2])
  })

  it('keeps every corner, the surface and the direction', () => {
    const moved = startOnLongestSide(ring)
    expect(turn(moved)).toBe(turn(ring))
    for (const corner of ring) expect(moved).toContainEqual(corner)
    expect(moved).toHaveLength(ring.length + 1)
  })
})
