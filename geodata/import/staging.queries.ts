/** The staging table: rows of the load under way, checked, placed and compared in small steps. */
import { v7 as uuid } from 'uuid'
import type { LoadKind } from '#contract/loads'
import type { Queryable } from '../../server/database/connect.ts'
import type { StagedRow } from './kinds/kind.ts'
import { targets } from './targets.queries.ts'

export interface StagedBatch {
  new: number
  changed: number
  same: number
  /** Rows with a place that no grid holds. */
  outside: number
  /** Rows whose shape the database does not accept, and its words. */
  faults: { index: number; reason: string }[]
}

interface StagingOptions {
  kind: LoadKind
  /** Fields the file has, and `shape` when its rows have places. */
  fields: ReadonlySet<string>
  isInGrid: boolean
}

/** What differs between a staged row `s` and its target `t`, as two rows to compare. */
function comparison({ kind, fields }: StagingOptions): string {
  const { columns, links } = targets[kind]
  const isPresent = (from: readonly string[]) => from.some((field) => fields.has(field))
  const pairs = Object.entries(columns)
    .filter(([, { from }]) => isPresent(from))
    .map(([name, { value, compare }]) => compare ?? [value, `t.${name}`])
  if (links && isPresent(links.from)) pairs.push(links.compare)
  return `ROW(${pairs.map(([staged]) => staged).join(', ')}) IS DISTINCT FROM ROW(${pairs.map(([, now]) => now).join(', ')})`
}

export const stagingQueries = (db: Queryable) => ({
  /** Empties the table. TRUNCATE and not DELETE: the embedded database never vacuums. */
  async clear(): Promise<void> {
    await db.query('TRUNCATE load_rows')
  },

  /**
   * Adds rows: their shape is judged before anything is computed from it, their grid is found, and they are compared
   * with what is there. One statement, so one short transaction.
   */
  async add(loadId: string, rows: readonly StagedRow[], options: StagingOptions): Promise<StagedBatch> {
    const [counts] = await db.query<StagedBatch>(
      `WITH given AS MATERIALIZED (
         SELECT g.row_index, g.id, g.code, g.data::jsonb AS data,
                CASE WHEN g.shape IS NOT NULL THEN ST_SetSRID(ST_GeomFromGeoJSON(g.shape), 4326) END AS shape
         FROM unnest($2::integer[], $3::uuid[], $4::text[], $5::text[], $6::text[])
              AS g (row_index, id, code, data, shape)
       ), judged AS MATERIALIZED (
         SELECT given.*, CASE WHEN NOT ST_IsValid(shape) THEN ST_IsValidReason(shape) END AS fault FROM given
       ), placed AS MATERIALIZED (
         SELECT judged.*,
                CASE WHEN fault IS NOT NULL THEN NULL
                     WHEN GeometryType(shape) = 'POINT' THEN shape ELSE ST_PointOnSurface(shape) END AS place
         FROM judged
       ), s AS MATERIALIZED (
         SELECT placed.*,
                CASE WHEN $7 AND place IS NOT NULL THEN grid_at(place) ELSE (data->>'areaId')::uuid END AS area_id
         FROM placed
       ), compared AS (
         SELECT s.*, CASE WHEN s.fault IS NOT NULL THEN 'refused'
                          WHEN t.id IS NULL THEN 'new'
                          WHEN ${comparison(options)} THEN 'changed'
                          ELSE 'same' END AS state
         FROM s LEFT JOIN ${targets[options.kind].table} t ON t.code = s.code
       ), added AS (
         INSERT INTO load_rows (load_id, row_index, id, code, data, shape, place, area_id, state)
         SELECT $1, row_index, id, code, data, shape, place, area_id, state FROM compared
       )
       SELECT count(*) FILTER (WHERE state = 'new') AS new, count(*) FILTER (WHERE state = 'changed') AS changed,
              count(*) FILTER (WHERE state = 'same') AS same,
              count(*) FILTER (WHERE $7 AND place IS NOT NULL AND area_id IS NULL) AS outside,
              coalesce(json_agg(json_build_object('index', row_index, 'reason', fault) ORDER BY row_index)
                       FILTER (WHERE fault IS NOT NULL), '[]') AS faults
       FROM compared`,
      [
        loadId,
        rows.map(({ index }) => index),
        rows.map(() => uuid()),
        rows.map(({ code }) => code),
        rows.map(({ data }) => JSON.stringify(data)),
        rows.map(({ shape }) => shape && JSON.stringify(shape)),
        options.isInGrid,
      ],
    )
    return counts ?? { new: 0, changed: 0, same: 0, outside: 0, faults: [] }
  },

  async hasGrids(): Promise<boolean> {
    const rows = await db.query(`SELECT 1 FROM areas WHERE level = 'grid' LIMIT 1`)
    return rows.length > 0
  },

  /** Takes rows out again that turned out to be refused later; returns how many of each state they were. */
  async refuse(loadId: string, indices: readonly number[]): Promise<Record<'new' | 'changed' | 'same', number>> {
    const [row] = await db.query<Record<'new' | 'changed' | 'same', number>>(
      `WITH before AS (SELECT row_index, state FROM load_rows WHERE load_id = $1 AND row_index = ANY ($2)),
            refused AS (UPDATE load_rows SET state = 'refused' WHERE load_id = $1 AND row_index = ANY ($2))
       SELECT count(*) FILTER (WHERE state = 'new') AS new, count(*) FILTER (WHERE state = 'changed') AS changed,
              count(*) FILTER (WHERE state = 'same') AS same FROM before`,
      [loadId, indices],
    )
    return row ?? { new: 0, changed: 0, same: 0 }
  },
})
export type StagingQueries = ReturnType<typeof stagingQueries>
