/** An account as the form holds it, and as the contract takes it. */
import { type Account, type AccountChange, type AccountCreate, accountChange, accountCreate } from '#contract/accounts'
import { type AccountRole, grantableRoles, type Role } from '#contract/roles'
import { type Faults, faultsOf } from '../edit/field-faults.ts'

export interface AccountFields {
  signInName: string
  name: string
  role: AccountRole
  scopeAreaIds: string[]
  /** '' = none. */
  memberId: string
  departmentId: string
  /** The installation's first administrators reach everything, which is no list of areas. */
  isEverywhere: boolean
}

/** Who the account is for, where that is settled before the form opens. */
export interface AccountOwner {
  memberId: string
  name: string
  /** Areas of his posts: where he most likely works. */
  areaIds: string[]
}

export function accountFields(account: Account | null, owner: AccountOwner | null = null): AccountFields {
  return {
    signInName: account?.signInName ?? '',
    name: account?.name ?? owner?.name ?? '',
    role: account?.role ?? (owner ? 'member' : 'dispatcher'),
    scopeAreaIds: account?.scope.map(({ areaId }) => areaId) ?? [...new Set(owner?.areaIds)],
    memberId: account?.memberId ?? owner?.memberId ?? '',
    departmentId: account?.departmentId ?? '',
    isEverywhere: account !== null && account.scope.length === 0,
  }
}

/** Only a department's account belongs to a department, and it belongs to no member. */
export function accountCreateBody(fields: AccountFields): AccountCreate {
  const isDepartment = fields.role === 'department'
  return {
    signInName: fields.signInName.trim(),
    name: fields.name.trim(),
    role: fields.role,
    scopeAreaIds: [...fields.scopeAreaIds],
    memberId: isDepartment ? null : fields.memberId || null,
    departmentId: isDepartment ? fields.departmentId || null : null,
  }
}

/** What the account may reach is left alone where it is everything and no area was picked instead. */
export function accountChangeBody(fields: AccountFields, version: number): AccountChange {
  const scope =
    fields.isEverywhere && fields.scopeAreaIds.length === 0 ? {} : { scopeAreaIds: [...fields.scopeAreaIds] }
  return { name: fields.name.trim(), role: fields.role, ...scope, version }
}

export function accountFaults(fields: AccountFields, isNew: boolean): Faults {
  if (!isNew) return faultsOf(accountChange, accountChangeBody(fields, 1))
  const faults = faultsOf(accountCreate, accountCreateBody(fields))
  return fields.role === 'department' && fields.departmentId === '' ? { ...faults, departmentId: 'missing' } : faults
}

/** Whether a role may change, disable or let in an account: never one of its own level or above. */
export const mayManage = (viewer: Role, account: Pick<Account, 'role'>): boolean =>
  grantableRoles[viewer].includes(account.role)

/** Roles that act on their own records, so must be somebody on the roster. */
const memberRoles: ReadonlySet<AccountRole> = new Set(['member', 'gridLeader'])

/**
 * Roles a viewer may give: those below his own that fit who the account is for. A department's account stays one, and
 * nothing else becomes one.
 */
export function roleChoices(
  viewer: Role,
  account: Pick<Account, 'role' | 'memberId'> | null,
  owner: AccountOwner | null,
): readonly AccountRole[] {
  const isMember = owner !== null || (account !== null && account.memberId !== null)
  return grantableRoles[viewer].filter((role) => {
    if (role === 'department') return account ? account.role === 'department' : owner === null
    if (account?.role === 'department') return false
    return isMember || !memberRoles.has(role)
  })
}
