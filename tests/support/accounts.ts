/** Accounts for tests, written straight into the database. */
import { v7 as uuid } from 'uuid'
import type { AccountRole } from '../../contract/roles.ts'
import type { Queryable } from '../../server/database/connect.ts'

export interface TestAccount {
  id: string
  signInName: string
}

export interface AccountOptions {
  /** Areas whose subtrees it reaches; 'everywhere' for the installation's first administrator. */
  scope: readonly string[] | 'everywhere'
  signInName?: string
  name?: string
  memberId?: string | null
  departmentId?: string | null
}

export async function insertAccount(db: Queryable, role: AccountRole, options: AccountOptions): Promise<TestAccount> {
  const id = uuid()
  const signInName = options.signInName ?? `${role}-${id.slice(-6)}`
  await db.query(
    `INSERT INTO accounts (id, sign_in_name, name, role, member_id, department_id) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, signInName, options.name ?? signInName, role, options.memberId ?? null, options.departmentId ?? null],
  )
  for (const areaId of options.scope === 'everywhere' ? [null] : options.scope)
    await db.query('INSERT INTO account_scopes (account_id, area_id) VALUES ($1, $2)', [id, areaId])
  return { id, signInName }
}
