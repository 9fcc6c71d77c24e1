/** Ten thousand people on duty in a product that runs, who all walk. */
import { setTimeout as pause } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import type { LonLat } from '../../contract/geo.ts'
import { hashSecret, newSecret } from '../../server/auth/secrets.ts'
import type { Database } from '../../server/database/connect.ts'
import { withDatabase } from '../../server/database/open.ts'
import { createGatewayClient, type SentFix } from '../../server/demo/gateway-client.ts'
import { createRandom } from '../../server/demo/random.ts'
import type { Product } from '../support/product.ts'

/** The embedded database answers one at a time: small steps leave room for the product. */
const STEP = 500
const BATCH = 2_500
const PATIENCE_MS = 60_000
const READY_WITHIN_MS = 90_000
const DEGREE_METRES = 111_195
/** In two seconds. */
const WALK_METRES = 2.6
/** How far a fix is off, metres on each axis. */
const BLUR_METRES = 1.5

export interface Crowd {
  /** Half of them report where they are, two seconds after the last time; the next time the other half. */
  walk(): Promise<void>
}

/**
 * Puts so many members on duty, spread over the district's grids, behind a gateway of their own. Written straight into
 * the database and read by a web process that starts anew: ten thousand people do not go on duty within a test.
 */
export async function callUpCrowd(product: Product, count: number): Promise<Crowd> {
  const key = newSecret()
  const homes = await withDatabase({ databaseUrl: null, dataDir: product.dataDir }, (db) => enlist(db, count, key), {
    queryTimeoutMs: PATIENCE_MS,
  })
  process.kill(product.webPid() ?? 0, 'SIGKILL')
  await pause(500)
  await product.ready(READY_WITHIN_MS)
  return crowdOf(homes, createGatewayClient(product.origin, key))
}

interface Home {
  device: string
  place: LonLat
}

async function enlist(db: Database, count: number, key: string): Promise<Home[]> {
  const grids = await db.query<{ id: string; place: LonLat }>(
    `SELECT id, json_build_array(ST_X(centre), ST_Y(centre)) AS place FROM areas WHERE level = 'grid' ORDER BY code`,
  )
  const gateway = uuid()
  await db.query('INSERT INTO gateways (id, name, key_hash, reports_every_ms) VALUES ($1, $2, $3, 10000)', [
    gateway,
    '万人',
    hashSecret(key),
  ])
  const homes: Home[] = []
  for (let from = 0; from < count; from += STEP) {
    const numbers = Array.from({ length: Math.min(STEP, count - from) }, (_, index) => from + index)
    const members = numbers.map(() => uuid())
    const codes = numbers.map((number) => `crowd-${number}`)
    const gridOf = numbers.map((number) => grids[number % grids.length])
    await db.query(
      `INSERT INTO members (id, code, name) SELECT id, code, '队员' || code FROM unnest($1::uuid[], $2::text[]) AS m (id, code)`,
      [members, codes],
    )
    await db.query(
      `INSERT INTO posts (id, member_id, post, area_id)
       SELECT id, member_id, 'gridMember', area_id FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS p (id, member_id, area_id)`,
      [numbers.map(() => uuid()), members, gridOf.map((grid) => grid?.id)],
    )
    await db.query(
      'INSERT INTO duties (id, member_id, started_at) SELECT id, member_id, now() FROM unnest($1::uuid[], $2::uuid[]) AS d (id, member_id)',
      [numbers.map(() => uuid()), members],
    )
    await db.query(
      'INSERT INTO gateway_devices (gateway_id, device, member_id) SELECT $1, device, member_id FROM unnest($2::text[], $3::uuid[]) AS b (device, member_id)',
      [gateway, codes, members],
    )
    for (const [index, device] of codes.entries()) homes.push({ device, place: gridOf[index]?.place ?? [0, 0] })
  }
  return homes
}

function crowdOf(homes: readonly Home[], client: ReturnType<typeof createGatewayClient>): Crowd {
  const random = createRandom(5)
  const metres = ([longitude, latitude]: LonLat, east: number, north: number): LonLat => [
    longitude + east / (DEGREE_METRES * Math.cos((latitude * Math.PI) / 180)),
    latitude + north / DEGREE_METRES,
  ]
  const people = homes.map(({ device, place }) => ({
    device,
    place: metres(place, random.normal() * 120, random.normal() * 120),
    heading: random.between(0, 360),
  }))
  let turn = 0
  return {
    async walk() {
      const at = Date.now()
      turn++
      const fixes = people
        .filter((_, index) => (index + turn) % 2 === 0)
        .map((person): SentFix => {
          person.heading = (person.heading + random.normal() * 8 + 360) % 360
          const angle = (person.heading * Math.PI) / 180
          person.place = metres(person.place, WALK_METRES * Math.sin(angle), WALK_METRES * Math.cos(angle))
          const [lon, lat] = metres(person.place, random.normal() * BLUR_METRES, random.normal() * BLUR_METRES)
          return { device: person.device, at, lon, lat, accuracy: 6, speed: WALK_METRES / 2, heading: person.heading }
        })
      const batches = Array.from({ length: Math.ceil(fixes.length / BATCH) }, (_, index) =>
        fixes.slice(index * BATCH, (index + 1) * BATCH),
      )
      await Promise.all(batches.map((batch) => client.send(batch)))
    },
  }
}
