/** A resident who never signed in, as the policy table and the audit log know him. */
import { type Action, type Grant, grantFor } from '#contract/roles'
import type { Viewer } from '../auth/viewer.ts'
import { Refusal } from '../errors.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** `path`: the subtree a report without a place of its own goes to. */
export const residentAt = (path: string | null): Viewer => ({
  accountId: NOBODY,
  name: '居民',
  role: 'residentAnonymous',
  scope: path === null ? [] : [path],
  memberId: null,
  departmentId: null,
})
export const resident = residentAt(null)

/** The public routes ask the policy table too: what it takes from residents is gone from the page. */
export function residentGrant(action: Action): Readonly<Grant> {
  const grant = grantFor('residentAnonymous', action)
  if (!grant) throw new Refusal('not_allowed', 'This is not open to residents here.')
  return grant
}
