/** SQL of the palette's search: substrings of names, codes and titles, each kind within its own reach. */
import type { LonLat } from '#contract/geo'
import type { Reach } from '../auth/reach.ts'
import type { Queryable } from '../database/connect.ts'
import type { LikePatterns } from '../database/like.ts'

/** What to look for: as typed, and ready for SQL. */
export interface Wanted extends LikePatterns {
  text: string
}

/** 0 = the code itself, 1 = begins so, 2 = contains it. */
export type Rank = 0 | 1 | 2

interface Found {
  id: string
  code: string
  rank: Rank
  position: LonLat | null
}
export type FoundArea = Found & { name: string }
export type FoundBuilding = Found & { name: string; estate: string | null; address: string | null }
export type FoundMember = Found & { name: string; badge: string | null; path: string | null; areaName: string | null }
export type FoundCase = Found & { title: string; categoryName: string; areaName: string | null }
export type FoundPoint = Found & { name: string; address: string | null }

const place = (column: string) =>
  `CASE WHEN ${column} IS NULL THEN NULL ELSE json_build_array(ST_X(${column}), ST_Y(${column})) END`

/** Parameters 1 to 3 are the words, the prefix and the text. */
const matches = ({ like }: Wanted, columns: readonly string[]) =>
  `(${columns.map((column) => `coalesce(${column}, '')`).join(` || ' ' || `)}) ${like} ALL ($1)`
const rankOf = ({ like }: Wanted, code: string, name: string) =>
  `CASE WHEN lower(${code}) = lower($3) THEN 0 WHEN ${name} ${like} $2 OR ${code} ${like} $2 THEN 1 ELSE 2 END`
const values = ({ words, prefix, text }: Wanted) => [words, prefix, text]

export const searchQueries = (db: Queryable) => ({
  async areas(wanted: Wanted, scope: readonly string[], limit: number): Promise<FoundArea[]> {
    return db.query(
      `SELECT a.id, a.code, a.name, ${place('a.centre')} AS position, ${rankOf(wanted, 'a.code', 'a.name')} AS rank
       FROM areas a WHERE ${matches(wanted, ['a.name', 'a.code'])} AND in_scope(a.path, $4)
       ORDER BY rank, length(a.path), a.code LIMIT $5`,
      [...values(wanted), scope, limit],
    )
  },

  async buildings(wanted: Wanted, scope: readonly string[], limit: number): Promise<FoundBuilding[]> {
    const name = 'coalesce(b.name, b.address, b.code)'
    return db.query(
      `SELECT b.id, b.code, ${name} AS name, b.estate, b.address, ${place('b.centre')} AS position,
              ${rankOf(wanted, 'b.code', name)} AS rank
       FROM buildings b LEFT JOIN areas a ON a.id = b.area_id
       WHERE ${matches(wanted, ['b.name', 'b.code', 'b.estate', 'b.address'])} AND in_scope(a.path, $4)
       ORDER BY rank, length(b.name), b.code LIMIT $5`,
      [...values(wanted), scope, limit],
    )
  },

  /** People on the active roster; each with the first of his areas in scope. */
  async members(wanted: Wanted, scope: readonly string[], limit: number): Promise<FoundMember[]> {
    return db.query(
      `WITH found AS (
         SELECT m.id, m.code, m.name, m.badge, ${rankOf(wanted, 'm.code', 'm.name')} AS rank
         FROM members m
         WHERE m.is_active AND ${matches(wanted, ['m.name', 'm.code', 'm.badge'])}
           AND (in_scope(NULL, $4)
                OR EXISTS (SELECT 1 FROM posts p JOIN areas a ON a.id = p.area_id
                           WHERE p.member_id = m.id AND in_scope(a.path, $4))
                OR EXISTS (SELECT 1 FROM team_members tm JOIN teams t ON t.id = tm.team_id
                           JOIN areas a ON a.id = t.area_id WHERE tm.member_id = m.id AND in_scope(a.path, $4)))
         ORDER BY rank, m.code LIMIT $5)
       SELECT found.*, home.path, home.name AS "areaName", ${place('home.centre')} AS position
       FROM found LEFT JOIN LATERAL (
         SELECT a.path, a.name, a.centre FROM posts p JOIN areas a ON a.id = p.area_id
         WHERE p.member_id = found.id AND in_scope(a.path, $4) ORDER BY length(a.path) DESC, a.path LIMIT 1) home ON true
       ORDER BY found.rank, found.code`,
      [...values(wanted), scope, limit],
    )
  },

  /** Unresolved cases first, then the newest. */
  async cases(wanted: Wanted, reach: Reach, limit: number): Promise<FoundCase[]> {
    return db.query(
      `SELECT c.id, c.code, c.title, c.category_name AS "categoryName", a.name AS "areaName",
              ${place('c.position')} AS position, ${rankOf(wanted, 'c.code', 'c.title')} AS rank
       FROM cases c LEFT JOIN areas a ON a.id = c.area_id
       WHERE ${matches(wanted, ['c.title', 'c.code'])}
         AND (in_scope(a.path, $4) OR c.department_id = $5::uuid OR c.handler_id = $6::uuid)
       ORDER BY rank, c.closed_at IS NOT NULL, c.reported_at DESC LIMIT $7`,
      [...values(wanted), reach.scope, reach.departmentId, reach.memberId, limit],
    )
  },

  async servicePoints(wanted: Wanted, scope: readonly string[], limit: number): Promise<FoundPoint[]> {
    return db.query(
      `SELECT s.id, s.code, s.name, s.address, ${place('s.position')} AS position,
              ${rankOf(wanted, 's.code', 's.name')} AS rank
       FROM service_points s LEFT JOIN areas a ON a.id = s.area_id
       WHERE ${matches(wanted, ['s.name', 's.code', 's.address'])} AND in_scope(a.path, $4)
       ORDER BY rank, s.code LIMIT $5`,
      [...values(wanted), scope, limit],
    )
  },
})
export type SearchQueries = ReturnType<typeof searchQueries>
