/**
 * Statements that the embedded engine cannot survive: its process ends at once, as after a crash, and nothing is half
 * done. COPY and overlays of unchecked geometry are forbidden in the product; this is what holds when one slips in.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEmbedded } from '../../server/database/embedded/embedded-process.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'gelin-faults-'))
const PATIENCE_MS = 240_000

async function open() {
  const { socketDir, stop } = await startEmbedded(dataDir)
  const client = new pg.Client({ host: socketDir, port: 5432, user: 'postgres', database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  return { client, close: () => client.end().then(stop) }
}

beforeAll(async () => {
  const { client, close } = await open()
  await client.query('CREATE EXTENSION postgis; CREATE TABLE shapes (shape geometry)')
  await client.query(`INSERT INTO shapes VALUES ('POINT(0 0)')`)
  await close()
}, PATIENCE_MS)
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

it.each([
  ['COPY FROM STDIN', 'COPY shapes FROM STDIN'],
  [
    'an overlay that fails after it has written rows',
    `INSERT INTO shapes
     SELECT ST_Intersection(shape::geometry, 'POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))')
     FROM (VALUES ('POLYGON((0 0, 1 0, 1 1, 0 0))'), ('POLYGON((0 0, 2 2, 2 0, 0 2, 0 0))')) AS given (shape)`,
  ],
])(
  'gives up %s, and keeps exactly what was committed before',
  async (_, statement) => {
    const before = await open()
    await expect(before.client.query(statement)).rejects.toThrow('Connection terminated')
    await before.close()
    const after = await open()
    expect((await after.client.query('SELECT ST_AsText(shape) AS shape FROM shapes')).rows).toEqual([
      { shape: 'POINT(0 0)' },
    ])
    await after.close()
  },
  PATIENCE_MS,
)
