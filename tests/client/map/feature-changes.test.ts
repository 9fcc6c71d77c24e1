import type { Feature } from 'geojson'
import { describe, expect, it } from 'vitest'
import { byFeatureId, featureChanges } from '../../../client/map/feature-changes.ts'
import { peopleFeatures } from '../../../client/map/layers/people-features.ts'
import { noPeople } from '../../../client/map/map-model.ts'
import type { LonLat } from '../../../contract/geo.ts'
import { mapModel } from '../../support/map-model.ts'

const point = (id: number, longitude: number, properties: Feature['properties'] = {}): Feature => ({
  type: 'Feature',
  id,
  properties,
  geometry: { type: 'Point', coordinates: [longitude, 22] },
})
const changes = (before: Feature[], after: Feature[]) =>
  featureChanges(
    byFeatureId({ type: 'FeatureCollection', features: before }),
    byFeatureId({ type: 'FeatureCollection', features: after }),
  )

describe('what is sent to the map', () => {
  it('is nothing when nothing differs, though every object is another', () => {
    const features = () => [point(1, 113, { icon: 'a', aside: [1, 2] }), point(2, 114)]
    expect(changes(features(), features())).toEqual({ add: [], remove: [] })
  })

  it('is who moved, who looks different, who is new, and who is gone', () => {
    const before = [point(1, 113), point(2, 113, { icon: 'a' }), point(3, 113, { aside: [1, 2] }), point(4, 113)]
    const after = [point(1, 113.1), point(2, 113, { icon: 'b' }), point(3, 113, { aside: [1, 3] }), point(5, 113)]
    expect(changes(before, after)).toEqual({ add: after, remove: [4] })
  })

  it('is also a property that came or went', () => {
    expect(changes([point(1, 113, { age: '3' })], [point(1, 113)]).add).toHaveLength(1)
    expect(changes([point(1, 113)], [point(1, 113, { age: '3' })]).add).toHaveLength(1)
  })
})

it('gives every mark of people an id of its own, spread or not', () => {
  const people = Array.from({ length: 40 }, (_, handle) => ({
    handle,
    position: [113.93 + Math.floor(handle / 4) * 1e-3, 22.75] as LonLat,
    headingDegrees: null,
    ageMs: handle * 1_000,
    accuracyMetres: 5,
    flags: 0,
  }))
  for (const spreadMetres of [null, 5]) {
    const frame = { serverTime: 0, bounds: [113, 22, 114, 23] as [number, number, number, number], people, cells: [] }
    const { features } = peopleFeatures(mapModel({ people: { ...noPeople, frame, spreadMetres } }))
    const ids = features.map(({ id }) => id)
    expect(ids).not.toContain(undefined)
    expect(new Set(ids).size).toBe(features.length)
  }
})
