/** Accounts: who may sign in, as what, and for which subtrees. */
import { v7 as uuid } from 'uuid'
import type { Account, AccountChange, AccountCreate } from '#contract/accounts'
import { commonPath } from '../audit/audit.ts'
import type { Audited } from '../audit/audited.ts'
import type { SignInLinksService } from '../auth/sign-in-links.service.ts'
import type { Viewer } from '../auth/viewer.ts'
import { badInput, notFound, Refusal, versionConflict } from '../errors.ts'
import type { Command } from '../serve.ts'
import { refuseAboveOwnLevel, refuseIncomplete, refuseRole } from './account-rules.ts'
import type { AccountRow, AccountsQueries } from './accounts.queries.ts'

export interface AccountsParts {
  queries: AccountsQueries
  change: Audited<AccountsQueries>
  links: Pick<SignInLinksService, 'create'>
}

export function createAccountsService({ queries, change, links }: AccountsParts) {
  return {
    list: async (viewer: Viewer): Promise<Account[]> => (await queries.list(viewer.scope)).map(toAccount),

    create: (viewer: Viewer, wanted: AccountCreate, command: Command | null): Promise<Account> =>
      change(({ queries: tx, audit, once }) =>
        once(command, async () => {
          refuseRole(viewer, wanted.role)
          refuseIncomplete(wanted)
          await refuseOutOfReach(tx, viewer, wanted)
          const id = uuid()
          if (!(await tx.insert({ id, ...wanted }))) throw await taken(tx, wanted)
          await tx.setScope(id, wanted.scopeAreaIds)
          const made = await mustFind(tx, viewer, id)
          await audit({ actor: viewer, action: 'account.create', ...placeOf(made), detail: summary(made) })
          return toAccount(made)
        }),
      ),

    change: (viewer: Viewer, id: string, wanted: AccountChange): Promise<Account> =>
      change(async ({ queries: tx, audit }) => {
        const before = await mustFind(tx, viewer, id)
        refuseAboveOwnLevel(viewer, before)
        const next = { ...before, ...withoutUndefined(wanted), version: wanted.version }
        refuseRole(viewer, next.role)
        refuseIncomplete(next)
        const isNewScope = wanted.scopeAreaIds !== undefined && !isSameScope(before, wanted.scopeAreaIds)
        if (wanted.scopeAreaIds) await refuseAreasOutOfReach(tx, viewer, wanted.scopeAreaIds)
        const endsSessions = isNewScope || next.role !== before.role || next.isDisabled !== before.isDisabled
        if (!(await tx.update({ ...next, endsSessions })))
          throw versionConflict('this account', toAccount(await mustFind(tx, viewer, id)))
        if (isNewScope && wanted.scopeAreaIds) await tx.setScope(id, wanted.scopeAreaIds)
        const after = await mustFind(tx, viewer, id)
        const detail = { before: summary(before), after: summary(after) }
        await audit({ actor: viewer, action: 'account.change', ...placeOf(before), detail })
        return toAccount(after)
      }),

    /** A one-time link for somebody to sign in with; his sessions and password stay as they are. */
    async link(viewer: Viewer, id: string, origin: string) {
      const account = await mustFind(queries, viewer, id)
      refuseAboveOwnLevel(viewer, account)
      if (account.isDisabled) throw new Refusal('not_allowed', 'This account is disabled. Enable it first.')
      return links.create({ accountId: id, origin, actor: viewer, areaPath: placeOf(account).areaPath })
    },
  }
}
export type AccountsService = ReturnType<typeof createAccountsService>

/** Also refuses an unknown id, in the same words: whether something exists elsewhere is not told. */
async function refuseOutOfReach(queries: AccountsQueries, viewer: Viewer, wanted: AccountCreate): Promise<void> {
  await refuseAreasOutOfReach(queries, viewer, wanted.scopeAreaIds)
  if (wanted.memberId !== null && !(await queries.hasMember(viewer.scope, wanted.memberId)))
    throw badInput('memberId', 'this person was not found, or is outside your area')
  if (wanted.departmentId !== null && !(await queries.hasDepartment(wanted.departmentId)))
    throw badInput('departmentId', 'this department was not found')
}

async function refuseAreasOutOfReach(queries: AccountsQueries, viewer: Viewer, ids: readonly string[]): Promise<void> {
  const unique = [...new Set(ids)]
  if ((await queries.countAreas(viewer.scope, unique)) !== unique.length)
    throw badInput('scopeAreaIds', 'one of these areas was not found, or is outside your area')
}

async function mustFind(queries: AccountsQueries, viewer: Viewer, id: string): Promise<AccountRow> {
  const account = await queries.find(viewer.scope, id)
  if (!account) throw notFound('The account')
  return account
}

async function taken(queries: AccountsQueries, { signInName }: AccountCreate): Promise<Refusal> {
  return (await queries.isNameTaken(signInName))
    ? new Refusal('already_exists', 'This sign-in name is taken. Choose another one.', {
        fields: { signInName: 'taken' },
      })
    : new Refusal('already_exists', 'This person has an account already.', { fields: { memberId: 'has an account' } })
}

const isSameScope = ({ scope }: AccountRow, ids: readonly string[]) =>
  new Set(ids).size === scope.length && scope.every(({ areaId }) => areaId !== null && ids.includes(areaId))

const withoutUndefined = ({ name, role, isDisabled }: AccountChange) => ({
  ...(name !== undefined && { name }),
  ...(role !== undefined && { role }),
  ...(isDisabled !== undefined && { isDisabled }),
})

const placeOf = ({ id, scope }: AccountRow) => ({
  resource: 'account',
  resourceId: id,
  areaPath: commonPath(scope.map(({ path }) => path)),
})

const summary = ({ signInName, name, role, scope, isDisabled }: AccountRow) => ({
  signInName,
  name,
  role,
  scope: scope.map(({ name: area }) => area),
  isDisabled,
})

const toAccount = (row: AccountRow): Account => ({
  ...row,
  scope: row.scope.flatMap(({ areaId, name }) => (areaId && name ? [{ areaId, name }] : [])),
})
