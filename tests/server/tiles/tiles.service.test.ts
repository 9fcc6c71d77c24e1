import { beforeEach, describe, expect, it } from 'vitest'
import type { AreaRow, TilesQueries } from '../../../server/tiles/tiles.queries.ts'
import { createTilesService } from '../../../server/tiles/tiles.service.ts'
import { readTile } from '../../support/tiles.ts'

const id = { z: 3, x: 6, y: 3 }

/** Answers by hand, counting what was asked. */
function fakeQueries() {
  const state = { base: 1, areas: 1, buildings: 1, asked: { versions: 0, base: 0, areas: 0 }, isBroken: false }
  const area = (scope: readonly string[]): AreaRow => ({
    id: scope.join(' '),
    level: 'street',
    isRoot: true,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [100, 20],
          [110, 20],
          [110, 30],
          [100, 20],
        ],
      ],
    },
  })
  const queries: TilesQueries = {
    async versions() {
      state.asked.versions++
      return { base: state.base, areas: state.areas, buildings: state.buildings }
    },
    async baseFeatures() {
      state.asked.base++
      await new Promise((resolve) => setImmediate(resolve))
      if (state.isBroken) throw new Error('away')
      return [
        {
          layer: 'green',
          kind: `park ${state.base}`,
          name: null,
          isBridge: false,
          isTunnel: false,
          geometry: area([]).geometry,
        },
      ]
    },
    buildings: async () => [],
    buildingPoints: async () => [],
    async areas({ scope }) {
      state.asked.areas++
      return [area(scope)]
    },
    hasAreas: async () => true,
  }
  return { queries, state }
}

let now = 0
let fake: ReturnType<typeof fakeQueries>
let tiles: ReturnType<typeof createTilesService>
beforeEach(() => {
  now = 1_000
  fake = fakeQueries()
  tiles = createTilesService({ queries: fake.queries, now: () => now })
})
const kind = (bytes: Buffer | null) => readTile(bytes ?? new Uint8Array()).properties('green')[0]?.kind

describe('versions', () => {
  it('says whether the address named the version that was answered', async () => {
    expect(await tiles.base('1-1', id)).toMatchObject({ isCurrent: true })
    expect(await tiles.base('0-1', id)).toMatchObject({ isCurrent: false })
  })

  it('makes a tile once a version', async () => {
    await tiles.base('1-1', id)
    await tiles.base('1-1', id)
    expect(fake.state.asked.base).toBe(1)
    fake.state.base = 2
    expect(kind((await tiles.base('2-1', id)).bytes)).toBe('park 2')
    expect(fake.state.asked.base).toBe(2)
  })

  it('believes an address that is newer than what it knows, at once', async () => {
    await tiles.base('1-1', id)
    fake.state.base = 2
    expect(await tiles.base('2-1', id)).toMatchObject({ isCurrent: true })
  })

  it('looks again after a while even when the address agrees', async () => {
    await tiles.base('1-1', id)
    const before = fake.state.asked.versions
    await tiles.base('1-1', id)
    expect(fake.state.asked.versions).toBe(before)
    now += 60_000
    fake.state.base = 2
    expect(await tiles.base('1-1', id)).toMatchObject({ isCurrent: false })
  })
})

describe('making', () => {
  it('makes one tile for all who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => tiles.base('1-1', id)))
    expect(fake.state.asked.base).toBe(1)
    expect(new Set(answers.map(({ etag }) => etag)).size).toBe(1)
  })

  it('does not remember a failure', async () => {
    fake.state.isBroken = true
    await expect(tiles.base('1-1', id)).rejects.toThrow('away')
    fake.state.isBroken = false
    expect((await tiles.base('1-1', id)).bytes).not.toBeNull()
  })
})

describe('scopes', () => {
  const idsIn = (bytes: Buffer | null) =>
    readTile(bytes ?? new Uint8Array())
      .properties('area')
      .map((area) => area.id)

  it('never answers one scope with the tile of another', async () => {
    expect(idsIn((await tiles.areas('1', id, ['/a/'])).bytes)).toEqual(['/a/'])
    expect(idsIn((await tiles.areas('1', id, ['/b/'])).bytes)).toEqual(['/b/'])
    expect(idsIn((await tiles.areas('1', id, ['/a/'])).bytes)).toEqual(['/a/'])
  })

  it('shares a tile among viewers of the same scope, in whatever order it is listed', async () => {
    await tiles.areas('1', id, ['/a/', '/b/'])
    await tiles.areas('1', id, ['/b/', '/a/'])
    expect(fake.state.asked.areas).toBe(1)
  })
})
