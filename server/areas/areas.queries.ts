/** SQL of areas, always within a scope. */
import type { Area } from '#contract/areas'
import type { Queryable } from '../database/connect.ts'

const AREA_COLUMNS = `
  a.id, a.parent_id AS "parentId", a.level, a.code, a.name,
  json_build_array(ST_X(a.centre), ST_Y(a.centre)) AS centre,
  json_build_array(ST_XMin(a.border), ST_YMin(a.border), ST_XMax(a.border), ST_YMax(a.border)) AS bounds,
  a.square_metres AS "squareMetres", a.households, b.name AS "branchName"`

export type AreaRow = Area & { path: string }
export type AncestorRow = Pick<Area, 'id' | 'level' | 'name'>

export const areasQueries = (db: Queryable) => ({
  /** Every area in scope, the tree's order: parents before children, then by code. */
  async list(scope: readonly string[]): Promise<Area[]> {
    return db.query(
      `SELECT ${AREA_COLUMNS} FROM areas a LEFT JOIN branches b ON b.id = a.branch_id
       WHERE in_scope(a.path, $1) ORDER BY a.path`,
      [scope],
    )
  },

  async find(id: string, scope: readonly string[]): Promise<AreaRow | null> {
    const [row] = await db.query<AreaRow>(
      `SELECT ${AREA_COLUMNS}, a.path FROM areas a LEFT JOIN branches b ON b.id = a.branch_id
       WHERE a.id = $1 AND in_scope(a.path, $2)`,
      [id, scope],
    )
    return row ?? null
  },

  /** Areas by their paths, from the root down. */
  async byPaths(paths: readonly string[]): Promise<AncestorRow[]> {
    return db.query('SELECT id, level, name FROM areas WHERE path = ANY ($1) ORDER BY length(path)', [paths])
  },
})
export type AreasQueries = ReturnType<typeof areasQueries>
