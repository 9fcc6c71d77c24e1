/**
 * Which grid holds what: after areas changed, places already loaded are given their grid anew. In slices, because the
 * embedded database serves nobody else meanwhile; a mark in the settings says that it is not finished.
 */
import type { Queryable } from '../../server/database/connect.ts'

const PLACED = [
  { table: 'cases', place: 'position' },
  { table: 'buildings', place: 'centre' },
  { table: 'service_points', place: 'position' },
] as const
export type PlacedTable = (typeof PLACED)[number]['table']
export const placedTables = PLACED.map(({ table }) => table)

const placeOf = (table: PlacedTable) => PLACED.find((placed) => placed.table === table)?.place ?? 'position'

export const attributionQueries = (db: Queryable) => ({
  async mark(isDue: boolean): Promise<void> {
    await db.query(
      isDue
        ? `INSERT INTO settings (key, value) VALUES ('attributionDue', 'true') ON CONFLICT (key) DO NOTHING`
        : `DELETE FROM settings WHERE key = 'attributionDue'`,
    )
  },

  async isDue(): Promise<boolean> {
    const rows = await db.query(`SELECT 1 FROM settings WHERE key = 'attributionDue'`)
    return rows.length > 0
  },

  async count(table: PlacedTable): Promise<number> {
    const [row] = await db.query<{ count: number }>(
      `SELECT count(*) AS count FROM ${table} WHERE ${placeOf(table)} IS NOT NULL`,
    )
    return row?.count ?? 0
  },

  /** The next places after an id, and those of them whose grid is another now. */
  async findMoved(table: PlacedTable, after: string, limit: number) {
    const [row] = await db.query<{ last: string | null; seen: number; moved: { id: string; areaId: string | null }[] }>(
      `WITH slice AS MATERIALIZED (
         SELECT id, area_id, grid_at(${placeOf(table)}) AS found FROM (
           SELECT id, area_id, ${placeOf(table)} FROM ${table}
           WHERE id > $1 AND ${placeOf(table)} IS NOT NULL ORDER BY id LIMIT $2) next
       )
       SELECT max(id::text) AS last, count(*) AS seen,
              coalesce(json_agg(json_build_object('id', id, 'areaId', found))
                       FILTER (WHERE area_id IS DISTINCT FROM found), '[]') AS moved
       FROM slice`,
      [after, limit],
    )
    return row ?? { last: null, seen: 0, moved: [] }
  },

  async move(table: PlacedTable, moved: readonly { id: string; areaId: string | null }[]): Promise<void> {
    await db.query(
      `UPDATE ${table} t SET area_id = m.area_id
       FROM unnest($1::uuid[], $2::uuid[]) AS m (id, area_id) WHERE t.id = m.id`,
      [moved.map(({ id }) => id), moved.map(({ areaId }) => areaId)],
    )
  },

  /** Gives areas without a parent the one that holds their middle: the lowest level above their own. */
  async findParents(): Promise<number> {
    const orphans = await db.query<{ id: string; parentId: string }>(
      `SELECT child.id, parent.id AS "parentId"
       FROM areas child, LATERAL (
         SELECT p.id FROM areas p
         WHERE ST_Covers(p.border, child.centre)
           AND array_position(ARRAY['street', 'community', 'grid'], p.level)
             < array_position(ARRAY['street', 'community', 'grid'], child.level)
         ORDER BY array_position(ARRAY['street', 'community', 'grid'], p.level) DESC, p.code LIMIT 1) parent
       WHERE child.parent_id IS NULL AND child.level <> 'street'`,
    )
    if (orphans.length > 0)
      await db.query(
        `UPDATE areas a SET parent_id = o.parent_id
         FROM unnest($1::uuid[], $2::uuid[]) AS o (id, parent_id) WHERE a.id = o.id`,
        [orphans.map(({ id }) => id), orphans.map(({ parentId }) => parentId)],
      )
    return orphans.length
  },
})
export type AttributionQueries = ReturnType<typeof attributionQueries>
