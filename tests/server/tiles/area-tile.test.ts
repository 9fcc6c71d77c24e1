import type { Feature, Polygon, Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { areaContent } from '../../../server/tiles/area-tile.ts'
import { encodeTile } from '../../../server/tiles/encode-tile.ts'
import type { AreaRow } from '../../../server/tiles/tiles.queries.ts'
import { readTile, tileAt } from '../../support/tiles.ts'

/** A square of 0.01° as the database answers it, counter-clockwise. */
function square(column: number, row = 0, columns = 1): Polygon {
  const [west, south, east, north] = [
    114 + column * 0.01,
    22.7 + row * 0.01,
    114 + (column + columns) * 0.01,
    22.71 + row * 0.01,
  ].map((value) => Number(value.toFixed(7))) as [number, number, number, number]
  const corners: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Polygon', coordinates: [corners] }
}
const grid = (id: string, column: number, isRoot = false): AreaRow => ({
  id,
  level: 'grid',
  isRoot,
  geometry: square(column),
})
const community: AreaRow = { id: 'c', level: 'community', isRoot: true, geometry: square(0, 0, 2) }
const tile = tileAt([114.01, 22.705], 14)

const lineCount = (feature: Feature | undefined) =>
  feature?.geometry.type === 'MultiLineString' ? feature.geometry.coordinates.length : 0

describe('areaContent', () => {
  it('draws surfaces with id and level only', () => {
    const { area } = areaContent([community, grid('g1', 0), grid('g2', 1)], tile).features
    expect(area?.map(({ properties }) => properties)).toEqual([
      { id: 'c', level: 'community' },
      { id: 'g1', level: 'grid' },
      { id: 'g2', level: 'grid' },
    ])
  })

  it('has each border once, the line between two grids under grid and the rest under community', () => {
    const { border } = areaContent(
      [grid('g1', 0), grid('g2', 1), { ...community, geometry: withMiddle() }],
      tile,
    ).features
    const byLevel = new Map(border?.map((feature) => [feature.properties?.level, feature]))
    expect([...byLevel.keys()].toSorted()).toEqual(['community', 'grid'])
    expect(lineCount(byLevel.get('grid'))).toBe(1)
  })

  it('runs every outline clockwise, so that an offset to the right is inside', () => {
    const { edge } = areaContent([grid('g1', 0)], tile).features
    const [ring = []] = edge?.[0]?.geometry.type === 'MultiLineString' ? edge[0].geometry.coordinates : []
    const doubleArea = ring.slice(1).reduce((sum, [x = 0, y = 0], index) => {
      const [x0 = 0, y0 = 0] = ring[index] ?? []
      return sum + x0 * y - x * y0
    }, 0)
    expect(doubleArea).toBeLessThan(0)
  })

  it('veils the square around the district and not the district', async () => {
    const { bytes } = await encodeTile(tile, areaContent([community, grid('g1', 0)], tile))
    const [outside] = readTile(bytes ?? new Uint8Array()).features('outside')
    expect(outside?.loadGeometry()).toHaveLength(2)
  })

  it('veils everything where the district is not', () => {
    expect(areaContent([], tile).surfaces?.outside).toEqual([[expect.any(Array)]])
  })
})

/** The community's border with the vertices of its grids on it, as data along shared roads has. */
function withMiddle(): Polygon {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [114, 22.7],
        [114.01, 22.7],
        [114.02, 22.7],
        [114.02, 22.71],
        [114.01, 22.71],
        [114, 22.71],
        [114, 22.7],
      ],
    ],
  }
}
