/** SQL of what anybody may read: where a place lies, who answers for its grid, service points around it. */
import type { LonLat } from '#contract/geo'
import type { FoundPlace, ResidentPoint } from '#contract/resident'
import type { Queryable } from '../database/connect.ts'
import type { LikePatterns } from '../database/like.ts'

export interface PlaceRow {
  id: string
  title: string
  position: LonLat
  /** Of its grid; null outside every grid. */
  gridId: string | null
  path: string | null
}
export interface HolderRow {
  name: string
  post: string
  badge: string | null
  isOnDuty: boolean
}
/** A point before the walk to it is known. */
export type PointRow = Omit<ResidentPoint, 'walkMetres'>
export interface DeskSettings {
  dutyPhone?: string
  dutyDeskName?: string
}

const point = (column: string) => `json_build_array(ST_X(${column}), ST_Y(${column}))`
const isOnDuty = (member: string) =>
  `EXISTS (SELECT 1 FROM duties d WHERE d.member_id = ${member} AND d.ended_at IS NULL)`
const HERE = 'ST_SetSRID(ST_MakePoint($1, $2), 4326)'

const POINT_COLUMNS = `
  s.code, s.name, s.kind, s.address, s.phone, s.services, s.hours, s.closed_on AS "closedOn",
  s.closed_reason AS "closedReason", ${point('s.position')} AS position,
  EXISTS (SELECT 1 FROM posts p JOIN members m ON m.id = p.member_id
          WHERE p.service_point_id = s.id AND p.post = 'pointStaff' AND m.is_active AND ${isOnDuty('m.id')}) AS "isStaffed"`

export const residentsQueries = (db: Queryable) => ({
  async grid(id: string): Promise<PlaceRow | null> {
    const [row] = await db.query<PlaceRow>(
      `SELECT id, name AS title, ${point('centre')} AS position, id AS "gridId", path
       FROM areas WHERE id = $1 AND level = 'grid'`,
      [id],
    )
    return row ?? null
  },

  async building(id: string): Promise<PlaceRow | null> {
    const [row] = await db.query<PlaceRow>(
      `SELECT b.id, coalesce(b.name, b.address, b.code) AS title, ${point('b.centre')} AS position,
              a.id AS "gridId", a.path
       FROM buildings b LEFT JOIN areas a ON a.id = b.area_id WHERE b.id = $1`,
      [id],
    )
    return row ?? null
  },

  async gridAt([longitude, latitude]: LonLat): Promise<{ id: string; path: string } | null> {
    const [row] = await db.query<{ id: string; path: string }>(
      `SELECT id, path FROM areas WHERE id = grid_at(${HERE})`,
      [longitude, latitude],
    )
    return row ?? null
  },

  /** Names of areas by their paths, from the root down. */
  async areaNames(paths: readonly string[]): Promise<string[]> {
    const rows = await db.query<{ name: string }>(
      'SELECT name FROM areas WHERE path = ANY ($1) ORDER BY length(path)',
      [paths],
    )
    return rows.map(({ name }) => name)
  },

  /** Who may stand on the public board of a grid. */
  async holders(gridId: string): Promise<HolderRow[]> {
    return db.query(
      `SELECT DISTINCT m.name, p.post, m.badge, m.code, ${isOnDuty('m.id')} AS "isOnDuty"
       FROM posts p JOIN members m ON m.id = p.member_id
       WHERE p.area_id = $1 AND p.post IN ('gridMember', 'gridLeader') AND m.is_active ORDER BY m.code`,
      [gridId],
    )
  },

  /** Straight distance in metres, the nearest first. */
  async pointsAround([longitude, latitude]: LonLat, limit: number): Promise<PointRow[]> {
    return db.query(
      `SELECT ${POINT_COLUMNS}, round(ST_Distance(s.position::geography, ${HERE}::geography)) AS metres
       FROM service_points s ORDER BY metres, s.code LIMIT $3`,
      [longitude, latitude, limit],
    )
  },

  /** Centres before the small ones. */
  async points(limit: number): Promise<PointRow[]> {
    return db.query(
      `SELECT ${POINT_COLUMNS}, NULL::double precision AS metres FROM service_points s
       ORDER BY array_position(ARRAY['centre', 'station', 'microComplex', 'mediationRoom'], s.kind), s.code LIMIT $1`,
      [limit],
    )
  },

  /** Grids and buildings whose names hold the words. */
  async places({ like, words, prefix }: LikePatterns, limit: number): Promise<FoundPlace[]> {
    const title = 'coalesce(b.name, b.address, b.code)'
    return db.query(
      `(SELECT 'grid' AS kind, g.id, g.name AS title, p.name AS detail,
               CASE WHEN g.name ${like} $2 THEN 0 ELSE 1 END AS rank, g.code
        FROM areas g LEFT JOIN areas p ON p.id = g.parent_id
        WHERE g.level = 'grid' AND concat_ws(' ', p.name, g.name) ${like} ALL ($1))
       UNION ALL
       (SELECT 'building', b.id, ${title}, concat_ws(' · ', b.estate, a.name),
               CASE WHEN ${title} ${like} $2 OR b.estate ${like} $2 THEN 0 ELSE 1 END, b.code
        FROM buildings b LEFT JOIN areas a ON a.id = b.area_id
        WHERE concat_ws(' ', b.name, b.estate, b.address) ${like} ALL ($1))
       ORDER BY rank, title, code LIMIT $3`,
      [words, prefix, limit],
    )
  },

  async hasCategory(key: string): Promise<boolean> {
    return (await db.query('SELECT 1 FROM case_categories WHERE key = $1', [key])).length === 1
  },

  async desk(): Promise<DeskSettings> {
    const [row] = await db.query<{ settings: DeskSettings }>(
      `SELECT coalesce(json_object_agg(key, value), '{}') AS settings FROM settings
       WHERE key IN ('dutyPhone', 'dutyDeskName')`,
    )
    return row?.settings ?? {}
  },
})
export type ResidentsQueries = ReturnType<typeof residentsQueries>
