/** The product over a real PostgreSQL that holds a city: 1,000 grids, 100,000 members on duty, one gateway that knows all. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { v7 as uuid } from 'uuid'
import type { LonLat } from '../../../contract/geo.ts'
import { rateLimits } from '../../../server/auth/rate-limits.ts'
import { hashSecret, newSecret } from '../../../server/auth/secrets.ts'
import { connect, type Database } from '../../../server/database/connect.ts'
import { migrate } from '../../../server/database/migrate.ts'
import { createWeb } from '../../../server/web.ts'
import { insertAccount } from '../../support/accounts.ts'
import { consumeLink } from '../../support/product-clients.ts'
import { CITY, cityPlaces } from './city.ts'

export const MEMBERS = 100_000
/** Streets in a row of five and two rows; each of 5 × 2 communities of 5 × 2 grids. */
const ACROSS = 5
const UP = 2
const STREETS = ACROSS * UP
const GRIDS_ACROSS = ACROSS ** 3
const GRIDS_UP = UP ** 3
/** The seed reads and writes more at once than any request. */
const PATIENCE_MS = 120_000

export const defaultDatabaseUrl = () =>
  process.env.DATABASE_URL || `postgresql://${encodeURIComponent(userInfo().username)}@127.0.0.1:5432/postgres`

/** null when no PostgreSQL answers there; else why it cannot be used is an error. */
export async function findPostgres(url = defaultDatabaseUrl()): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    return url
  } catch {
    return null
  } finally {
    await client.end().catch(() => {})
  }
}

export interface CityMember {
  id: string
  name: string
  home: LonLat
  /** Which street is his, by number. */
  street: number
}

export async function startInstallation(adminUrl: string, now: () => number) {
  const name = `gelin_bench_${randomUUID().replaceAll('-', '')}`
  const asAdmin = async (statement: string) => {
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await asAdmin(`CREATE DATABASE ${name}`)
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href
  const db = connect({ url }, { queryTimeoutMs: PATIENCE_MS })
  const dataDir = await mkdtemp(join(tmpdir(), 'gelin-bench-'))
  const release = async () => {
    await db.close()
    await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await migrate({ url })
    const { members, streets, gatewayKey } = await fillCity(db)
    const config = { port: 0, host: '127.0.0.1', publicOrigins: [], trustedProxies: 0, useTls: false, dataDir }
    // What is measured is how fast an answer is, and not how many one person may ask for.
    const unlimited = Object.fromEntries(
      Object.entries(rateLimits).map(([kind, { windowMs }]) => [kind, { windowMs, limit: 1e9 }]),
    ) as unknown as typeof rateLimits
    const web = createWeb({ ...config, address: { url } }, db, pino({ level: 'error' }), {
      now,
      dataPollMs: null,
      rateLimits: unlimited,
    })
    const origin = `http://127.0.0.1:${await web.listen()}`
    await web.alive()
    const gateway = await web.life.devices.gatewayOf(gatewayKey)
    if (!gateway) throw new Error('The gateway is not known.')
    return {
      url,
      web,
      gateway,
      members,
      streets,
      origin,
      /** The Cookie header of a dispatcher of the first street. */
      async signIn(): Promise<string> {
        const { id } = await insertAccount(db, 'dispatcher', { scope: [streets[0]?.id ?? ''] })
        return consumeLink(
          origin,
          (await web.auth.links.create({ accountId: id, origin, actor: null, areaPath: null })).url,
        )
      },
      async stop() {
        await web.close()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}
export type Installation = Awaited<ReturnType<typeof startInstallation>>

async function fillCity(db: Database) {
  const streets = await insertAreas(db)
  const places = cityPlaces(MEMBERS)
  const members = places.map((home, index): CityMember & { grid: string; code: string } => {
    const column = Math.min(GRIDS_ACROSS - 1, Math.floor(((home[0] - CITY[0]) / (CITY[2] - CITY[0])) * GRIDS_ACROSS))
    const row = Math.min(GRIDS_UP - 1, Math.floor(((home[1] - CITY[1]) / (CITY[3] - CITY[1])) * GRIDS_UP))
    const street = Math.floor(row / UP ** 2) * ACROSS + Math.floor(column / ACROSS ** 2)
    const grid = streets[street]?.grids.get(`${column}/${row}`) ?? ''
    return { id: uuid(), code: `M${index}`, name: `成员${index}`, home, street, grid }
  })
  const ids = members.map(({ id }) => id)
  const codes = members.map(({ code }) => code)
  await db.query('INSERT INTO members (id, code, name) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])', [
    ids,
    codes,
    members.map((member) => member.name),
  ])
  await db.query(
    `INSERT INTO posts (id, member_id, post, area_id) SELECT r.id, r.member, 'gridMember', r.area
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS r (id, member, area)`,
    [ids.map(() => uuid()), ids, members.map(({ grid }) => grid)],
  )
  await db.query(
    `INSERT INTO duties (id, member_id, started_at) SELECT r.id, r.member, now() - interval '2 hours'
     FROM unnest($1::uuid[], $2::uuid[]) AS r (id, member)`,
    [ids.map(() => uuid()), ids],
  )
  const gatewayId = uuid()
  const gatewayKey = newSecret()
  await db.query('INSERT INTO gateways (id, name, key_hash, reports_every_ms) VALUES ($1, $2, $3, 10000)', [
    gatewayId,
    'bench',
    hashSecret(gatewayKey),
  ])
  await db.query(
    'INSERT INTO gateway_devices (gateway_id, device, member_id) SELECT $1, * FROM unnest($2::text[], $3::uuid[])',
    [gatewayId, codes, ids],
  )
  await db.query('ANALYZE')
  return { members, streets: streets.map(({ id, path }) => ({ id, path })), gatewayKey }
}

/** Squares within squares. `grids` by column and row of the whole city. */
async function insertAreas(db: Database) {
  const streets: { id: string; path: string; grids: Map<string, string> }[] = []
  const rows: { id: string; parent: string | null; level: string; code: string; wkt: string }[] = []
  const square = (column: number, row: number, across: number, up: number) => {
    const x = (part: number) => CITY[0] + ((CITY[2] - CITY[0]) * part) / GRIDS_ACROSS
    const y = (part: number) => CITY[1] + ((CITY[3] - CITY[1]) * part) / GRIDS_UP
    const [west, east, south, north] = [x(column), x(column + across), y(row), y(row + up)]
    return `MULTIPOLYGON(((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south})))`
  }
  const parts = [...Array(STREETS).keys()]
  for (const s of parts) {
    const street = { id: uuid(), code: `4403${String(s).padStart(5, '0')}`, grids: new Map<string, string>() }
    const [left, low] = [(s % ACROSS) * ACROSS ** 2, Math.floor(s / ACROSS) * UP ** 2]
    rows.push({ ...street, parent: null, level: 'street', wkt: square(left, low, ACROSS ** 2, UP ** 2) })
    for (const c of parts) {
      const community = { id: uuid(), code: `${street.code}${String(c).padStart(3, '0')}` }
      const [west, south] = [left + (c % ACROSS) * ACROSS, low + Math.floor(c / ACROSS) * UP]
      rows.push({ ...community, parent: street.id, level: 'community', wkt: square(west, south, ACROSS, UP) })
      for (const g of parts) {
        const [column, row] = [west + (g % ACROSS), south + Math.floor(g / ACROSS)]
        const grid = { id: uuid(), code: `${community.code}${String(g).padStart(3, '0')}` }
        rows.push({ ...grid, parent: community.id, level: 'grid', wkt: square(column, row, 1, 1) })
        street.grids.set(`${column}/${row}`, grid.id)
      }
    }
    streets.push({ id: street.id, path: `/${street.code}/`, grids: street.grids })
  }
  for (const level of ['street', 'community', 'grid']) {
    const some = rows.filter((row) => row.level === level)
    await db.query(
      `INSERT INTO areas (id, parent_id, level, code, name, border)
       SELECT r.id, r.parent, $1, r.code, r.code, ST_GeomFromText(r.wkt, 4326)
       FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS r (id, parent, code, wkt)`,
      [
        level,
        some.map(({ id }) => id),
        some.map(({ parent }) => parent),
        some.map(({ code }) => code),
        some.map(({ wkt }) => wkt),
      ],
    )
  }
  return streets
}
