/** SQL of passwords: reading what a sign-in is checked against, and storing a new one. */
import type { Queryable } from '../database/connect.ts'

export interface Credentials {
  accountId: string
  passwordHash: string | null
  authorisationVersion: number
}

const CREDENTIALS = `
  id AS "accountId", password_hash AS "passwordHash", authorisation_version AS "authorisationVersion"`

export const passwordsQueries = (db: Queryable) => ({
  /** By sign-in name, without case. A disabled account is like none. */
  async byName(signInName: string): Promise<Credentials | null> {
    const [row] = await db.query<Credentials>(
      `SELECT ${CREDENTIALS} FROM accounts WHERE lower(sign_in_name) = lower($1) AND NOT is_disabled`,
      [signInName],
    )
    return row ?? null
  },

  async byAccount(accountId: string): Promise<Credentials | null> {
    const [row] = await db.query<Credentials>(`SELECT ${CREDENTIALS} FROM accounts WHERE id = $1 AND NOT is_disabled`, [
      accountId,
    ])
    return row ?? null
  },

  /** Stores a password and ends every session; null when the account changed since it was read. */
  async set({ accountId, authorisationVersion }: Credentials, passwordHash: string): Promise<number | null> {
    const [row] = await db.query<{ authorisationVersion: number }>(
      `UPDATE accounts SET password_hash = $3, authorisation_version = authorisation_version + 1, version = version + 1
       WHERE id = $1 AND authorisation_version = $2 AND NOT is_disabled
       RETURNING authorisation_version AS "authorisationVersion"`,
      [accountId, authorisationVersion, passwordHash],
    )
    return row?.authorisationVersion ?? null
  },
})
export type PasswordsQueries = ReturnType<typeof passwordsQueries>
