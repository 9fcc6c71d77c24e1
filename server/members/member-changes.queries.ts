/** SQL of keeping the roster. */
import type { MemberWrite } from '#contract/members'
import type { Queryable } from '../database/connect.ts'
import { membersQueries } from './members.queries.ts'

export type MemberValues = Omit<MemberWrite, 'posts'>
export type PostWrite = MemberWrite['posts'][number] & { id: string }

export const memberChangesQueries = (db: Queryable) => ({
  ...membersQueries(db),

  async nextNumber(): Promise<number> {
    const [row] = await db.query<{ number: number }>(`SELECT nextval('record_numbers') AS number`)
    if (!row) throw new Error('The sequence of record numbers gave nothing.')
    return row.number
  },

  /** False when the code is taken. */
  async insert(id: string, code: string, values: MemberValues): Promise<boolean> {
    const rows = await db.query(
      `INSERT INTO members (id, code, name, badge, phone, is_party_member, skills) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (code) DO NOTHING RETURNING 1`,
      [id, code, values.name, values.badge, values.phone, values.isPartyMember, values.skills],
    )
    return rows.length === 1
  },

  /** False when the version is no longer the current one. */
  async update(id: string, version: number, values: MemberValues & { isActive: boolean }): Promise<boolean> {
    const rows = await db.query(
      `UPDATE members SET name = $3, badge = $4, phone = $5, is_party_member = $6, skills = $7, is_active = $8,
              version = version + 1
       WHERE id = $1 AND version = $2 RETURNING 1`,
      [id, version, values.name, values.badge, values.phone, values.isPartyMember, values.skills, values.isActive],
    )
    return rows.length === 1
  },

  /**
   * Makes the posts in scope those given; posts elsewhere stay. A post that stays keeps its building or service point.
   */
  async setPosts(memberId: string, posts: readonly PostWrite[], scope: readonly string[]): Promise<void> {
    const [ids, names, areaIds] = [posts.map(({ id }) => id), posts.map(({ post }) => post), posts.map(areaOf)]
    await db.query(
      `DELETE FROM posts p USING areas a
       WHERE a.id = p.area_id AND p.member_id = $1 AND in_scope(a.path, $2)
         AND NOT EXISTS (SELECT 1 FROM unnest($3::text[], $4::uuid[]) AS kept (post, area_id)
                         WHERE kept.post = p.post AND kept.area_id = p.area_id)`,
      [memberId, scope, names, areaIds],
    )
    await db.query(
      `INSERT INTO posts (id, member_id, post, area_id)
       SELECT wanted.id, $1, wanted.post, wanted.area_id
       FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS wanted (id, post, area_id)
       WHERE NOT EXISTS (SELECT 1 FROM posts p
                         WHERE p.member_id = $1 AND p.post = wanted.post AND p.area_id = wanted.area_id)
       ON CONFLICT DO NOTHING`,
      [memberId, ids, names, areaIds],
    )
  },

  /** Which of these areas are in scope. */
  async areasAmong(ids: readonly string[], scope: readonly string[]): Promise<string[]> {
    const rows = await db.query<{ id: string }>(
      'SELECT id FROM areas WHERE id = ANY ($1::uuid[]) AND in_scope(path, $2)',
      [ids, scope],
    )
    return rows.map(({ id }) => id)
  },
})
export type MemberChangesQueries = ReturnType<typeof memberChangesQueries>

const areaOf = ({ areaId }: PostWrite) => areaId
