import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { commonOutline } from '../../../server/tiles/line-chains.ts'
import { outsideOf, type TilePolygon, type TileRing } from '../../../server/tiles/outside.ts'
import { TILE_BUFFER, TILE_EXTENT, tileBounds } from '../../../server/tiles/tile-id.ts'

const tile = { z: 14, x: 13_723, y: 6_694 }
const [west, south, east, north] = tileBounds(tile, 0)
/** A place by its share of the tile: 0 0 is the south-west corner. */
const at = (right: number, up: number): Position => [west + right * (east - west), south + up * (north - south)]
/** Clockwise to the eye, as the outline of a district runs. */
const box = (left: number, low: number, right: number, high: number): Position[] => [
  at(left, low),
  at(left, high),
  at(right, high),
  at(right, low),
  at(left, low),
]

const area = (ring: TileRing) =>
  ring.slice(1).reduce((sum, [x, y], index) => {
    const [x0, y0] = ring[index] ?? [0, 0]
    return sum + (x0 * y - x * y0) / 2
  }, 0)
const areaOf = (polygons: readonly TilePolygon[]) => polygons.flat().reduce((sum, ring) => sum + area(ring), 0)
const beyond = (TILE_EXTENT + 4 * TILE_BUFFER) ** 2

/** Rings of a polygon that runs as the encoding wants it: clockwise to the eye outside, the other way for holes. */
function expectWellFormed(polygons: readonly TilePolygon[]): void {
  for (const [outer = [], ...holes] of polygons) {
    expect(area(outer)).toBeGreaterThan(0)
    for (const hole of holes) expect(area(hole)).toBeLessThan(0)
    for (const ring of [outer, ...holes]) expect(ring.at(-1)).toEqual(ring[0])
  }
}

describe('outsideOf', () => {
  it('is the whole square without a district', () => {
    const [[outer = []] = [], ...more] = outsideOf(tile, [])
    expect(more).toEqual([])
    expect(area(outer)).toBe(beyond)
  })

  it('leaves the district free', () => {
    const polygons = outsideOf(tile, [box(0.25, 0.25, 0.75, 0.75)])
    expectWellFormed(polygons)
    expect(areaOf(polygons) / TILE_EXTENT ** 2).toBeCloseTo(beyond / TILE_EXTENT ** 2 - 0.25, 2)
  })

  it('never lets a hole touch the edge of the square, however far the district reaches', () => {
    const polygons = outsideOf(tile, [box(-3, -3, 4, 4)])
    expectWellFormed(polygons)
    const [[outer = [], hole = []] = []] = polygons
    const reach = Math.max(...hole.flat())
    expect(reach).toBe(TILE_EXTENT + TILE_BUFFER)
    expect(Math.max(...outer.flat())).toBeGreaterThan(reach)
  })

  it('is nothing of a district elsewhere', () => {
    expect(outsideOf(tile, [box(5, 5, 6, 6)])).toEqual(outsideOf(tile, []))
  })

  it('covers a lake that the district leaves out, and not the island in it', () => {
    const polygons = outsideOf(tile, [
      box(0.1, 0.1, 0.9, 0.9),
      box(0.3, 0.3, 0.7, 0.7).toReversed(),
      box(0.45, 0.45, 0.55, 0.55),
    ])
    expectWellFormed(polygons)
    expect(polygons.map((rings) => rings.length)).toEqual([2, 2])
    const share = (areaOf(polygons) - beyond) / TILE_EXTENT ** 2
    expect(share).toBeCloseTo(-0.64 + 0.16 - 0.01, 2)
  })

  it('keeps islands and lakes in their places whatever their order', () => {
    const rings = [
      box(0.3, 0.3, 0.7, 0.7).toReversed(),
      box(0.45, 0.45, 0.55, 0.55),
      box(0.1, 0.1, 0.9, 0.9),
      box(0.92, 0.92, 0.98, 0.98),
    ]
    const polygons = outsideOf(tile, rings)
    expectWellFormed(polygons)
    expect(polygons.map((holes) => holes.length)).toEqual([3, 2])
  })

  it('takes areas that touch at a corner apart', () => {
    const polygons = outsideOf(tile, commonOutline([box(0.2, 0.2, 0.4, 0.4), box(0.4, 0.4, 0.6, 0.6)]))
    expectWellFormed(polygons)
    expect(polygons.map((rings) => rings.length)).toEqual([3])
  })
})
