/** A street with as many people on duty and signed-in screens as a measurement needs, written straight into the database. */
import { v7 as uuid } from 'uuid'
import { hashSecret, newSecret } from '../../../server/auth/secrets.ts'
import type { Database } from '../../../server/database/connect.ts'
import { insertServicePoint, insertStreet, middleOf, type StreetIds } from '../../support/builders.ts'

const CHUNK = 2_000
const GATEWAY_REPORTS_EVERY_MS = 1_000

export interface World {
  street: StreetIds
  /** A Cookie header for each screen: dispatchers of the street, of its west and of its east. */
  cookies: string[]
  gatewayKey: string
  /** Device name → member, of everyone on the roster; a device's name is its member's code. */
  members: Map<string, string>
}

export async function fillWorld(db: Database, sizes: { members: number; screens: number }): Promise<World> {
  const street = await insertStreet(db)
  const members = await insertMembers(db, street, sizes.members)
  await insertServicePoint(db, { area_id: street.grids[0], position: middleOf(0, 0) })
  return {
    street,
    members,
    gatewayKey: await insertGateway(db),
    cookies: await insertScreens(db, street, sizes.screens),
  }
}

async function insertMembers(db: Database, street: StreetIds, count: number): Promise<Map<string, string>> {
  const members = new Map<string, string>()
  for (let from = 0; from < count; from += CHUNK) {
    const rows = await db.query<{ id: string; code: string }>(
      `INSERT INTO members (id, code, name)
       SELECT gen_random_uuid(), 'E' || lpad(n::text, 5, '0'), '队员' || n FROM generate_series($1::int, $2::int) n
       RETURNING id, code`,
      [from, Math.min(count, from + CHUNK) - 1],
    )
    for (const { id, code } of rows) members.set(code, id)
    await db.query(
      `INSERT INTO posts (id, member_id, post, area_id)
       SELECT gen_random_uuid(), m.id, 'gridMember', ($2::uuid[])[1 + m.position % 4]
       FROM unnest($1::uuid[]) WITH ORDINALITY AS m (id, position)`,
      [rows.map(({ id }) => id), street.grids],
    )
  }
  return members
}

async function insertGateway(db: Database): Promise<string> {
  const [id, key] = [uuid(), newSecret()]
  await db.query('INSERT INTO gateways (id, name, key_hash, reports_every_ms) VALUES ($1, $2, $3, $4)', [
    id,
    'bench',
    hashSecret(key),
    GATEWAY_REPORTS_EVERY_MS,
  ])
  await db.query('INSERT INTO gateway_devices (gateway_id, device, member_id) SELECT $1, code, id FROM members', [id])
  return key
}

async function insertScreens(db: Database, street: StreetIds, count: number): Promise<string[]> {
  const secrets = Array.from({ length: count }, newSecret)
  const scopes = [street.street, ...street.communities]
  for (let from = 0; from < count; from += CHUNK) {
    const some = secrets.slice(from, from + CHUNK)
    const ids = some.map(() => uuid())
    await db.query(
      `INSERT INTO accounts (id, sign_in_name, name, role)
       SELECT id, 'screen-' || id, '调度员', 'dispatcher' FROM unnest($1::uuid[]) AS a (id)`,
      [ids],
    )
    await db.query('INSERT INTO account_scopes (account_id, area_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])', [
      ids,
      ids.map((_, index) => scopes[index % scopes.length]),
    ])
    await db.query(
      `INSERT INTO sessions (id_hash, account_id, authorisation_version, is_by_link, expires_at)
       SELECT hash, id, 1, true, now() + interval '6 hours' FROM unnest($1::bytea[], $2::uuid[]) AS s (hash, id)`,
      [some.map(hashSecret), ids],
    )
  }
  return secrets.map((secret) => `__Host-sid=${secret}`)
}

/** Puts members on duty. The web process learns it when it starts. */
export async function putOnDuty(db: Database, memberIds: readonly string[]): Promise<void> {
  await db.query(
    `INSERT INTO duties (id, member_id, started_at)
     SELECT gen_random_uuid(), id, now() FROM unnest($1::uuid[]) AS m (id) ON CONFLICT DO NOTHING`,
    [memberIds],
  )
}
