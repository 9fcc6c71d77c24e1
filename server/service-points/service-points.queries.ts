/** SQL of service points. */
import type { LonLat } from '#contract/geo'
import type { ServicePoint, ServicePointWrite } from '#contract/service-points'
import type { Queryable } from '../database/connect.ts'

/** `path`: of the point's area; null = on no area. */
export type ServicePointRow = ServicePoint & { path: string | null }
export interface PointArea {
  id: string
  path: string
}

const POINT_COLUMNS = `
  s.id, s.code, s.name, s.kind, s.address, s.phone, s.services, s.hours, s.closed_on AS "closedOn",
  s.closed_reason AS "closedReason", json_build_array(ST_X(s.position), ST_Y(s.position)) AS position,
  a.id AS "areaId", a.name AS "areaName", s.version`

/** Straight lines by the lattice of degrees bend with latitude: ask for more, then order by true metres. */
const CANDIDATES_PER_POINT = 4

export const servicePointsQueries = (db: Queryable) => ({
  async list(scope: readonly string[]): Promise<ServicePoint[]> {
    return db.query(
      `SELECT ${POINT_COLUMNS} FROM service_points s LEFT JOIN areas a ON a.id = s.area_id
       WHERE in_scope(a.path, $1) ORDER BY s.code`,
      [scope],
    )
  },

  /** The nearest to a place, straight distance in metres. */
  async nearest(place: LonLat, count: number): Promise<(ServicePoint & { metres: number })[]> {
    return db.query(
      `WITH here AS (SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326) AS place),
            candidates AS (SELECT s.* FROM service_points s, here ORDER BY s.position <-> here.place LIMIT $3)
       SELECT ${POINT_COLUMNS}, ST_Distance(s.position::geography, here.place::geography) AS metres
       FROM here, candidates s LEFT JOIN areas a ON a.id = s.area_id ORDER BY metres, s.code LIMIT $4`,
      [place[0], place[1], count * CANDIDATES_PER_POINT, count],
    )
  },

  async byIds(ids: readonly string[]): Promise<ServicePoint[]> {
    return db.query(
      `SELECT ${POINT_COLUMNS} FROM service_points s LEFT JOIN areas a ON a.id = s.area_id WHERE s.id = ANY ($1::uuid[])`,
      [ids],
    )
  },

  async find(id: string, scope: readonly string[]): Promise<ServicePointRow | null> {
    const [row] = await db.query<ServicePointRow>(
      `SELECT ${POINT_COLUMNS}, a.path FROM service_points s LEFT JOIN areas a ON a.id = s.area_id
       WHERE s.id = $1 AND in_scope(a.path, $2)`,
      [id, scope],
    )
    return row ?? null
  },

  /** The grid that holds a place. */
  async gridAt([longitude, latitude]: LonLat): Promise<PointArea | null> {
    const [row] = await db.query<PointArea>(
      'SELECT id, path FROM areas WHERE id = grid_at(ST_SetSRID(ST_MakePoint($1, $2), 4326))',
      [longitude, latitude],
    )
    return row ?? null
  },

  async nextNumber(): Promise<number> {
    const [row] = await db.query<{ number: number }>(`SELECT nextval('record_numbers') AS number`)
    if (!row) throw new Error('The sequence of record numbers gave nothing.')
    return row.number
  },

  /** False when the code is taken. */
  async insert(id: string, code: string, point: ServicePointWrite, areaId: string | null): Promise<boolean> {
    const rows = await db.query(
      `INSERT INTO service_points (id, code, name, kind, address, phone, services, hours, position, area_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ST_SetSRID(ST_MakePoint($9, $10), 4326), $11)
       ON CONFLICT (code) DO NOTHING RETURNING 1`,
      [id, code, ...valuesOf(point), areaId],
    )
    return rows.length === 1
  },

  /** False when the version is no longer the current one. */
  async update(id: string, version: number, point: ServicePointWrite, areaId: string | null): Promise<boolean> {
    const rows = await db.query(
      `UPDATE service_points SET name = $3, kind = $4, address = $5, phone = $6, services = $7, hours = $8,
              position = ST_SetSRID(ST_MakePoint($9, $10), 4326), area_id = $11, version = version + 1
       WHERE id = $1 AND version = $2 RETURNING 1`,
      [id, version, ...valuesOf(point), areaId],
    )
    return rows.length === 1
  },

  /** `day`: the local day it stays closed, YYYY-MM-DD; null = open as usual. False as in update(). */
  async setClosed(id: string, version: number, day: string | null, reason: string | null): Promise<boolean> {
    const rows = await db.query(
      `UPDATE service_points SET closed_on = $3, closed_reason = $4, version = version + 1
       WHERE id = $1 AND version = $2 RETURNING 1`,
      [id, version, day, reason],
    )
    return rows.length === 1
  },
})
export type ServicePointsQueries = ReturnType<typeof servicePointsQueries>

const valuesOf = ({ name, kind, address, phone, services, hours, position }: ServicePointWrite) => [
  name,
  kind,
  address,
  phone,
  services,
  JSON.stringify(hours),
  ...position,
]
