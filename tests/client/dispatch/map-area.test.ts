import { describe, expect, it } from 'vitest'
import { mapFailure } from '../../../client/dispatch/map-area/map-failure.ts'
import { placeShare } from '../../../client/dispatch/map-area/place-share.ts'

describe('a picked place on the drawn map', () => {
  it('lies at the corners and in the middle where they are', () => {
    expect(placeShare([114, 22.8], [114, 22.7, 114.2, 22.8])).toEqual({ x: 0, y: 0 })
    const corner = placeShare([114.2, 22.7], [114, 22.7, 114.2, 22.8])
    expect(corner.x).toBeCloseTo(1, 9)
    expect(corner.y).toBeCloseTo(1, 9)
    expect(placeShare([114.1, 22.75], [114, 22.7, 114.2, 22.8]).x).toBeCloseTo(0.5, 9)
  })

  it('follows the projection: half way north is above the middle of a tall map', () => {
    expect(placeShare([0, 30], [0, 0, 10, 60]).y).toBeGreaterThan(0.5)
  })
})

describe('a fault of the map', () => {
  const http = (status: number) => Object.assign(new Error('tile'), { status })

  it('is nothing when the tile is not for this person', () => {
    expect(mapFailure(http(403))).toBeNull()
    expect(mapFailure(http(404))).toBeNull()
  })

  it('becomes the refusal a person knows', () => {
    expect(mapFailure(http(401))?.body.code).toBe('not_signed_in')
    expect(mapFailure(http(503))?.body.code).toBe('not_ready')
    expect(mapFailure(new TypeError('Failed to fetch'))?.body.code).toBe('offline')
    expect(mapFailure(http(500))?.body.code).toBe('fault')
  })
})
