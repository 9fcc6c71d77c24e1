import type { Feature } from 'geojson'
import { expect, it } from 'vitest'
import { encodeTile } from '../../../server/tiles/encode-tile.ts'
import { TILE_BUFFER, TILE_EXTENT, tileBounds } from '../../../server/tiles/tile-id.ts'
import { readTile } from '../../support/tiles.ts'

const tile = { z: 14, x: 13_723, y: 6_694 }
const [west, south, east, north] = tileBounds(tile, 0)
const [middle, width] = [(south + north) / 2, east - west]
const line = (...coordinates: [number, number][]): Feature => ({
  type: 'Feature',
  properties: { id: 'x' },
  geometry: { type: 'LineString', coordinates },
})
const surface = (ring: [number, number][]): Feature => ({
  type: 'Feature',
  properties: { id: 'x' },
  geometry: { type: 'Polygon', coordinates: [ring] },
})
const read = async (layers: Record<string, Feature[]>) =>
  readTile((await encodeTile(tile, { features: layers })).bytes ?? new Uint8Array())

it('cuts a line at the buffer and adds nothing along the tile', async () => {
  const decoded = await read({ road: [line([west - width, middle], [east + width, middle])] })
  const [[first, last] = []] = decoded.features('road')[0]?.loadGeometry() ?? []
  expect([first?.x, last?.x]).toEqual([-TILE_BUFFER, TILE_EXTENT + TILE_BUFFER])
})

it('draws neighbours along the same line to the same unit', async () => {
  const border = west + width / 3
  const left = surface([
    [west, south],
    [border, south],
    [border, north],
    [west, north],
    [west, south],
  ])
  const right = surface([
    [border, south],
    [east, south],
    [east, north],
    [border, north],
    [border, south],
  ])
  const decoded = await read({ area: [left, right] })
  const [xsLeft = [], xsRight = []] = decoded.features('area').map((feature) =>
    feature
      .loadGeometry()
      .flat()
      .map(({ x }) => x),
  )
  expect(Math.max(...xsLeft)).toBe(Math.min(...xsRight))
})

it('is empty when nothing lies in the tile', async () => {
  expect(await encodeTile(tile, { features: {} })).toEqual({ bytes: null, etag: 'W/"empty"' })
  expect((await encodeTile(tile, { features: { road: [line([0, 0], [1, 1])] } })).bytes).toBeNull()
})

it('has one tag for one content and another for another', async () => {
  const a = { features: { road: [line([west, middle], [east, middle])] } }
  const b = { features: { road: [line([west, middle], [east, north])] } }
  expect((await encodeTile(tile, a)).etag).toBe((await encodeTile(tile, a)).etag)
  expect((await encodeTile(tile, a)).etag).not.toBe((await encodeTile(tile, b)).etag)
})
