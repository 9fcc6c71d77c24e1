/** How far a grant reaches, in the form that SQL and serialisers ask for it. */
import { EVERYWHERE, type Grant, isInScope } from '#contract/roles'
import type { Viewer } from './viewer.ts'

/** The subtrees whose records a grant reaches, as SQL's in_scope() takes them; none for own and assigned records. */
export function scopeUnder(grant: Grant, viewer: Viewer): readonly string[] {
  if (grant.reach === 'all') return [EVERYWHERE]
  return grant.reach === 'area' ? viewer.scope : []
}

/** Records reached by where they lie or by whom they were handed to. A record is reached when any part says so. */
export interface Reach {
  scope: readonly string[]
  departmentId: string | null
  memberId: string | null
}

/** Reach over records that can be handed to a member or a department. */
export function reachUnder(grant: Grant, viewer: Viewer): Reach {
  const isAssigned = grant.reach === 'assigned'
  return {
    scope: scopeUnder(grant, viewer),
    departmentId: isAssigned ? viewer.departmentId : null,
    memberId: isAssigned ? viewer.memberId : null,
  }
}

/** Where a record lies and whom it was handed to. */
export interface Placed {
  /** Path of its area; null = on no area. */
  path: string | null
  departmentId: string | null
  handlerId: string | null
}

/** Whether a grant reaches a record; the same rule as the SQL of lists. */
export function isReached(grant: Grant | null, viewer: Viewer, record: Placed): boolean {
  if (!grant) return false
  if (grant.reach === 'assigned')
    return (
      (viewer.departmentId !== null && viewer.departmentId === record.departmentId) ||
      (viewer.memberId !== null && viewer.memberId === record.handlerId)
    )
  return isInScope(record.path, scopeUnder(grant, viewer))
}
