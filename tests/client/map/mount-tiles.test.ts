import type { Map as MapLibreMap } from 'maplibre-gl'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { failedTile, mountTiles } from '../../../client/map/mountTiles.ts'
import { mapModel } from '../../support/map-model.ts'

/** The few things of a map that tiles need. */
function fakeMap() {
  const listeners = new Map<string, ((event: object) => void)[]>()
  const tilesOf = new Map<string, string[]>()
  const refreshed: [string, unknown][] = []
  const map = {
    addSource: (id: string, { tiles }: { tiles: string[] }) => tilesOf.set(id, tiles),
    getSource: (id: string) => ({ setTiles: (tiles: string[]) => tilesOf.set(id, tiles) }),
    on: (type: string, listener: (event: object) => void) =>
      listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    refreshTiles: (id: string, tiles: unknown) => refreshed.push([id, tiles]),
  }
  const fire = (type: string, event: object = {}) => {
    for (const listener of listeners.get(type) ?? []) listener(event)
  }
  return { map: map as unknown as MapLibreMap, fire, tilesOf, refreshed }
}
const failure = (sourceId: string, x: number) => ({ sourceId, tile: { tileID: { canonical: { x, y: 1, z: 14 } } } })

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('asks for other tiles of the source whose data changed, and of no other', () => {
  const { map, tilesOf } = fakeMap()
  const model = mapModel()
  const tiles = mountTiles(map, model, 'http://here')
  const areasBefore = tilesOf.get('areas')
  const { district } = model
  tiles.update({ ...model, district: { ...district, versions: { ...district.versions, buildings: 6 } } })
  expect(tilesOf.get('base')).toEqual(['http://here/tiles/base/3-6/{z}/{x}/{y}'])
  expect(tilesOf.get('areas')).toBe(areasBefore)
})

it('asks again, after a while and in one go, for tiles that failed', () => {
  const { map, fire, refreshed } = fakeMap()
  mountTiles(map, mapModel(), 'http://here')
  fire('error', failure('base', 7))
  fire('error', failure('base', 8))
  fire('error', failure('areas', 7))
  expect(refreshed).toEqual([])
  vi.runAllTimers()
  expect(refreshed).toEqual([
    [
      'base',
      [
        { x: 7, y: 1, z: 14 },
        { x: 8, y: 1, z: 14 },
      ],
    ],
    ['areas', [{ x: 7, y: 1, z: 14 }]],
  ])
  fire('error', failure('base', 9))
  vi.runAllTimers()
  expect(refreshed).toHaveLength(3)
})

it('leaves a map alone that is gone', () => {
  const { map, fire, refreshed } = fakeMap()
  mountTiles(map, mapModel(), 'http://here')
  fire('error', failure('base', 7))
  fire('remove')
  vi.runAllTimers()
  expect(refreshed).toEqual([])
})

it('does not take another error for a tile', () => {
  expect(failedTile({ error: new Error('no') })).toBeNull()
  expect(failedTile({ sourceId: 'base' })).toBeNull()
  expect(failedTile(failure('base', 0))).toEqual({ sourceId: 'base', tile: { x: 0, y: 1, z: 14 } })
})
