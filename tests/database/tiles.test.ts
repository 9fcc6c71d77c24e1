/** Tiles out of SQL, on both databases: what is in them, what is left out, and whose borders they show. */
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tilesQueries } from '../../server/tiles/tiles.queries.ts'
import { createTilesService, type TilesService } from '../../server/tiles/tiles.service.ts'
import { insertStreet, middleOf, type StreetIds, squareWkt } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { readTile, tileAt } from '../support/tiles.ts'

let test: TestDatabase
let ids: StreetIds
let tiles: TilesService
const names = new Map<string, string>()

beforeAll(async () => {
  test = await createTestDatabase()
  ids = await insertStreet(test.db)
  ids.grids.forEach((id, index) => {
    names.set(id, `grid ${index + 1}`)
  })
  tiles = createTilesService({ queries: tilesQueries(test.db), now: Date.now })
  await insertBase('water', 'river', '清河', 'POLYGON((114 22.7,114.01 22.7,114.01 22.701,114 22.701,114 22.7))')
  await insertBase('road', 'primary', '光明大道', 'LINESTRING(114 22.705,114.02 22.705)', { isBridge: true })
  await insertBase('road', 'footway', null, 'LINESTRING(114.004 22.704,114.005 22.704)')
  await insertBase(
    'green',
    'park',
    '小公园',
    'POLYGON((114.003 22.703,114.0031 22.703,114.0031 22.7031,114.003 22.703))',
  )
  await insertBase('rail', 'subway', null, 'LINESTRING(114 22.706,114.02 22.706)', { isTunnel: true })
  await insertBase('place', 'station', '光明站', 'POINT(114.005 22.706)')
  await insertBuilding(
    'shaped',
    '听潮苑1号楼',
    'MULTIPOLYGON(((114.004 22.704,114.0045 22.704,114.0045 22.7044,114.004 22.704)))',
  )
  await insertBuilding('point', '老粮站', null)
})
afterAll(() => test.drop())

const insertBase = (
  layer: string,
  kind: string,
  name: string | null,
  wkt: string,
  { isBridge = false, isTunnel = false } = {},
) =>
  test.db.query(
    `INSERT INTO base_features (id, code, layer, kind, name, is_bridge, is_tunnel, shape)
     VALUES ($1::uuid, $1::text, $2, $3, $4, $5, $6, ST_GeomFromText($7, 4326))`,
    [uuid(), layer, kind, name, isBridge, isTunnel, wkt],
  )
const insertBuilding = (code: string, name: string, wkt: string | null) =>
  test.db.query(
    `INSERT INTO buildings (id, code, name, shape, centre) VALUES ($1, $2, $3, ST_GeomFromText($4, 4326),
     ST_SetSRID(ST_MakePoint(114.0042, 22.7042), 4326))`,
    [uuid(), code, name, wkt],
  )

const place = middleOf(0, 0)
async function base(z: number, at = place) {
  const { bytes } = await tiles.base('0-0', tileAt(at, z))
  return readTile(bytes ?? new Uint8Array())
}
async function areas(z: number, scope: readonly string[] = ['/'], at = place) {
  const { bytes } = await tiles.areas('0', tileAt(at, z), scope)
  return bytes === null ? null : readTile(bytes)
}
const namesIn = (tile: Awaited<ReturnType<typeof areas>>) =>
  (tile?.properties('area') ?? []).flatMap(({ id }) => names.get(String(id)) ?? []).toSorted()

describe('base tiles', () => {
  it('hold every layer near, with the names of streets, water, buildings and places', async () => {
    const tile = await base(14)
    expect(tile.properties('road')).toContainEqual({ class: 'main', bridge: true })
    expect(tile.properties('roadName')).toEqual([{ name: '光明大道', class: 'main' }])
    expect(tile.properties('rail')).toEqual([{ kind: 'subway', tunnel: true }])
    expect(tile.properties('place')).toEqual([{ kind: 'station', name: '光明站' }])
    expect(tile.properties('water')).toEqual([{ kind: 'river', name: '清河' }])
    expect((await base(15, [114.0045, 22.704])).properties('road')).toContainEqual({ class: 'path' })
    expect(
      (await base(16, [114.0042, 22.7042]))
        .properties('buildingName')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['听潮苑1号楼', '老粮站'].toSorted())
  })

  it('leave out what would be smaller than a pixel, and small roads, from afar', async () => {
    expect((await base(16, [114.003, 22.703])).layers).toContain('green')
    const far = await base(10)
    expect(far.layers).not.toContain('green')
    expect(far.properties('road')).toEqual([{ class: 'main', bridge: true }])
    expect((await base(7)).layers).not.toContain('road')
  })

  it('draw buildings as points from afar, as shapes near, and as points for ever where no shape is known', async () => {
    const kinds = (tile: Awaited<ReturnType<typeof base>>) => [
      tile.properties('building').length,
      tile.properties('buildingPoint').length,
    ]
    expect(kinds(await base(14))).toEqual([1, 1])
    expect(kinds(await base(16, [114.0042, 22.7042]))).toEqual([1, 1])
    // Both stand in one square of three pixels there: one dot stands for them.
    expect(kinds(await base(12))).toEqual([0, 1])
    expect(kinds(await base(5))).toEqual([0, 1])
  })

  it('go on across the seam between two tiles', async () => {
    const west = tileAt([114.004, 22.705], 16)
    const [left, right] = await Promise.all([tiles.base('0-0', west), tiles.base('0-0', { ...west, x: west.x + 1 })])
    const ends = [left, right].map(({ bytes }) => {
      const [feature] = readTile(bytes ?? new Uint8Array()).features('road')
      return (
        feature
          ?.loadGeometry()
          .flat()
          .map(({ x, y }) => [x, y] as const) ?? []
      )
    })
    const maxLeft = ends[0]?.toSorted(([a], [b]) => b - a)[0]
    const minRight = ends[1]?.toSorted(([a], [b]) => a - b)[0]
    expect(maxLeft?.[0]).toBeGreaterThan(4096)
    expect(minRight?.[0]).toBeLessThan(0)
    expect(maxLeft?.[1]).toBe(minRight?.[1])
  })

  it('are empty in the ocean', async () => {
    expect(await tiles.base('0-0', tileAt([0, 0], 10))).toMatchObject({ bytes: null })
  })

  it('cut a shape with thousands of vertices, valid or not, to the neighbourhood of the tile', async () => {
    const ring = Array.from({ length: 3_000 }, (_, index) => {
      const angle = (index / 3_000) * 2 * Math.PI
      return `${115 + 0.2 * Math.cos(angle)} ${23 + 0.2 * Math.sin(angle)}`
    })
    await insertBase('water', 'lake', '大湖', `POLYGON((${[...ring, ring[0]].join(',')}))`)
    const bowTie = [...ring.slice(0, 1_500), ...ring.slice(1_500).toReversed()]
    await insertBase('water', 'lake', '坏湖', `POLYGON((${[...bowTie, bowTie[0]].join(',')}))`)
    const shore = await base(16, [115.2, 23])
    const vertices = shore.features('water').map((feature) => feature.loadGeometry().flat().length)
    expect(vertices.length).toBe(2)
    for (const count of vertices) expect(count).toBeLessThan(300)
    const middle = (await base(16, [115, 23])).features('water')[0]?.loadGeometry().flat() ?? []
    expect(middle.length).toBeGreaterThanOrEqual(4)
  })
})

describe('area tiles', () => {
  it('show every level near, and the street alone from afar', async () => {
    const levels = async (z: number) => [...new Set((await areas(z))?.properties('area').map(({ level }) => level))]
    expect((await levels(14)).toSorted()).toEqual(['community', 'grid', 'street'])
    expect(await levels(6)).toEqual(['street'])
  })

  it('show a viewer the borders of the own subtree and veil the rest', async () => {
    expect(namesIn(await areas(12))).toEqual(['grid 1', 'grid 2', 'grid 3', 'grid 4'])
    const west = await areas(12, ['/440311001/440311001001/'])
    expect(namesIn(west)).toEqual(['grid 1', 'grid 2'])
    expect(west?.layers).toContain('outside')
    const elsewhere = await areas(16, ['/440311001/440311001001/'], middleOf(3, 0))
    expect(namesIn(elsewhere)).toEqual([])
    expect(elsewhere?.layers).toEqual(['outside'])
  })

  it('say nothing at all to a scope that holds no area', async () => {
    expect(await areas(12, ['/no-such-street/'])).toBeNull()
    expect(await areas(12, [])).toBeNull()
  })

  it('leave no gap between neighbours at any zoom', async () => {
    for (const z of [9, 10, 11, 12, 13, 14, 16]) {
      const tile = await areas(z, ['/'], [114.01, 22.705])
      const shapes = new Map(
        tile
          ?.features('area')
          .map((feature) => [names.get(String(feature.properties.id)), feature.loadGeometry().flat()]),
      )
      const xs = (name: string) => (shapes.get(name) ?? []).map(({ x }) => x)
      if (xs('grid 1').length === 0 || xs('grid 2').length === 0) continue
      expect(Math.max(...xs('grid 1')), `zoom ${z}`).toBe(Math.min(...xs('grid 2')))
    }
    // Not every zoom may have passed it by.
    expect(namesIn(await areas(13, ['/'], [114.01, 22.705]))).toEqual(expect.arrayContaining(['grid 1', 'grid 2']))
  })

  it('have the line between two communities once, under community', async () => {
    const tile = await areas(14, ['/'], [114.02, 22.705])
    const crossings = (level: string) =>
      (tile?.features('border') ?? [])
        .filter((feature) => feature.properties.level === level)
        .flatMap((feature) => feature.loadGeometry())
        .filter((line) => new Set(line.map(({ x }) => x)).size === 1 && line.length > 1).length
    expect(crossings('community')).toBe(1)
  })

  it('follow the data', async () => {
    const before = await tiles.areas('0', tileAt(place, 14), ['/'])
    const { areas: version } = await tilesQueries(test.db).versions()
    await test.db.query(
      `INSERT INTO areas (id, parent_id, level, code, name, border)
       VALUES ($1, $2, 'grid', 'late', '晚到的网格', ST_GeomFromText($3, 4326))`,
      [uuid(), ids.communities[0], squareWkt(0, 1)],
    )
    const after = await tiles.areas(String(version + 1), tileAt(place, 14), ['/'])
    expect(after.isCurrent).toBe(true)
    expect(after.etag).not.toBe(before.etag)
  })
})
