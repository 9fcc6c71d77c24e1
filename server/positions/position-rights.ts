/** What a viewer may see of positions, from the policy table and the area order. */
import { grantFor } from '#contract/roles'
import { scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { OrderRange } from './area-order.ts'
import type { PositionRights } from './frames.ts'

/** null: nothing at all. `rangesOf` gives the ranges of the area order that a scope reaches. */
export function positionRights(
  viewer: Viewer,
  rangesOf: (scope: readonly string[]) => OrderRange[],
): PositionRights | null {
  const grant = grantFor(viewer.role, 'position.see')
  if (!grant) return null
  return {
    detail: grant.detail,
    ranges: rangesOf(scopeUnder(grant, viewer)),
    onlyMemberId: grant.reach === 'own' ? (viewer.memberId ?? '') : null,
  }
}
