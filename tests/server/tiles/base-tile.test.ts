import { describe, expect, it } from 'vitest'
import { baseDetail, buildingLayers, featureLayers } from '../../../server/tiles/base-tile.ts'
import type { BaseRow, BuildingRow } from '../../../server/tiles/tiles.queries.ts'

const row = (more: Partial<BaseRow>): BaseRow => ({
  layer: 'road',
  kind: 'primary',
  name: null,
  isBridge: false,
  isTunnel: false,
  geometry: {
    type: 'LineString',
    coordinates: [
      [0, 0],
      [1, 0],
    ],
  },
  ...more,
})
const surface = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
}
const building = (more: Partial<BuildingRow>): BuildingRow => ({
  id: 'b1',
  name: null,
  centre: [0.5, 0.5],
  geometry: surface,
  ...more,
})

describe('baseDetail', () => {
  const kindsAt = (z: number) => baseDetail({ z, x: 0, y: 0 })

  it('shows the great roads from afar and every path near', () => {
    expect(kindsAt(9).shownRoadKinds).toEqual(expect.arrayContaining(['primary', 'trunk']))
    expect(kindsAt(9).shownRoadKinds).not.toContain('secondary')
    expect(kindsAt(7).shownRoadKinds).toEqual([])
    expect(kindsAt(16).hiddenRoadKinds).toEqual([])
  })

  it('lets a kind nobody has heard of through with the minor roads', () => {
    expect(kindsAt(12).shownRoadKinds).not.toBeNull()
    expect(kindsAt(13).shownRoadKinds).toBeNull()
    expect(kindsAt(13).hiddenRoadKinds).toContain('footway')
  })

  it('asks for twice the detail at each zoom', () => {
    expect(kindsAt(12).tolerance).toBe(kindsAt(13).tolerance * 2)
    expect(kindsAt(12).smallest).toBe(kindsAt(13).smallest * 2)
  })
})

describe('featureLayers', () => {
  it('tells the style what it needs and nothing else', () => {
    const layers = featureLayers(
      [
        row({ name: '世纪大道', isBridge: true }),
        row({ kind: 'footway' }),
        row({ layer: 'green', kind: 'park', geometry: surface, name: '中山公园' }),
      ],
      15,
    )
    expect(layers.road?.map(({ properties }) => properties)).toEqual([
      { class: 'main', bridge: true },
      { class: 'path' },
    ])
    expect(layers.green?.map(({ properties }) => properties)).toEqual([{ kind: 'park' }])
  })

  it('joins the pieces of a street under one name', () => {
    const pieces = [
      row({ name: '延安路' }),
      row({
        name: '延安路',
        geometry: {
          type: 'LineString',
          coordinates: [
            [1, 0],
            [2, 0],
          ],
        },
      }),
      row({
        name: '延安路',
        isTunnel: true,
        geometry: {
          type: 'LineString',
          coordinates: [
            [2, 0],
            [3, 0],
          ],
        },
      }),
      row({
        name: '南京路',
        geometry: {
          type: 'LineString',
          coordinates: [
            [5, 0],
            [6, 0],
          ],
        },
      }),
    ]
    const names = featureLayers(pieces, 15).roadName ?? []
    expect(names.map(({ properties, geometry }) => [properties?.name, geometry])).toEqual([
      [
        '延安路',
        {
          type: 'MultiLineString',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [2, 0],
            ],
          ],
        },
      ],
      [
        '南京路',
        {
          type: 'MultiLineString',
          coordinates: [
            [
              [5, 0],
              [6, 0],
            ],
          ],
        },
      ],
    ])
  })

  it('names a river once, on its line where it has one', () => {
    const water = row({ layer: 'water', kind: 'river', name: '黄浦江', geometry: surface })
    const line = row({ layer: 'water', kind: 'river', name: '黄浦江' })
    expect(featureLayers([water, water], 15).water?.map(({ properties }) => properties?.name)).toEqual([
      '黄浦江',
      undefined,
    ])
    expect(featureLayers([water, line], 15).water?.map(({ properties }) => properties?.name)).toEqual([undefined])
    expect(featureLayers([water, line], 15).waterway?.map(({ properties }) => properties?.name)).toEqual(['黄浦江'])
  })

  it('leaves out what simplification left nothing of', () => {
    expect(featureLayers([row({ geometry: null })], 10).road).toBeUndefined()
  })
})

describe('buildingLayers', () => {
  it('draws a shape where there is one and a point where there is none', () => {
    const layers = buildingLayers([building({ id: 'a' }), building({ id: 'b', geometry: null })], 14)
    expect(layers.building?.map(({ properties }) => properties)).toEqual([{ id: 'a' }])
    expect(layers.buildingPoint?.map(({ properties, geometry }) => [properties, geometry])).toEqual([
      [{ id: 'b' }, { type: 'Point', coordinates: [0.5, 0.5] }],
    ])
  })

  it('names buildings near only, those that have a name', () => {
    const rows = [building({ id: 'a', name: '听潮苑1号楼' }), building({ id: 'b' })]
    expect(buildingLayers(rows, 14).buildingName).toEqual([])
    expect(buildingLayers(rows, 15).buildingName?.map(({ properties }) => properties)).toEqual([
      { id: 'a', name: '听潮苑1号楼' },
    ])
  })
})
