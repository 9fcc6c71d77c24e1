/** Without an administrator nobody could ever come in: an installation that has none is given one, without a password. */
import { v7 as uuid } from 'uuid'
import { audit } from '../audit/audit.ts'
import type { Database } from '../database/connect.ts'
import { accountsQueries } from './accounts.queries.ts'

const ADMINISTRATOR = { signInName: 'admin', name: '系统管理员', role: 'streetAdmin' } as const
const EVERYWHERE = [null]

/** Makes the administrator unless there is one already. */
export function ensureAdministrator(db: Database): Promise<void> {
  return db.transaction(async (tx) => {
    const accounts = accountsQueries(tx)
    if (await accounts.hasAdministrator()) return
    const id = uuid()
    if (!(await accounts.insert({ id, ...ADMINISTRATOR, memberId: null, departmentId: null }))) return
    await accounts.setScope(id, EVERYWHERE)
    await audit(tx, {
      actor: null,
      action: 'account.create',
      resource: 'account',
      resourceId: id,
      areaPath: null,
      detail: ADMINISTRATOR,
    })
  })
}
