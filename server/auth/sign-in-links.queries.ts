/** SQL of one-time sign-in links. Tokens arrive hashed; each carries what it is for. */
import type { AccountRole } from '#contract/roles'
import type { Queryable } from '../database/connect.ts'

export interface LinkAccount {
  id: string
  signInName: string
  name: string
  role: AccountRole
}

export const signInLinksQueries = (db: Queryable) => ({
  async create(tokenHash: Buffer, accountId: string, lifetimeMs: number): Promise<number> {
    const [row] = await db.query<{ expiresAt: number }>(
      `INSERT INTO sign_in_links (token_hash, account_id, purpose, expires_at)
       VALUES ($1, $2, 'signIn', now() + $3 * interval '1 millisecond') RETURNING expires_at AS "expiresAt"`,
      [tokenHash, accountId, lifetimeMs],
    )
    if (!row) throw new Error('The link was not stored.')
    return row.expiresAt
  },

  /** Uses up a link; of two at once exactly one gets the account. */
  async consume(tokenHash: Buffer): Promise<{ accountId: string; authorisationVersion: number } | null> {
    const [row] = await db.query<{ accountId: string; authorisationVersion: number }>(
      `UPDATE sign_in_links l SET used_at = now() FROM accounts a
       WHERE l.token_hash = $1 AND l.purpose = 'signIn' AND l.used_at IS NULL AND l.expires_at > now()
         AND a.id = l.account_id AND NOT a.is_disabled
       RETURNING l.account_id AS "accountId", a.authorisation_version AS "authorisationVersion"`,
      [tokenHash],
    )
    return row ?? null
  },

  async find(tokenHash: Buffer): Promise<{ isSpent: boolean; name: string; role: AccountRole } | null> {
    const [row] = await db.query<{ isSpent: boolean; name: string; role: AccountRole }>(
      `SELECT l.used_at IS NOT NULL OR l.expires_at <= now() OR a.is_disabled AS "isSpent", a.name, a.role
       FROM sign_in_links l JOIN accounts a ON a.id = l.account_id WHERE l.token_hash = $1`,
      [tokenHash],
    )
    return row ?? null
  },

  /** Removes links that ran out a day ago; until then their page can say so. */
  async sweep(): Promise<void> {
    await db.query("DELETE FROM sign_in_links WHERE expires_at < now() - interval '1 day'")
  },

  /** Accounts by sign-in name (without case), shown name or role; disabled ones are left out. */
  async findAccounts(nameOrRole: string): Promise<LinkAccount[]> {
    return db.query(
      `SELECT id, sign_in_name AS "signInName", name, role FROM accounts
       WHERE NOT is_disabled AND (lower(sign_in_name) = lower($1) OR name = $1 OR lower(role) = lower($1))
       ORDER BY (lower(sign_in_name) = lower($1)) DESC, sign_in_name LIMIT 20`,
      [nameOrRole],
    )
  },

  /** One active account of each of the given roles that has any. */
  async oneOfEach(roles: readonly AccountRole[]): Promise<LinkAccount[]> {
    return db.query(
      `SELECT id, sign_in_name AS "signInName", name, role FROM (
         SELECT DISTINCT ON (role) * FROM accounts WHERE NOT is_disabled AND role = ANY ($1) ORDER BY role, sign_in_name
       ) a ORDER BY array_position($1, role)`,
      [roles],
    )
  },

  /** Whether anybody ever signed in: then the first start is over. */
  async hasEverBeenUsed(): Promise<boolean> {
    const [row] = await db.query<{ isUsed: boolean }>(
      'SELECT EXISTS (SELECT 1 FROM accounts WHERE last_seen_at IS NOT NULL) AS "isUsed"',
    )
    return row?.isUsed ?? false
  },

  /** Where the running server is reached; null before its first start. */
  async homeOrigin(): Promise<string | null> {
    const [row] = await db.query<{ value: string }>("SELECT value FROM settings WHERE key = 'homeOrigin'")
    return row?.value ?? null
  },

  async setHomeOrigin(origin: string): Promise<void> {
    await db.query(
      `INSERT INTO settings (key, value) VALUES ('homeOrigin', $1) ON CONFLICT (key) DO UPDATE SET value = $1`,
      [JSON.stringify(origin)],
    )
  },
})
export type SignInLinksQueries = ReturnType<typeof signInLinksQueries>
