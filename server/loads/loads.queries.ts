/** SQL of loads as the screen lists them. The loading process writes the rows (geodata/import). */
import type { LoadReport } from '#contract/loads'
import type { Queryable } from '../database/connect.ts'

/** Silent for longer, a running load is dead; the loading process knows the same limit (geodata/import/loads.queries.ts). */
const DEAD_AFTER_SECONDS = 180

const REPORT_COLUMNS = `
  id, file_name AS "fileName", kind, at, actor,
  CASE WHEN state = 'running' AND alive_at < now() - interval '${DEAD_AFTER_SECONDS} seconds' THEN 'cancelled'
       ELSE state END AS state,
  rows_read AS "rowsRead", added, changed, unchanged, refused_count AS "refusedCount", refused, notes, progress, message`

export const loadsQueries = (db: Queryable) => ({
  /** The newest first. */
  async list(limit: number): Promise<LoadReport[]> {
    return db.query(`SELECT ${REPORT_COLUMNS} FROM loads ORDER BY at DESC, id DESC LIMIT $1`, [limit])
  },

  async find(id: string): Promise<LoadReport | null> {
    const [row] = await db.query<LoadReport>(`SELECT ${REPORT_COLUMNS} FROM loads WHERE id = $1`, [id])
    return row ?? null
  },

  async isRunning(): Promise<boolean> {
    const rows = await db.query(
      `SELECT 1 FROM loads WHERE state = 'running' AND alive_at >= now() - $1 * interval '1 second'`,
      [DEAD_AFTER_SECONDS],
    )
    return rows.length > 0
  },

  /** Ends the row of a load whose process is gone. */
  async breakOff(id: string, message: string): Promise<void> {
    await db.query(
      `UPDATE loads SET state = 'cancelled', progress = NULL, message = $2 WHERE id = $1 AND state = 'running'`,
      [id, message],
    )
  },
})
export type LoadsQueries = ReturnType<typeof loadsQueries>
