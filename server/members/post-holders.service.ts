/** Who answers for an area or a building, as a viewer may read it. */
import type { AreaLeaders, PostHolder } from '#contract/areas'
import { leadingPosts, postRank } from '#contract/members'
import { memberName, memberPhone } from '../auth/audience.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { PostHolderRow, PostHoldersQueries } from './post-holders.queries.ts'

export function createPostHoldersService({ queries }: { queries: PostHoldersQueries }) {
  return {
    /** Holders of each area, in the order of posts; an area without any is missing. */
    async onAreas(viewer: Viewer, areaIds: readonly string[]): Promise<Map<string, PostHolder[]>> {
      const byArea = new Map<string, PostHolder[]>()
      for (const row of (await queries.onAreas(areaIds)).sort(byPostThenName)) {
        const holders = byArea.get(row.areaId) ?? []
        byArea.set(row.areaId, [...holders, toHolder(viewer, row)])
      }
      return byArea
    },

    /** Who leads each area in scope; an area without a leader is missing. */
    async leaders(viewer: Viewer, scope: readonly string[]): Promise<AreaLeaders[]> {
      const names = new Map<string, string[]>()
      for (const row of (await queries.ofPosts(leadingPosts, scope)).sort(byPostThenName))
        names.set(row.areaId, [...(names.get(row.areaId) ?? []), memberName(viewer, row)])
      return [...names].map(([areaId, list]) => ({ areaId, names: list }))
    },

    async onBuilding(viewer: Viewer, buildingId: string): Promise<PostHolder[]> {
      const rows = await queries.onBuilding(buildingId)
      return rows.sort(byPostThenName).map((row) => toHolder(viewer, row))
    },

    memberHouseholds: (path: string) => queries.memberHouseholds(path),
  }
}
export type PostHoldersService = ReturnType<typeof createPostHoldersService>

const byPostThenName = (a: PostHolderRow, b: PostHolderRow) =>
  postRank(a.post) - postRank(b.post) || a.name.localeCompare(b.name, 'zh-CN') || (a.memberId < b.memberId ? -1 : 1)

function toHolder(viewer: Viewer, row: PostHolderRow): PostHolder {
  const { memberId, post, badge, isPartyMember, skills, path } = row
  return {
    memberId,
    name: memberName(viewer, row),
    post,
    badge,
    isPartyMember,
    phone: memberPhone(viewer, path, row.phone),
    skills,
  }
}
