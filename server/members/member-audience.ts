/** A person of the roster as a viewer may read him. */
import type { Member } from '#contract/members'
import { grantFor } from '#contract/roles'
import { memberName, memberPhone } from '../auth/audience.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { MemberRow } from './members.queries.ts'

export function memberFor(viewer: Viewer, row: MemberRow): Member {
  const { id, code, badge, isPartyMember, branchName, skills, posts, teams, isActive, version } = row
  return {
    id,
    code,
    name: memberName(viewer, row),
    badge,
    phone: memberPhone(viewer, row.path, row.phone),
    isPartyMember,
    branchName,
    skills,
    posts: posts.map(({ post, areaId, areaName }) => ({ post, areaId, areaName })),
    teams,
    accountId: grantFor(viewer.role, 'account.manage') ? row.accountId : null,
    isActive,
    version,
  }
}
