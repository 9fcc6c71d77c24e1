/** SQL of place codes: the sheet of an area, making, revoking, and what a scanned code means. */
import type { CodedPlace } from '#contract/place-codes'
import type { Queryable } from '../database/connect.ts'

export interface CodedRow extends Omit<CodedPlace, 'code'> {
  codeId: string | null
  code: string | null
  createdAt: number | null
}
export interface CodeTarget {
  areaId: string | null
  buildingId: string | null
  isRevoked: boolean
}
/** A place that may be given a code, and the path of its area. */
export interface PlacePath {
  id: string
  path: string | null
}
/** One code for one place. */
export interface NewCode {
  id: string
  code: string
  placeId: string
}

const CODE_COLUMNS = 'c.id AS "codeId", c.code, c.created_at AS "createdAt"'
const revokedOf = (column: string, owner: string) =>
  `(SELECT count(*) FROM place_codes r WHERE r.${column} = ${owner}.id AND r.revoked_at IS NOT NULL) AS revoked`

export const placeCodesQueries = (db: Queryable) => ({
  async area(id: string, scope: readonly string[]): Promise<{ path: string; level: string } | null> {
    const [row] = await db.query<{ path: string; level: string }>(
      'SELECT path, level FROM areas WHERE id = $1 AND in_scope(path, $2)',
      [id, scope],
    )
    return row ?? null
  },

  async grids(path: string): Promise<CodedRow[]> {
    return db.query(
      `SELECT 'grid' AS kind, a.id AS "placeId", a.name AS title, p.name AS detail, ${CODE_COLUMNS},
              ${revokedOf('area_id', 'a')}
       FROM areas a LEFT JOIN areas p ON p.id = a.parent_id
       LEFT JOIN place_codes c ON c.area_id = a.id AND c.revoked_at IS NULL
       WHERE a.level = 'grid' AND a.path ^@ $1 ORDER BY a.path`,
      [path],
    )
  },

  async buildings(path: string): Promise<CodedRow[]> {
    return db.query(
      `SELECT 'building' AS kind, b.id AS "placeId", coalesce(b.name, b.address, b.code) AS title,
              concat_ws(' · ', b.estate, a.name) AS detail, ${CODE_COLUMNS}, ${revokedOf('building_id', 'b')}
       FROM buildings b JOIN areas a ON a.id = b.area_id
       LEFT JOIN place_codes c ON c.building_id = b.id AND c.revoked_at IS NULL
       WHERE a.path ^@ $1 ORDER BY b.estate NULLS LAST, length(b.code), b.code`,
      [path],
    )
  },

  async gridPaths(ids: readonly string[]): Promise<PlacePath[]> {
    return db.query("SELECT id, path FROM areas WHERE id = ANY ($1::uuid[]) AND level = 'grid'", [ids])
  },

  async buildingPaths(ids: readonly string[]): Promise<PlacePath[]> {
    return db.query(
      'SELECT b.id, a.path FROM buildings b LEFT JOIN areas a ON a.id = b.area_id WHERE b.id = ANY ($1::uuid[])',
      [ids],
    )
  },

  /** How many were made; a place that has a code in force keeps it. */
  async insert(column: 'area_id' | 'building_id', codes: readonly NewCode[], at: number): Promise<number> {
    const rows = await db.query(
      `INSERT INTO place_codes (id, code, ${column}, created_at)
       SELECT id, code, place, to_timestamp($4::double precision / 1000)
       FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS made (id, code, place)
       ON CONFLICT (${column}) WHERE revoked_at IS NULL DO NOTHING RETURNING 1`,
      [codes.map(({ id }) => id), codes.map(({ code }) => code), codes.map(({ placeId }) => placeId), at],
    )
    return rows.length
  },

  /** A code in force, with the path of its place. */
  async find(id: string, scope: readonly string[]): Promise<{ path: string | null; title: string } | null> {
    const [row] = await db.query<{ path: string | null; title: string }>(
      `SELECT a.path, coalesce(b.name, b.address, b.code, a.name) AS title
       FROM place_codes c LEFT JOIN buildings b ON b.id = c.building_id
       LEFT JOIN areas a ON a.id = coalesce(c.area_id, b.area_id)
       WHERE c.id = $1 AND c.revoked_at IS NULL AND in_scope(a.path, $2)`,
      [id, scope],
    )
    return row ?? null
  },

  async revoke(id: string, at: number): Promise<boolean> {
    const rows = await db.query(
      `UPDATE place_codes SET revoked_at = greatest(created_at, to_timestamp($2::double precision / 1000))
       WHERE id = $1 AND revoked_at IS NULL RETURNING 1`,
      [id, at],
    )
    return rows.length === 1
  },

  async target(code: string): Promise<CodeTarget | null> {
    const [row] = await db.query<CodeTarget>(
      `SELECT area_id AS "areaId", building_id AS "buildingId", revoked_at IS NOT NULL AS "isRevoked"
       FROM place_codes WHERE code = $1`,
      [code],
    )
    return row ?? null
  },
})
export type PlaceCodesQueries = ReturnType<typeof placeCodesQueries>
