/** Viewers for tests of services: each role with a scope, as a session would give them. */
import { type Action, type Grant, grantFor, type Role } from '#contract/roles'
import type { Viewer } from '../../server/auth/viewer.ts'

/** A viewer of a role; '/' reaches everything. */
export const viewerOf = (role: Role, scope: readonly string[] = ['/'], more: Partial<Viewer> = {}): Viewer => ({
  accountId: '019a0000-0000-7000-8000-000000000001',
  name: '程雨涵',
  role,
  scope,
  memberId: null,
  departmentId: null,
  ...more,
})

/** The grant of a role that has one. */
export function grantTo(role: Role, action: Action): Grant {
  const grant = grantFor(role, action)
  if (!grant) throw new Error(`${role} has no grant for ${action}.`)
  return grant
}
