/** Who is asking: the signed-in account with its role and the subtrees it reaches, as every service sees it. */
import { type Action, type Grant, grantFor, isInScope, type Role } from '#contract/roles'
import { Refusal } from '../errors.ts'

export interface Viewer {
  accountId: string
  name: string
  role: Role
  /** Path prefixes of contract/roles.ts `isInScope`; '/' is everywhere. */
  scope: readonly string[]
  memberId: string | null
  departmentId: string | null
}

/** The grant under which a viewer may do something, or a refusal. */
export function grantOf(viewer: Viewer, action: Action): Grant {
  const grant = grantFor(viewer.role, action)
  if (!grant) throw new Refusal('not_allowed', 'Your role does not allow this.')
  return grant
}

/** Whether a record on the given area path is within a viewer's reach. */
export const reaches = (viewer: Viewer, path: string | null) => isInScope(path, viewer.scope)
