import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TILE_MAX_ZOOM } from '#contract/tiles'
import { parseTileId, pixelSquareMetres, tileBounds } from '../../../server/tiles/tile-id.ts'
import { tileAt } from '../../support/tiles.ts'

describe('parseTileId', () => {
  it('takes whole numbers within the pyramid', () => {
    expect(parseTileId('0', '0', '0')).toEqual({ z: 0, x: 0, y: 0 })
    expect(parseTileId('16', '65535', '65535')).toEqual({ z: 16, x: 65_535, y: 65_535 })
  })

  it.each([
    ['17', '0', '0'],
    ['-1', '0', '0'],
    ['1', '2', '0'],
    ['1', '0', '2'],
    ['1', '-1', '0'],
    ['1.5', '0', '0'],
    ['01', '0', '0'],
    ['1', '0x1', '0'],
    ['1', '1e0', '0'],
    ['', '0', '0'],
    ['1', ' 1', '0'],
    ['９', '0', '0'],
    ['1', '9999999999999999', '0'],
  ])('finds no tile at %s/%s/%s', (z, x, y) => {
    expect(parseTileId(z, x, y)).toBeNull()
  })
})

describe('tileBounds', () => {
  const tile = fc.integer({ min: 1, max: TILE_MAX_ZOOM }).chain((z) =>
    fc.record({
      z: fc.constant(z),
      x: fc.integer({ min: 0, max: 2 ** z - 2 }),
      y: fc.integer({ min: 0, max: 2 ** z - 2 }),
    }),
  )

  it('covers the world at zoom 0', () => {
    const [west, south, east, north] = tileBounds({ z: 0, x: 0, y: 0 }, 0)
    expect([west, east]).toEqual([-180, 180])
    expect(south).toBeCloseTo(-85.0511, 4)
    expect(north).toBeCloseTo(85.0511, 4)
  })

  it('meets its neighbours without a gap', () => {
    fc.assert(
      fc.property(tile, ({ z, x, y }) => {
        const [, south, east] = tileBounds({ z, x, y }, 0)
        const [west] = tileBounds({ z, x: x + 1, y }, 0)
        const [, , , north] = tileBounds({ z, x, y: y + 1 }, 0)
        expect(east).toBe(west)
        expect(south).toBe(north)
      }),
    )
  })

  it('holds the places that belong to it, and more when grown', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -179.9, max: 179.9, noNaN: true }),
        fc.double({ min: -85, max: 85, noNaN: true }),
        fc.integer({ min: 0, max: TILE_MAX_ZOOM }),
        (longitude, latitude, z) => {
          const id = tileAt([longitude, latitude], z)
          const [west, south, east, north] = tileBounds(id, 0)
          expect(
            longitude >= west - 1e-9 &&
              longitude <= east + 1e-9 &&
              latitude >= south - 1e-9 &&
              latitude <= north + 1e-9,
          ).toBe(true)
          const [grownWest, grownSouth, grownEast, grownNorth] = tileBounds(id, 0.1)
          expect(grownWest <= west && grownEast >= east && grownSouth <= south && grownNorth >= north).toBe(true)
        },
      ),
    )
  })

  it('never leaves the world', () => {
    expect(tileBounds({ z: 2, x: 3, y: 0 }, 0.5)[2]).toBe(180)
  })
})

it('knows the ground under a pixel: about 1.7 m at zoom 15 in 44° north', () => {
  const squareMetres = pixelSquareMetres(tileAt([116, 44], 15))
  expect(Math.sqrt(squareMetres)).toBeCloseTo(1.72, 1)
})
