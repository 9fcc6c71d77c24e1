/** SQL of entering a case: where it lies, its number, the rows. */
import type { CaseReport } from '#contract/cases'
import type { LonLat } from '#contract/geo'
import type { Queryable } from '../database/connect.ts'

export interface NewCase extends Omit<CaseReport, 'position'> {
  id: string
  code: string
  categoryName: string
  position: LonLat | null
  areaId: string | null
  buildingId: string | null
  /** Milliseconds since the epoch. */
  reportedAt: number
}

export interface AreaAt {
  id: string
  path: string
}

const POINT = 'ST_SetSRID(ST_MakePoint($1, $2), 4326)'

export const caseReportQueries = (db: Queryable) => ({
  /** Whether a place is within half a degree (some 50 km) of the district; anything is while no area is loaded. */
  async isNearDistrict([longitude, latitude]: LonLat): Promise<boolean> {
    const [row] = await db.query<{ isNear: boolean }>(
      `SELECT NOT EXISTS (SELECT 1 FROM areas)
           OR EXISTS (SELECT 1 FROM areas WHERE parent_id IS NULL AND ST_Expand(border, 0.5) && ${POINT}) AS "isNear"`,
      [longitude, latitude],
    )
    return row?.isNear ?? false
  },

  /** false: the call has become a case already. */
  async linkCall(callId: string, caseId: string): Promise<boolean> {
    const rows = await db.query('UPDATE calls SET case_id = $2 WHERE id = $1 AND case_id IS NULL RETURNING 1', [
      callId,
      caseId,
    ])
    return rows.length === 1
  },

  /** The grid that holds a place. */
  async gridAt([longitude, latitude]: LonLat): Promise<AreaAt | null> {
    const [row] = await db.query<AreaAt>(`SELECT id, path FROM areas WHERE id = grid_at(${POINT})`, [
      longitude,
      latitude,
    ])
    return row ?? null
  },

  /** The first of these subtrees' own areas. */
  async firstArea(paths: readonly string[]): Promise<AreaAt | null> {
    const [row] = await db.query<AreaAt>('SELECT id, path FROM areas WHERE path = ANY ($1) ORDER BY path LIMIT 1', [
      paths,
    ])
    return row ?? null
  },

  /** The building whose shape holds a place. */
  async buildingAt([longitude, latitude]: LonLat): Promise<string | null> {
    const [row] = await db.query<{ id: string }>(
      `SELECT id FROM buildings WHERE ST_Covers(shape, ${POINT}) ORDER BY code LIMIT 1`,
      [longitude, latitude],
    )
    return row?.id ?? null
  },

  async categoryName(key: string): Promise<string | null> {
    const [row] = await db.query<{ name: string }>('SELECT name FROM case_categories WHERE key = $1', [key])
    return row?.name ?? null
  },

  async nextNumber(): Promise<number> {
    const [row] = await db.query<{ number: number }>(`SELECT nextval('case_numbers') AS number`)
    if (!row) throw new Error('The sequence of case numbers gave nothing.')
    return row.number
  },

  /** Whether the case was stored; false when its code is taken (by an imported case). */
  async insert(item: NewCase): Promise<boolean> {
    const rows = await db.query(
      `INSERT INTO cases (id, code, title, text, category_key, category_name, source, stage, priority, reported_at,
                          position, address, area_id, building_id, reporter_name, reporter_phone)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'accept', $8, to_timestamp($9::double precision / 1000),
               ST_SetSRID(ST_MakePoint($10, $11), 4326), $12, $13, $14, $15, $16)
       ON CONFLICT (code) DO NOTHING RETURNING 1`,
      [
        item.id,
        item.code,
        item.title,
        item.text,
        item.categoryKey,
        item.categoryName,
        item.source,
        item.priority,
        item.reportedAt,
        item.position?.[0] ?? null,
        item.position?.[1] ?? null,
        item.address,
        item.areaId,
        item.buildingId,
        item.reporterName,
        item.reporterPhone,
      ],
    )
    return rows.length === 1
  },

  async insertFirstStep(caseId: string, at: number, actor: string): Promise<void> {
    await db.query(
      `INSERT INTO case_steps (case_id, at, stage, actor)
       VALUES ($1, to_timestamp($2::double precision / 1000), 'accept', $3)`,
      [caseId, at, actor],
    )
  },
})
export type CaseReportQueries = ReturnType<typeof caseReportQueries>
