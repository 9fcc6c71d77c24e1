/** What an administrator may do to accounts: below his own level, within his own area, never to himself. */
import { type AccountRole, grantableRoles } from '#contract/roles'
import type { Viewer } from '../auth/viewer.ts'
import { badInput, Refusal } from '../errors.ts'

/** Refuses changes to oneself and to accounts of one's own level or above. */
export function refuseAboveOwnLevel(viewer: Viewer, target: { id: string; role: AccountRole }): void {
  if (target.id === viewer.accountId)
    throw new Refusal('not_allowed', 'You cannot change your own account. Ask another administrator.')
  refuseRole(viewer, target.role)
}

/** Refuses to hand out a role of one's own level or above. */
export function refuseRole(viewer: Viewer, role: AccountRole): void {
  if (!grantableRoles[viewer.role].includes(role))
    throw new Refusal('not_allowed', 'You cannot manage accounts of this role. Ask an administrator above you.')
}

/** A role that acts on "own" or "assigned" records needs to be somebody, or some department. */
export function refuseIncomplete(account: {
  role: AccountRole
  memberId: string | null
  departmentId: string | null
}): void {
  const { role, memberId, departmentId } = account
  if ((role === 'member' || role === 'gridLeader') && memberId === null)
    throw badInput('memberId', 'choose the person on the roster whom this account is for')
  if (role === 'department' && departmentId === null)
    throw badInput('departmentId', 'choose the department this account is for')
  if (role !== 'department' && departmentId !== null)
    throw badInput('departmentId', 'only a department account has one')
}
