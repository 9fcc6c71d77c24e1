import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { commonOutline, joinedLines, sharedLines } from '../../../server/tiles/line-chains.ts'

/** A square's ring, clockwise from its south-west corner. */
const square = (x: number, y: number, side = 1): Position[] => [
  [x, y],
  [x, y + side],
  [x + side, y + side],
  [x + side, y],
  [x, y],
]
const segmentsOf = (lines: readonly Position[][]) =>
  lines.flatMap((line) =>
    line.slice(1).map((point, index) => [String(line[index]), String(point)].toSorted().join(' – ')),
  )
const isClosed = (line: readonly Position[]) => String(line[0]) === String(line.at(-1))

describe('sharedLines', () => {
  it('has the border of two neighbours once', () => {
    const lines = sharedLines([
      { rank: 2, rings: [square(0, 0)] },
      { rank: 2, rings: [square(1, 0)] },
    ]).get(2)
    const segments = segmentsOf(lines ?? [])
    expect(segments).toHaveLength(7)
    expect(new Set(segments).size).toBe(7)
    // Three lines part at the two ends of the shared side.
    expect(lines).toHaveLength(3)
  })

  it('puts a line that parts two levels under the higher', () => {
    const lines = sharedLines([
      { rank: 2, rings: [square(0, 0)] },
      { rank: 2, rings: [square(1, 0)] },
      {
        rank: 1,
        rings: [
          [
            [0, 0],
            [0, 1],
            [1, 1],
            [2, 1],
            [2, 0],
            [1, 0],
            [0, 0],
          ],
        ],
      },
    ])
    expect(segmentsOf(lines.get(2) ?? [])).toEqual(['1,0 – 1,1'])
    expect(segmentsOf(lines.get(1) ?? [])).toHaveLength(6)
    expect(lines.get(1)).toHaveLength(1)
  })

  it('keeps a lonely ring whole and closed', () => {
    const lines = sharedLines([{ rank: 0, rings: [square(0, 0)] }]).get(0) ?? []
    expect(lines).toHaveLength(1)
    expect(lines[0] && isClosed(lines[0])).toBe(true)
  })
})

describe('joinedLines', () => {
  it('makes one line of pieces that touch, whichever way they run', () => {
    expect(
      joinedLines([
        [
          [0, 0],
          [1, 0],
        ],
        [
          [2, 0],
          [1, 0],
        ],
        [
          [2, 0],
          [3, 1],
        ],
      ]),
    ).toEqual([
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 1],
      ],
    ])
  })

  it('ends at a crossing', () => {
    expect(
      joinedLines([
        [
          [0, 0],
          [1, 0],
          [2, 0],
        ],
        [
          [1, 0],
          [1, 1],
        ],
      ]),
    ).toHaveLength(3)
  })

  it('does not stumble over doubled points', () => {
    expect(
      joinedLines([
        [
          [0, 0],
          [0, 0],
          [1, 0],
        ],
      ]),
    ).toEqual([
      [
        [0, 0],
        [1, 0],
      ],
    ])
  })
})

describe('commonOutline', () => {
  it('loses the side that two neighbours share', () => {
    const outline = commonOutline([square(0, 0), square(1, 0)])
    expect(outline).toHaveLength(1)
    expect(outline[0] && isClosed(outline[0])).toBe(true)
    expect(segmentsOf(outline)).toHaveLength(6)
    expect(segmentsOf(outline)).not.toContain('1,0 – 1,1')
  })

  it('keeps a lake in the middle, running the other way', () => {
    const around = [0, 1, 2].flatMap((x) => [0, 1, 2].flatMap((y) => (x === 1 && y === 1 ? [] : [square(x, y)])))
    const outline = commonOutline(around)
    expect(outline).toHaveLength(2)
    const areas = outline.map((ring) => doubleArea(ring)).toSorted((a, b) => a - b)
    expect(areas).toEqual([-18, 2])
  })

  it('has two rings for two districts apart', () => {
    expect(commonOutline([square(0, 0), square(5, 5)])).toHaveLength(2)
  })
})

/** Twice the signed area, negative when clockwise. */
function doubleArea(ring: readonly Position[]): number {
  return ring.slice(1).reduce((sum, [x1 = 0, y1 = 0], index) => {
    const [x0 = 0, y0 = 0] = ring[index] ?? []
    return sum + x0 * y1 - x1 * y0
  }, 0)
}
