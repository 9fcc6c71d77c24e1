/** SQL of reading cases, always within a reach: by area, or by whom a case was handed to. */
import type { CaseDetail, OpenCase } from '#contract/cases'
import type { Reach } from '../auth/reach.ts'
import type { Queryable } from '../database/connect.ts'

/** A case as stored; server/cases/case-audience.ts decides what of it a viewer reads. */
export interface OpenCaseRow extends Omit<OpenCase, 'holder' | 'position'> {
  longitude: number | null
  latitude: number | null
  /** Path of the case's area. */
  path: string | null
  departmentId: string | null
  departmentName: string | null
  handlerId: string | null
  handlerName: string | null
  handlerBadge: string | null
}

export interface CaseRow extends OpenCaseRow, Pick<CaseDetail, DetailColumn> {
  /** The call that became it. */
  callId: string | null
  callCode: string | null
}
type DetailColumn =
  | 'text'
  | 'address'
  | 'source'
  | 'outcome'
  | 'areaName'
  | 'buildingId'
  | 'buildingName'
  | 'reporterName'
  | 'reporterPhone'
  | 'closedAt'
  | 'version'

const OPEN_COLUMNS = `
  c.id, c.code, c.title, c.category_key AS "categoryKey", c.category_name AS "categoryName", c.stage, c.priority,
  c.area_id AS "areaId", a.path, ST_X(c.position) AS longitude, ST_Y(c.position) AS latitude,
  c.department_id AS "departmentId", d.name AS "departmentName",
  c.handler_id AS "handlerId", m.name AS "handlerName", m.badge AS "handlerBadge",
  c.is_supervised AS "isSupervised", c.reported_at AS "reportedAt", c.warn_at AS "warnAt", c.due_at AS "dueAt"`

const DETAIL_COLUMNS = `
  c.text, c.address, c.source, c.outcome, a.name AS "areaName", c.building_id AS "buildingId",
  coalesce(b.name, b.address, b.code) AS "buildingName", c.reporter_name AS "reporterName",
  c.reporter_phone AS "reporterPhone", c.closed_at AS "closedAt", c.version, k.id AS "callId", k.code AS "callCode"`

const JOINS = `
  LEFT JOIN areas a ON a.id = c.area_id
  LEFT JOIN members m ON m.id = c.handler_id
  LEFT JOIN departments d ON d.id = c.department_id`

/** The reach is parameters 1 to 3: subtrees, department, member. */
const IN_REACH = '(in_scope(a.path, $1) OR c.department_id = $2::uuid OR c.handler_id = $3::uuid)'
const reachValues = ({ scope, departmentId, memberId }: Reach) => [scope, departmentId, memberId]

export const casesQueries = (db: Queryable) => ({
  /** Unresolved cases, due first, those without a limit last. */
  async open(reach: Reach, limit: number): Promise<OpenCaseRow[]> {
    return db.query(
      `SELECT ${OPEN_COLUMNS} FROM cases c ${JOINS} WHERE c.closed_at IS NULL AND ${IN_REACH}
       ORDER BY c.due_at, c.reported_at, c.id LIMIT $4`,
      [...reachValues(reach), limit],
    )
  },

  /** Unresolved cases by id, whoever may see them: the caller holds each against its viewers. */
  async openByIds(ids: readonly string[]): Promise<OpenCaseRow[]> {
    return db.query(
      `SELECT ${OPEN_COLUMNS} FROM cases c ${JOINS} WHERE c.closed_at IS NULL AND c.id = ANY ($1::uuid[])`,
      [ids],
    )
  },

  async countOpen(reach: Reach): Promise<number> {
    const [row] = await db.query<{ count: number }>(
      `SELECT count(*) AS count FROM cases c LEFT JOIN areas a ON a.id = c.area_id
       WHERE c.closed_at IS NULL AND ${IN_REACH}`,
      reachValues(reach),
    )
    return row?.count ?? 0
  },

  async find(id: string, reach: Reach): Promise<CaseRow | null> {
    const [row] = await db.query<CaseRow>(
      `SELECT ${OPEN_COLUMNS}, ${DETAIL_COLUMNS} FROM cases c ${JOINS} LEFT JOIN buildings b ON b.id = c.building_id
         LEFT JOIN calls k ON k.case_id = c.id
       WHERE ${IN_REACH} AND c.id = $4`,
      [...reachValues(reach), id],
    )
    return row ?? null
  },

  /** What happened to a case, oldest first. */
  async steps(caseId: string): Promise<CaseDetail['steps']> {
    return db.query('SELECT at, stage, actor, note FROM case_steps WHERE case_id = $1 ORDER BY at, id', [caseId])
  },

  /** Cases reported and closed in a subtree on each of the last seven local days, today last. */
  async week(
    path: string,
    timeZone: string,
    now: number,
  ): Promise<{ day: string; reported: number; closed: number }[]> {
    return db.query(
      `WITH today AS (SELECT (to_timestamp($3::double precision / 1000) AT TIME ZONE $2)::date AS day),
            days AS (SELECT today.day - back AS day FROM today, generate_series(0, 6) AS back),
            first AS (SELECT min(day)::timestamp AT TIME ZONE $2 AS instant FROM days),
            inside AS (SELECT id FROM areas WHERE path ^@ $1),
            happened AS (
              SELECT (c.reported_at AT TIME ZONE $2)::date AS day, 1 AS reported, 0 AS closed FROM cases c, first
              WHERE c.area_id IN (SELECT id FROM inside) AND c.reported_at >= first.instant
              UNION ALL
              SELECT (c.closed_at AT TIME ZONE $2)::date, 0, 1 FROM cases c, first
              WHERE c.area_id IN (SELECT id FROM inside) AND c.closed_at >= first.instant)
       SELECT days.day, coalesce(sum(happened.reported), 0) AS reported, coalesce(sum(happened.closed), 0) AS closed
       FROM days LEFT JOIN happened ON happened.day = days.day GROUP BY days.day ORDER BY days.day`,
      [path, timeZone, now],
    )
  },
})
export type CasesQueries = ReturnType<typeof casesQueries>
