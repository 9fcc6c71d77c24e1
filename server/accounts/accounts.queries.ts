/** SQL of accounts, always within a scope: an account is reached when everything it reaches is. */
import type { AccountRole } from '#contract/roles'
import type { Queryable } from '../database/connect.ts'

export interface AccountRow {
  id: string
  signInName: string
  name: string
  role: AccountRole
  /** areaId null = everywhere. */
  scope: { areaId: string | null; name: string | null; path: string }[]
  memberId: string | null
  departmentId: string | null
  hasPassword: boolean
  isDisabled: boolean
  lastSeenAt: number | null
  version: number
}

export interface NewAccount {
  id: string
  signInName: string
  name: string
  role: AccountRole
  memberId: string | null
  departmentId: string | null
}

export interface AccountUpdate {
  id: string
  version: number
  name: string
  role: AccountRole
  isDisabled: boolean
  /** Whether what it may do changes, which ends its sessions. */
  endsSessions: boolean
}

const ACCOUNT_COLUMNS = `
  a.id, a.sign_in_name AS "signInName", a.name, a.role, a.member_id AS "memberId", a.department_id AS "departmentId",
  a.password_hash IS NOT NULL AS "hasPassword", a.is_disabled AS "isDisabled", a.last_seen_at AS "lastSeenAt", a.version,
  (SELECT coalesce(json_agg(json_build_object('areaId', sc.area_id, 'name', ar.name, 'path', coalesce(ar.path, '/'))
                            ORDER BY ar.path), '[]')
   FROM account_scopes sc LEFT JOIN areas ar ON ar.id = sc.area_id WHERE sc.account_id = a.id) AS scope`

/** An account that reaches nothing counts as the root's. */
const IN_REACH = `
  coalesce((SELECT bool_and(in_scope(ar.path, $1)) FROM account_scopes sc LEFT JOIN areas ar ON ar.id = sc.area_id
            WHERE sc.account_id = a.id), in_scope(NULL, $1))`

export const accountsQueries = (db: Queryable) => ({
  async list(scope: readonly string[]): Promise<AccountRow[]> {
    return db.query(`SELECT ${ACCOUNT_COLUMNS} FROM accounts a WHERE ${IN_REACH} ORDER BY lower(a.sign_in_name)`, [
      scope,
    ])
  },

  async find(scope: readonly string[], id: string): Promise<AccountRow | null> {
    const [row] = await db.query<AccountRow>(
      `SELECT ${ACCOUNT_COLUMNS} FROM accounts a WHERE ${IN_REACH} AND a.id = $2`,
      [scope, id],
    )
    return row ?? null
  },

  /** False when the sign-in name is taken or the member has an account already. */
  async insert({ id, signInName, name, role, memberId, departmentId }: NewAccount): Promise<boolean> {
    const rows = await db.query(
      `INSERT INTO accounts (id, sign_in_name, name, role, member_id, department_id)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1`,
      [id, signInName, name, role, memberId, departmentId],
    )
    return rows.length === 1
  },

  /** False when the version is no longer the current one. */
  async update({ id, version, name, role, isDisabled, endsSessions }: AccountUpdate): Promise<boolean> {
    const rows = await db.query(
      `UPDATE accounts SET name = $3, role = $4, is_disabled = $5, version = version + 1,
              authorisation_version = authorisation_version + $6::int
       WHERE id = $1 AND version = $2 RETURNING 1`,
      [id, version, name, role, isDisabled, endsSessions ? 1 : 0],
    )
    return rows.length === 1
  },

  /** null in the list = everywhere. */
  async setScope(accountId: string, areaIds: readonly (string | null)[]): Promise<void> {
    await db.query('DELETE FROM account_scopes WHERE account_id = $1', [accountId])
    await db.query(
      'INSERT INTO account_scopes (account_id, area_id) SELECT DISTINCT $1::uuid, area FROM unnest($2::uuid[]) AS area',
      [accountId, areaIds],
    )
  },

  async countAreas(scope: readonly string[], ids: readonly string[]): Promise<number> {
    const [row] = await db.query<{ count: number }>(
      'SELECT count(*) AS count FROM areas WHERE id = ANY ($2::uuid[]) AND in_scope(path, $1)',
      [scope, ids],
    )
    return row?.count ?? 0
  },

  /** Whether a member is on the roster of a scope: by a post in it, or without any post from everywhere. */
  async hasMember(scope: readonly string[], id: string): Promise<boolean> {
    const rows = await db.query(
      `SELECT 1 FROM members m WHERE m.id = $2 AND (
         EXISTS (SELECT 1 FROM posts p JOIN areas ar ON ar.id = p.area_id WHERE p.member_id = m.id AND in_scope(ar.path, $1))
         OR (in_scope(NULL, $1) AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.member_id = m.id)))`,
      [scope, id],
    )
    return rows.length === 1
  },

  async hasDepartment(id: string): Promise<boolean> {
    return (await db.query('SELECT 1 FROM departments WHERE id = $1', [id])).length === 1
  },

  /** Whether some active account manages the whole installation. */
  async hasAdministrator(): Promise<boolean> {
    const rows = await db.query(
      `SELECT 1 FROM accounts a JOIN account_scopes sc ON sc.account_id = a.id AND sc.area_id IS NULL
       WHERE a.role = 'streetAdmin' AND NOT a.is_disabled LIMIT 1`,
    )
    return rows.length === 1
  },

  async isNameTaken(signInName: string): Promise<boolean> {
    return (await db.query('SELECT 1 FROM accounts WHERE lower(sign_in_name) = lower($1)', [signInName])).length > 0
  },
})
export type AccountsQueries = ReturnType<typeof accountsQueries>
