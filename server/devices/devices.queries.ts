/** SQL of paired trackers and of gateways. Secrets arrive hashed (SHA-256). */
import type { BoundDevice, Gateway, PairedDevice } from '#contract/duty'
import type { LonLat } from '#contract/geo'
import type { Queryable } from '../database/connect.ts'

export interface NewDevice {
  id: string
  memberId: string
  source: PairedDevice['source']
  name: string
  secretHash: Buffer
  reportsEveryMs: number
}

/** Whom an incoming report is from. */
export interface KnownDevice {
  deviceId: string
  memberId: string
  source: PairedDevice['source']
  reportsEveryMs: number
}

const DEVICE_COLUMNS = `id, source, name, reports_every_ms AS "reportsEveryMs", paired_at AS "pairedAt", seen_at AS "seenAt"`

export const devicesQueries = (db: Queryable) => ({
  async ofMember(memberId: string): Promise<PairedDevice[]> {
    return db.query(
      `SELECT ${DEVICE_COLUMNS} FROM devices WHERE member_id = $1 AND revoked_at IS NULL ORDER BY paired_at`,
      [memberId],
    )
  },

  async insert({ id, memberId, source, name, secretHash, reportsEveryMs }: NewDevice): Promise<PairedDevice> {
    const [row] = await db.query<PairedDevice>(
      `INSERT INTO devices (id, member_id, source, name, secret_hash, reports_every_ms)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${DEVICE_COLUMNS}`,
      [id, memberId, source, name, secretHash, reportsEveryMs],
    )
    if (!row) throw new Error('The device was not stored.')
    return row
  },

  /** Whether there was such a device of this member to revoke. */
  async revoke(id: string, memberId: string): Promise<boolean> {
    const rows = await db.query(
      'UPDATE devices SET revoked_at = now() WHERE id = $1 AND member_id = $2 AND revoked_at IS NULL RETURNING 1',
      [id, memberId],
    )
    return rows.length > 0
  },

  /** The device of a pairing secret, marked as seen. */
  async bySecret(secretHash: Buffer): Promise<KnownDevice | null> {
    const [row] = await db.query<KnownDevice>(
      `UPDATE devices d SET seen_at = now() FROM members m
       WHERE d.secret_hash = $1 AND d.revoked_at IS NULL AND m.id = d.member_id AND m.is_active
       RETURNING d.id AS "deviceId", d.member_id AS "memberId", d.source, d.reports_every_ms AS "reportsEveryMs"`,
      [secretHash],
    )
    return row ?? null
  },

  async gateways(): Promise<Gateway[]> {
    return db.query(
      `SELECT g.id, g.name, g.reports_every_ms AS "reportsEveryMs", g.created_at AS "createdAt",
         g.seen_at AS "seenAt",
         (SELECT count(*) FROM gateway_devices b WHERE b.gateway_id = g.id) AS "deviceCount"
       FROM gateways g WHERE g.revoked_at IS NULL ORDER BY g.created_at`,
    )
  },

  async insertGateway(id: string, name: string, keyHash: Buffer, reportsEveryMs: number): Promise<void> {
    await db.query('INSERT INTO gateways (id, name, key_hash, reports_every_ms) VALUES ($1, $2, $3, $4)', [
      id,
      name,
      keyHash,
      reportsEveryMs,
    ])
  },

  async revokeGateway(id: string): Promise<boolean> {
    const rows = await db.query(
      'UPDATE gateways SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING 1',
      [id],
    )
    return rows.length > 0
  },

  /** Whom each device of a gateway stands for; members no longer active are listed too. */
  async bindings(gatewayId: string): Promise<BoundDevice[]> {
    return db.query(
      `SELECT b.device, m.code AS "memberCode", m.name AS "memberName"
       FROM gateway_devices b JOIN members m ON m.id = b.member_id WHERE b.gateway_id = $1 ORDER BY b.device`,
      [gatewayId],
    )
  },

  /** Binds device names to members by their roster codes, in place of what was bound. Returns the codes nobody has. */
  async bind(gatewayId: string, devices: readonly { device: string; memberCode: string }[]): Promise<string[]> {
    await db.query('DELETE FROM gateway_devices WHERE gateway_id = $1', [gatewayId])
    const bound = await db.query<{ device: string }>(
      `INSERT INTO gateway_devices (gateway_id, device, member_id)
       SELECT $1, b.device, m.id FROM unnest($2::text[], $3::text[]) AS b (device, code) JOIN members m ON m.code = b.code
       ON CONFLICT DO NOTHING RETURNING device`,
      [gatewayId, devices.map(({ device }) => device), devices.map(({ memberCode }) => memberCode)],
    )
    const found = new Set(bound.map(({ device }) => device))
    return devices.filter(({ device }) => !found.has(device)).map(({ memberCode }) => memberCode)
  },

  async isDemo(): Promise<boolean> {
    return (await db.query(`SELECT 1 FROM settings WHERE key = 'demoSeed'`)).length > 0
  },

  /** Revokes gateways of one name, such as those of earlier starts. */
  async revokeNamed(name: string): Promise<void> {
    await db.query('UPDATE gateways SET revoked_at = now() WHERE name = $1 AND revoked_at IS NULL', [name])
  },

  /** Binds every active member who has no account, and so no phone of his own here; his roster code is the device's name. */
  async bindEveryone(gatewayId: string): Promise<void> {
    await db.query(
      `INSERT INTO gateway_devices (gateway_id, device, member_id)
       SELECT $1, code, id FROM members m
       WHERE is_active AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.member_id = m.id)
       ON CONFLICT DO NOTHING`,
      [gatewayId],
    )
  },

  /** The devices of a gateway, and where their members belong: [longitude, latitude] of the middle of their area. */
  async bound(gatewayId: string): Promise<{ device: string; memberId: string; home: LonLat | null }[]> {
    return db.query(
      `SELECT b.device, b.member_id AS "memberId",
         (SELECT json_build_array(ST_X(a.centre), ST_Y(a.centre)) FROM posts p JOIN areas a ON a.id = p.area_id
          WHERE p.member_id = b.member_id ORDER BY length(a.path) DESC, a.code LIMIT 1) AS home
       FROM gateway_devices b JOIN members m ON m.id = b.member_id AND m.is_active
       WHERE b.gateway_id = $1 ORDER BY b.device`,
      [gatewayId],
    )
  },

  /** A gateway by its key, marked as seen, with whom each of its devices stands for; members no longer active are left out. */
  async gatewayByKey(keyHash: Buffer): Promise<{
    id: string
    name: string
    reportsEveryMs: number
    members: [device: string, memberId: string][]
  } | null> {
    const [row] = await db.query<{
      id: string
      name: string
      reportsEveryMs: number
      members: [string, string][]
    }>(
      `UPDATE gateways g SET seen_at = now() WHERE g.key_hash = $1 AND g.revoked_at IS NULL
       RETURNING g.id, g.name, g.reports_every_ms AS "reportsEveryMs",
         (SELECT coalesce(json_agg(json_build_array(b.device, b.member_id)), '[]')
          FROM gateway_devices b JOIN members m ON m.id = b.member_id AND m.is_active WHERE b.gateway_id = g.id) AS members`,
      [keyHash],
    )
    return row ?? null
  },
})
export type DevicesQueries = ReturnType<typeof devicesQueries>
