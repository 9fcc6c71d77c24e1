/** SQL of sessions. Secrets arrive hashed (SHA-256); nothing else is ever stored. */
import { fieldRoles } from '#contract/faces'
import type { Role } from '#contract/roles'
import type { Queryable } from '../database/connect.ts'

export interface SessionRow {
  accountId: string
  name: string
  role: Role
  memberId: string | null
  departmentId: string | null
  hasPassword: boolean
  isByLink: boolean
  /** Milliseconds since the session began and since its person last did something, by the database's clock. */
  ageMs: number
  idleMs: number
  expiresAt: number
  /** Subtrees reached; areaId null = everywhere. */
  scope: { areaId: string | null; name: string | null; path: string }[]
}

const SESSION_COLUMNS = `
  a.id AS "accountId", a.name, a.role, a.member_id AS "memberId", a.department_id AS "departmentId",
  a.password_hash IS NOT NULL AS "hasPassword", s.is_by_link AS "isByLink",
  extract(epoch FROM now() - s.created_at) * 1000 AS "ageMs",
  extract(epoch FROM now() - s.active_at) * 1000 AS "idleMs",
  s.expires_at AS "expiresAt",
  (SELECT coalesce(json_agg(json_build_object('areaId', sc.area_id, 'name', ar.name, 'path', coalesce(ar.path, '/'))
                            ORDER BY ar.path), '[]')
   FROM account_scopes sc LEFT JOIN areas ar ON ar.id = sc.area_id WHERE sc.account_id = a.id) AS scope`

export interface NewSession {
  idHash: Buffer
  accountId: string
  /** The authorisation that was proved; a session is not made when it has changed since. */
  authorisationVersion: number
  isByLink: boolean
  lifetimeMs: number
  /** Of roles that work on their own phone. */
  fieldLifetimeMs: number
}

export const sessionsQueries = (db: Queryable) => ({
  /** A session that is neither over nor made under an older authorisation. */
  async find(idHash: Buffer): Promise<SessionRow | null> {
    const [row] = await db.query<SessionRow>(
      `SELECT ${SESSION_COLUMNS} FROM sessions s JOIN accounts a ON a.id = s.account_id
       WHERE s.id_hash = $1 AND s.expires_at > now() AND NOT a.is_disabled
         AND s.authorisation_version = a.authorisation_version`,
      [idHash],
    )
    return row ?? null
  },

  /** Those of the given sessions that still stand. */
  async findAll(idHashes: readonly Buffer[]): Promise<(SessionRow & { idHash: Buffer })[]> {
    return db.query(
      `SELECT s.id_hash AS "idHash", ${SESSION_COLUMNS} FROM sessions s JOIN accounts a ON a.id = s.account_id
       WHERE s.id_hash = ANY ($1) AND s.expires_at > now() AND NOT a.is_disabled
         AND s.authorisation_version = a.authorisation_version`,
      [idHashes],
    )
  },

  /** False when the account's authorisation changed meanwhile. */
  async create(session: NewSession): Promise<boolean> {
    const { idHash, accountId, authorisationVersion, isByLink, lifetimeMs, fieldLifetimeMs } = session
    const rows = await db.query(
      `WITH seen AS (
         UPDATE accounts SET last_seen_at = now()
         WHERE id = $2 AND authorisation_version = $3 AND NOT is_disabled RETURNING id, role, authorisation_version)
       INSERT INTO sessions (id_hash, account_id, authorisation_version, is_by_link, expires_at)
       SELECT $1, id, authorisation_version, $4,
              now() + CASE WHEN role = ANY ($6) THEN $7::bigint ELSE $5::bigint END * interval '1 millisecond'
       FROM seen RETURNING 1`,
      [idHash, accountId, authorisationVersion, isByLink, lifetimeMs, fieldRoles, fieldLifetimeMs],
    )
    return rows.length === 1
  },

  async touch(idHash: Buffer): Promise<void> {
    await db.query(
      `WITH touched AS (UPDATE sessions SET active_at = now() WHERE id_hash = $1 RETURNING account_id)
       UPDATE accounts a SET last_seen_at = now() FROM touched WHERE a.id = touched.account_id`,
      [idHash],
    )
  },

  async end(idHash: Buffer): Promise<void> {
    await db.query('DELETE FROM sessions WHERE id_hash = $1', [idHash])
  },

  /** Removes what can never be used again. */
  async sweep(): Promise<void> {
    await db.query(
      `DELETE FROM sessions s USING accounts a
       WHERE a.id = s.account_id AND (s.expires_at <= now() OR s.authorisation_version <> a.authorisation_version)`,
    )
  },
})
export type SessionsQueries = ReturnType<typeof sessionsQueries>
