/** SQL of reading the roster: people with a post or a team in scope; those with neither belong to everywhere. */
import type { Member } from '#contract/members'
import type { Queryable } from '../database/connect.ts'
import { type LikePatterns, likePatterns } from '../database/like.ts'

export interface MemberRow extends Omit<Member, 'posts'> {
  posts: (Member['posts'][number] & { path: string })[]
  /** The deepest area in scope where he has a post or a team; null = none. */
  path: string | null
}

export interface MemberFilter {
  scope: readonly string[]
  /** What was typed; null = everybody. */
  typed: string | null
  /** Whether what was typed may be part of a phone number. */
  byPhone: boolean
  /** Whether people who are switched off are listed too. */
  withInactive: boolean
}

const MEMBER_COLUMNS = `
  m.id, m.code, m.name, m.badge, m.phone, m.is_party_member AS "isPartyMember", b.name AS "branchName", m.skills,
  m.is_active AS "isActive", m.version, ac.id AS "accountId",
  (SELECT coalesce(json_agg(json_build_object('post', p.post, 'areaId', a.id, 'areaName', a.name, 'path', a.path)
                            ORDER BY a.path, p.post), '[]')
   FROM (SELECT DISTINCT post, area_id FROM posts WHERE member_id = m.id) p JOIN areas a ON a.id = p.area_id) AS posts,
  (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.code), '[]')
   FROM team_members tm JOIN teams t ON t.id = tm.team_id WHERE tm.member_id = m.id) AS teams,
  (SELECT a.path FROM areas a
   WHERE in_scope(a.path, $1)
     AND a.id IN (SELECT area_id FROM posts WHERE member_id = m.id
                  UNION ALL SELECT t.area_id FROM team_members tm JOIN teams t ON t.id = tm.team_id
                            WHERE tm.member_id = m.id)
   ORDER BY length(a.path) DESC, a.path LIMIT 1) AS path`
const JOINS = 'LEFT JOIN branches b ON b.id = m.branch_id LEFT JOIN accounts ac ON ac.member_id = m.id'

const IN_SCOPE = `
  (in_scope(NULL, $1)
   OR EXISTS (SELECT 1 FROM posts p JOIN areas a ON a.id = p.area_id WHERE p.member_id = m.id AND in_scope(a.path, $1))
   OR EXISTS (SELECT 1 FROM team_members tm JOIN teams t ON t.id = tm.team_id JOIN areas a ON a.id = t.area_id
              WHERE tm.member_id = m.id AND in_scope(a.path, $1)))`

/** Parameters: 1 scope, 2 words, 3 with inactive. */
const filtered = ({ like }: LikePatterns, byPhone: boolean) => `
  ${IN_SCOPE} AND (m.is_active OR $3)
  AND (m.name || ' ' || m.code || ' ' || coalesce(m.badge, '')${byPhone ? ` || ' ' || coalesce(m.phone, '')` : ''})
      ${like} ALL ($2)`

export const membersQueries = (db: Queryable) => ({
  /** A page of people by code, those after a code first. */
  async list(filter: MemberFilter, after: string | null, limit: number): Promise<MemberRow[]> {
    const patterns = likePatterns(filter.typed ?? '')
    return db.query(
      `SELECT ${MEMBER_COLUMNS} FROM members m ${JOINS}
       WHERE ${filtered(patterns, filter.byPhone)} AND ($4::text IS NULL OR m.code > $4) ORDER BY m.code LIMIT $5`,
      [filter.scope, patterns.words, filter.withInactive, after, limit],
    )
  },

  async count(filter: MemberFilter): Promise<number> {
    const patterns = likePatterns(filter.typed ?? '')
    const [row] = await db.query<{ count: number }>(
      `SELECT count(*) AS count FROM members m WHERE ${filtered(patterns, filter.byPhone)}`,
      [filter.scope, patterns.words, filter.withInactive],
    )
    return row?.count ?? 0
  },

  async find(id: string, scope: readonly string[]): Promise<MemberRow | null> {
    const [row] = await db.query<MemberRow>(
      `SELECT ${MEMBER_COLUMNS} FROM members m ${JOINS} WHERE m.id = $2 AND ${IN_SCOPE}`,
      [scope, id],
    )
    return row ?? null
  },

  /** Which of these people are on the active roster of a scope. */
  async activeAmong(ids: readonly string[], scope: readonly string[]): Promise<string[]> {
    const rows = await db.query<{ id: string }>(
      `SELECT m.id FROM members m WHERE m.id = ANY ($2::uuid[]) AND m.is_active AND ${IN_SCOPE}`,
      [scope, ids],
    )
    return rows.map(({ id }) => id)
  },

  /** The path of an area in scope. */
  async areaPath(id: string, scope: readonly string[]): Promise<string | null> {
    const [row] = await db.query<{ path: string }>('SELECT path FROM areas WHERE id = $1 AND in_scope(path, $2)', [
      id,
      scope,
    ])
    return row?.path ?? null
  },
})
export type MembersQueries = ReturnType<typeof membersQueries>
