/** SQL of buildings, always within a scope. */
import type { LonLat } from '#contract/geo'
import type { Queryable } from '../database/connect.ts'

export interface BuildingRow {
  id: string
  code: string
  name: string | null
  estate: string | null
  address: string | null
  kind: string | null
  floors: number | null
  heightMetres: number | null
  households: number | null
  centre: LonLat
  hasShape: boolean
  areaId: string | null
  areaName: string | null
  openCases: number
}

export interface CardBuildingRow {
  id: string
  /** Its name, else what tells it apart. */
  name: string
  households: number | null
  centre: LonLat
  head: { name: string; badge: string | null; path: string } | null
}

const CENTRE = 'json_build_array(ST_X(b.centre), ST_Y(b.centre)) AS centre'

export const buildingsQueries = (db: Queryable) => ({
  /** `casesScope`: where the viewer sees cases. */
  async find(id: string, scope: readonly string[], casesScope: readonly string[]): Promise<BuildingRow | null> {
    const [row] = await db.query<BuildingRow>(
      `SELECT b.id, b.code, b.name, b.estate, b.address, b.kind, b.floors, b.height_metres AS "heightMetres",
              b.households, ${CENTRE}, b.shape IS NOT NULL AS "hasShape", a.id AS "areaId", a.name AS "areaName",
              (SELECT count(*) FROM cases c LEFT JOIN areas ca ON ca.id = c.area_id
               WHERE c.building_id = b.id AND c.closed_at IS NULL AND in_scope(ca.path, $3)) AS "openCases"
       FROM buildings b LEFT JOIN areas a ON a.id = b.area_id WHERE b.id = $1 AND in_scope(a.path, $2)`,
      [id, scope, casesScope],
    )
    return row ?? null
  },

  /** Buildings of a subtree with one building head each, by estate and code. */
  async inSubtree(path: string, limit: number): Promise<CardBuildingRow[]> {
    return db.query(
      `SELECT b.id, coalesce(b.name, b.address, b.code) AS name, b.households, ${CENTRE},
              (SELECT json_build_object('name', m.name, 'badge', m.badge, 'path', a.path)
               FROM posts p JOIN members m ON m.id = p.member_id
               WHERE p.building_id = b.id AND p.post = 'buildingHead' AND m.is_active
               ORDER BY m.code LIMIT 1) AS head
       FROM buildings b JOIN areas a ON a.id = b.area_id
       WHERE a.path ^@ $1 ORDER BY b.estate NULLS LAST, length(b.code), b.code LIMIT $2`,
      [path, limit],
    )
  },

  async countInSubtree(path: string): Promise<number> {
    const [row] = await db.query<{ count: number }>(
      'SELECT count(*) AS count FROM buildings b JOIN areas a ON a.id = b.area_id WHERE a.path ^@ $1',
      [path],
    )
    return row?.count ?? 0
  },
})
export type BuildingsQueries = ReturnType<typeof buildingsQueries>
