/** SQL of who answers for areas and buildings: people on the active roster with a post there. */
import type { Queryable } from '../database/connect.ts'

export interface PostHolderRow {
  memberId: string
  name: string
  post: string
  badge: string | null
  isPartyMember: boolean
  phone: string | null
  skills: string[]
  areaId: string
  /** Path of the area of the post. */
  path: string
}

const HOLDER_COLUMNS = `
  m.id AS "memberId", m.name, p.post, m.badge, m.is_party_member AS "isPartyMember", m.phone, m.skills,
  a.id AS "areaId", a.path`

export const postHoldersQueries = (db: Queryable) => ({
  /** Posts on exactly these areas; somebody who heads three buildings there is one row. */
  async onAreas(areaIds: readonly string[]): Promise<PostHolderRow[]> {
    return db.query(
      `SELECT DISTINCT ${HOLDER_COLUMNS} FROM posts p JOIN members m ON m.id = p.member_id JOIN areas a ON a.id = p.area_id
       WHERE p.area_id = ANY ($1) AND m.is_active`,
      [areaIds],
    )
  },

  /** Holders of some posts on every area in scope. */
  async ofPosts(posts: readonly string[], scope: readonly string[]): Promise<PostHolderRow[]> {
    return db.query(
      `SELECT DISTINCT ${HOLDER_COLUMNS} FROM posts p JOIN members m ON m.id = p.member_id JOIN areas a ON a.id = p.area_id
       WHERE p.post = ANY ($1) AND in_scope(a.path, $2) AND m.is_active`,
      [posts, scope],
    )
  },

  async onBuilding(buildingId: string): Promise<PostHolderRow[]> {
    return db.query(
      `SELECT DISTINCT ${HOLDER_COLUMNS} FROM posts p JOIN members m ON m.id = p.member_id JOIN areas a ON a.id = p.area_id
       WHERE p.building_id = $1 AND m.is_active`,
      [buildingId],
    )
  },

  /** How many member households there are in a subtree. */
  async memberHouseholds(path: string): Promise<number> {
    const [row] = await db.query<{ households: number }>(
      `SELECT count(DISTINCT p.member_id) AS households
       FROM posts p JOIN members m ON m.id = p.member_id JOIN areas a ON a.id = p.area_id
       WHERE p.post = 'memberHousehold' AND a.path ^@ $1 AND m.is_active`,
      [path],
    )
    return row?.households ?? 0
  },
})
export type PostHoldersQueries = ReturnType<typeof postHoldersQueries>
