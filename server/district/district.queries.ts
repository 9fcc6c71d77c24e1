/** SQL of the whole installation at a glance: settings, data versions, bounds and counts within a scope. */
import type { DataLayer, District } from '#contract/district'
import type { Bounds } from '#contract/geo'
import type { Reach } from '../auth/reach.ts'
import type { Queryable } from '../database/connect.ts'

export interface Settings {
  districtName?: string
  timeZone?: string
  demoSeed?: number
  attribution?: string
}

/** Null when nothing was united. */
const asBounds = (extent: string) => `
  CASE WHEN ${extent} IS NULL THEN NULL
       ELSE json_build_array(ST_XMin(${extent}), ST_YMin(${extent}), ST_XMax(${extent}), ST_YMax(${extent})) END`

export const districtQueries = (db: Queryable) => ({
  async settings(): Promise<Settings> {
    const [row] = await db.query<{ settings: Settings }>(
      `SELECT coalesce(json_object_agg(key, value), '{}') AS settings FROM settings`,
    )
    return row?.settings ?? {}
  },

  async versions(): Promise<Record<DataLayer, number>> {
    const [row] = await db.query<{ versions: Record<DataLayer, number> }>(
      'SELECT json_object_agg(layer, version) AS versions FROM data_versions',
    )
    if (!row) throw new Error('data_versions is empty.')
    return row.versions
  },

  /** Differs after every change of anything stored that lists show. */
  async stamp(): Promise<string> {
    const [row] = await db.query<{ stamp: string }>(
      `SELECT json_build_array((SELECT seq FROM fact_counter),
         (SELECT json_agg(version ORDER BY layer) FROM data_versions),
         (SELECT json_object_agg(key, value) FROM settings))::text AS stamp`,
    )
    if (!row) throw new Error('Reading the stamp gave no row.')
    return row.stamp
  },

  /** Names of the areas without a parent, at most two. */
  async rootNames(): Promise<string[]> {
    const rows = await db.query<{ name: string }>(
      'SELECT name FROM areas WHERE parent_id IS NULL ORDER BY code LIMIT 2',
    )
    return rows.map(({ name }) => name)
  },

  /** What holds the areas in scope; without any, all areas, then buildings, then the base map; null = an empty map. */
  async bounds(scope: readonly string[]): Promise<Bounds | null> {
    const [row] = await db.query<{ bounds: Bounds | null }>(
      `WITH mine AS (SELECT ST_Extent(border) AS box FROM areas WHERE in_scope(path, $1)),
            every AS (SELECT ST_Extent(border) AS box FROM areas WHERE (SELECT box FROM mine) IS NULL),
            built AS (SELECT ST_Extent(coalesce(shape, centre)) AS box FROM buildings
                      WHERE (SELECT coalesce(mine.box, every.box) FROM mine, every) IS NULL),
            base AS (SELECT ST_Extent(shape) AS box FROM base_features
                     WHERE (SELECT coalesce(mine.box, every.box, built.box) FROM mine, every, built) IS NULL),
            whole AS (SELECT coalesce(mine.box, every.box, built.box, base.box) AS box FROM mine, every, built, base)
       SELECT ${asBounds('box')} AS bounds FROM whole`,
      [scope],
    )
    return row?.bounds ?? null
  },

  /** Counts within reach. Members are those with a post or a team there. */
  async counts(scope: readonly string[], cases: Reach): Promise<District['counts']> {
    const [row] = await db.query<District['counts']>(
      `WITH mine AS (SELECT id, level FROM areas WHERE in_scope(path, $1)),
            people AS (SELECT member_id FROM posts WHERE area_id IN (SELECT id FROM mine)
                       UNION SELECT tm.member_id FROM team_members tm JOIN teams t ON t.id = tm.team_id
                       WHERE t.area_id IN (SELECT id FROM mine))
       SELECT (SELECT count(*) FROM mine) AS areas,
              (SELECT count(*) FROM mine WHERE level = 'grid') AS grids,
              (SELECT count(*) FROM buildings b
               WHERE b.area_id IN (SELECT id FROM mine) OR (b.area_id IS NULL AND in_scope(NULL, $1))) AS buildings,
              (SELECT count(*) FROM members m
               WHERE m.is_active AND (in_scope(NULL, $1) OR m.id IN (SELECT member_id FROM people))) AS members,
              (SELECT count(*) FROM teams WHERE area_id IN (SELECT id FROM mine)) AS teams,
              (SELECT count(*) FROM service_points s
               WHERE s.area_id IN (SELECT id FROM mine) OR (s.area_id IS NULL AND in_scope(NULL, $1)))
                AS "servicePoints",
              (SELECT count(*) FROM cases c LEFT JOIN areas a ON a.id = c.area_id
               WHERE c.closed_at IS NULL
                 AND (in_scope(a.path, $2) OR c.department_id = $3 OR c.handler_id = $4)) AS "openCases"`,
      [scope, cases.scope, cases.departmentId, cases.memberId],
    )
    if (!row) throw new Error('Counting gave no row.')
    return row
  },
})
export type DistrictQueries = ReturnType<typeof districtQueries>
