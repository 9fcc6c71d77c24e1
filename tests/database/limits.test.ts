/**
 * What the embedded database does otherwise than PostgreSQL, written down as probes that run on both, so that a new
 * version of either tells what changed. What is forbidden because of a difference is said where it is probed.
 */
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Address } from '../../server/database/connect.ts'
import { createTestDatabase, isEmbeddedRun, type TestDatabase } from '../support/database.ts'

const BOW_TIE = `'POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))'::geometry`
const SQUARE = `'POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))'::geometry`

let test: TestDatabase
let clients: pg.Client[] = []
const isEmbedded = isEmbeddedRun()

beforeAll(async () => {
  test = await createTestDatabase()
  clients = await Promise.all([openClient(test.address), openClient(test.address)])
})
afterAll(async () => {
  for (const client of clients) await client.end()
  await test.drop()
})

async function openClient(address: Address, more: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({
    ...('url' in address
      ? { connectionString: address.url }
      : { host: address.socketDir, port: 5432, user: 'postgres', database: 'postgres' }),
    ...more,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

const [first, second] = [() => clients[0] as pg.Client, () => clients[1] as pg.Client]
const one = async (client: pg.Client, text: string) => Object.values((await client.query(text)).rows[0])[0]
/** The SQLSTATE a statement fails with, or null. */
const failure = (client: pg.Client, text: string) =>
  client.query(text).then(
    () => null,
    (error: { code?: string; message: string }) => error.code ?? error.message,
  )
const later = <Value>(ms: number, value: Value) => new Promise<Value>((resolve) => setTimeout(resolve, ms, value))

it('one session for all: no session state anywhere, SET LOCAL only inside a transaction', async () => {
  const pids = [await one(first(), 'SELECT pg_backend_pid()'), await one(second(), 'SELECT pg_backend_pid()')]
  expect(pids[0] === pids[1]).toBe(isEmbedded)
  await first().query(`SET search_path = pg_catalog`)
  expect((await one(second(), 'SHOW search_path')) === 'pg_catalog').toBe(isEmbedded)
  await first().query('RESET search_path')
  await first().query('CREATE TEMP TABLE whose (a integer)')
  expect(await failure(second(), 'SELECT * FROM whose')).toBe(isEmbedded ? null : '42P01')
  await first().query('DROP TABLE whose')
})

it('SET LOCAL ends with its transaction', async () => {
  await first().query(`BEGIN; SET LOCAL statement_timeout = '77s'; COMMIT`)
  expect(await one(second(), 'SHOW statement_timeout')).toBe('0')
})

it('an open transaction makes every other client wait: transactions are short and do nothing else inside', async () => {
  await first().query('BEGIN')
  const other = one(second(), 'SELECT 1')
  if (isEmbedded) expect(await Promise.race([other, later(300, 'waits')])).toBe('waits')
  else expect(await other).toBe(1)
  await first().query('COMMIT')
  expect(await other).toBe(1)
})

it('advisory locks exclude nobody: leases are rows', async () => {
  await first().query('SELECT pg_advisory_lock(7)')
  expect(await one(second(), 'SELECT pg_try_advisory_lock(7)')).toBe(isEmbedded)
  await first().query('SELECT pg_advisory_unlock_all()')
})

it('a notification reaches whoever sends it, not who listens: nothing is built on NOTIFY', async () => {
  const heard: string[] = []
  first().on('notification', () => heard.push('first'))
  second().on('notification', () => heard.push('second'))
  await first().query('LISTEN bell')
  await second().query('NOTIFY bell')
  await first().query('SELECT 1')
  await later(200, null)
  expect(heard).toEqual([isEmbedded ? 'second' : 'first'])
  await first().query('UNLISTEN *')
})

it('named statements of two clients collide: pg gets no name', async () => {
  await first().query({ name: 'same', text: 'SELECT 1' })
  const again = second().query({ name: 'same', text: 'SELECT 2' })
  const code = await again.then(
    () => null,
    (error: { code: string }) => error.code,
  )
  expect(code).toBe(isEmbedded ? '42P05' : null)
})

it('statement_timeout is ignored: the client gives up and destroys its connection', async () => {
  const slow = `SELECT count(*) FROM generate_series(1, 3000000)`
  const code = await failure(first(), `BEGIN; SET LOCAL statement_timeout = '20ms'; ${slow}; COMMIT`)
  if (!isEmbedded) await first().query('ROLLBACK')
  expect(code).toBe(isEmbedded ? null : '57014')
})

it('vector tiles cannot be made in SQL: they are made in Node', async () => {
  const code = await failure(
    first(),
    `SELECT ST_AsMVT(t) FROM (SELECT ST_AsMVTGeom(${SQUARE}, ST_MakeEnvelope(0, 0, 1, 1)) AS geom) t`,
  )
  expect(code).toBe(isEmbedded ? 'XX000' : null)
})

it('both take an unclosed ring and a latitude of 116: GeoJSON is checked before it gets here', async () => {
  const open = `ST_GeomFromGeoJSON('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}')`
  expect(await failure(first(), `SELECT ${open}`)).toBeNull()
  expect(await failure(first(), `SELECT ST_SetSRID(ST_MakePoint(31, 116), 4326)::geography`)).toBeNull()
})

it('ST_MakeValid is safe on a bow-tie', async () => {
  expect(await one(first(), `SELECT ST_IsValid(ST_MakeValid(${BOW_TIE}))`)).toBe(true)
})

it('an overlay of invalid geometry is an error, and the connection goes on', async () => {
  expect(await failure(first(), `SELECT ST_Intersection(${BOW_TIE}, ${SQUARE})`)).toBe('XX000')
  expect(await one(first(), 'SELECT 1')).toBe(1)
})

it('a statement in several chunks is not mixed up with another client’s', async () => {
  const large = Array.from({ length: 40_000 }, (_, index) => index)
  let isOver = false
  const noise = (async () => {
    for (let n = 0; !isOver; n++)
      expect((await second().query('SELECT $1::text AS a, $2::int AS n', ['x', n])).rows).toEqual([{ a: 'x', n }])
  })()
  for (let round = 0; round < 5; round++) {
    const { rows } = await first().query('SELECT count(*)::int AS n FROM unnest($1::int[])', [large])
    expect(rows).toEqual([{ n: large.length }])
  }
  isOver = true
  await noise
})

it('a client that goes in the middle of a transaction takes it along', async () => {
  await first().query('CREATE TABLE half_done (a integer)')
  const gone = await openClient(test.address)
  await gone.query('BEGIN')
  await gone.query('INSERT INTO half_done VALUES (1)')
  // What a killed process leaves: the connection ends without a word.
  ;(gone as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  expect(await one(first(), 'SELECT count(*)::int FROM half_done')).toBe(0)
})

it('a client that falls silent in a transaction is cut, so that the others go on', async () => {
  const silent = await openClient(test.address, {
    options: isEmbedded ? undefined : '-c idle_in_transaction_session_timeout=5000',
  })
  const ended = new Promise((resolve) => silent.once('end', resolve))
  await silent.query('BEGIN')
  await silent.query('LOCK TABLE settings')
  expect(await one(first(), 'SELECT count(*)::int FROM settings')).toBe(0)
  await ended
})
