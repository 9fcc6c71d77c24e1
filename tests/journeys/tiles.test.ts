/** Tile addresses over HTTP: who may ask, what may be kept, and what is no tile at all. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertStreet, middleOf, type StreetIds } from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer } from '../support/server.ts'
import { readTile, tileAt } from '../support/tiles.ts'

let server: TestServer
let ids: StreetIds
let dispatcher: TestClient
const { z, x, y } = tileAt(middleOf(0, 0), 14)

beforeAll(async () => {
  server = await startTestServer()
  ids = await insertStreet(server.test.db)
  await server.test.db.query(
    `INSERT INTO base_features (id, code, layer, kind, shape)
     VALUES (gen_random_uuid(), 'road', 'road', 'primary', ST_GeomFromText('LINESTRING(114 22.705,114.02 22.705)', 4326))`,
  )
  dispatcher = await server.signInAs('dispatcher', { scope: 'everywhere' })
})
afterAll(() => server.stop())

async function version(layer: 'base' | 'areas' | 'buildings'): Promise<number> {
  const [row] = await server.test.db.query<{ version: number }>('SELECT version FROM data_versions WHERE layer = $1', [
    layer,
  ])
  return row?.version ?? 0
}
const basePath = async (more = '') =>
  `/tiles/base/${await version('base')}-${await version('buildings')}/${z}/${x}/${y}${more}`
const areaPath = async () => `/tiles/areas/${await version('areas')}/${z}/${x}/${y}`
const read = async (answer: Response) => readTile(new Uint8Array(await answer.arrayBuffer()))

it('gives the base map to anybody, to keep for ever under its version', async () => {
  const answer = await server.anonymous.fetch(await basePath())
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await read(answer)).layers).toContain('road')
})

it('answers an old address with the tile of today, which is not to be kept for ever', async () => {
  const answer = await server.anonymous.fetch(`/tiles/base/0-0/${z}/${x}/${y}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-cache')
  expect((await read(answer)).layers).toContain('road')
})

/** As a browser asks about what it has stored. (By itself, Node's fetch would say that it wants nothing stored.) */
const askAgain = (path: string, etag: string | null) =>
  dispatcher.fetch(path, { headers: { 'if-none-match': etag ?? '', 'cache-control': 'max-age=0' } })

it('answers 304 to who has the tile already', async () => {
  for (const path of [await basePath(), await areaPath()]) {
    const first = await dispatcher.fetch(path)
    const again = await askAgain(path, first.headers.get('etag'))
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect((await askAgain(path, 'W/"another"')).status).toBe(200)
  }
})

it('answers 204 where there is nothing', async () => {
  const answer = await server.anonymous.fetch(`/tiles/base/0-0/10/0/0`)
  expect(answer.status).toBe(204)
})

it('sends plain bytes to a client that cannot unpack', async () => {
  const answer = await server.anonymous.fetch(await basePath(), { headers: { 'accept-encoding': 'identity' } })
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect((await read(answer)).layers).toContain('road')
})

it.each(['17/0/0', '14/16384/0', '14/0/16384', '-1/0/0', '1.5/0/0', '14/x/0', '14/0/0x1', '01/0/0', '14/%2e%2e/0'])(
  'finds no tile at %s',
  async (address) => {
    for (const layer of ['base/1-1', 'areas/1']) {
      const answer = await dispatcher.fetch(`/tiles/${layer}/${address}`)
      expect(answer.status).toBe(404)
      expect(await answer.json()).toMatchObject({ code: 'not_found' })
    }
  },
)

it.each(['x', '1-2-3', '-1', "1'--", '99999999999999999999'])('finds no version %s', async (asked) => {
  expect((await server.anonymous.fetch(`/tiles/base/${encodeURIComponent(asked)}/${z}/${x}/${y}`)).status).toBe(404)
})

it('shows borders to who is signed in and may see areas', async () => {
  expect((await server.anonymous.fetch(await areaPath())).status).toBe(401)
  const department = await server.signInAs('department', { scope: 'everywhere' })
  expect((await department.fetch(await areaPath())).status).toBe(403)
  expect((await dispatcher.fetch(await areaPath())).status).toBe(200)
})

it('shows each person the borders of the own subtree, and lets no browser keep them for the next person', async () => {
  const west = await server.signInAs('communityAdmin', { scope: [ids.communities[0]] })
  const east = await server.signInAs('communityAdmin', { scope: [ids.communities[1]] })
  const path = `/tiles/areas/${await version('areas')}/12/${tileAt(middleOf(0, 0), 12).x}/${tileAt(middleOf(0, 0), 12).y}`
  const gridsOf = async (client: TestClient) => {
    const answer = await client.fetch(path)
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    const areas = (await read(answer)).properties('area')
    return areas.flatMap(({ id, level }) => (level === 'grid' ? [id] : [])).toSorted()
  }
  expect(await gridsOf(west)).toEqual(ids.grids.slice(0, 2).toSorted())
  expect(await gridsOf(east)).toEqual(ids.grids.slice(2).toSorted())
  const whole = await dispatcher.fetch(path)
  const headers = { 'if-none-match': whole.headers.get('etag') ?? '', 'cache-control': 'max-age=0' }
  const mine = await west.fetch(path, { headers })
  expect(mine.status).toBe(200)
})
