/** The row of a load: its claim on being the only one, its signs of life, its report. */
import { loadSentence } from '#contract/load-words'
import { type LoadKind, type LoadProgress, type LoadReport, REFUSED_ROWS_KEPT } from '#contract/loads'
import type { Queryable } from '../../server/database/connect.ts'

/** A running load that has not shown life for so long is dead: its process was killed. */
const DEAD_AFTER_SECONDS = 180

export interface LoadClaim {
  id: string
  fileName: string
  fileHash: Buffer
  actor: string | null
}

export const loadsQueries = (db: Queryable) => ({
  /** When the load began; null when another one is running. */
  async claim({ id, fileName, fileHash, actor }: LoadClaim): Promise<number | null> {
    await db.query(
      `UPDATE loads SET state = 'cancelled', progress = NULL, message = $2
       WHERE state = 'running' AND alive_at < now() - $1 * interval '1 second'`,
      [DEAD_AFTER_SECONDS, loadSentence({ code: 'load_broken_off', values: {} }, 'en')],
    )
    const [row] = await db.query<{ at: number }>(
      `INSERT INTO loads (id, file_name, file_hash, at, actor, state) VALUES ($1, $2, $3, now(), $4, 'running')
       ON CONFLICT DO NOTHING RETURNING at`,
      [id, fileName, fileHash, actor],
    )
    return row?.at ?? null
  },

  async showLife(id: string, kind: LoadKind | null, rowsRead: number, progress: LoadProgress): Promise<void> {
    await db.query(
      `UPDATE loads SET alive_at = now(), kind = $2, rows_read = $3, progress = $4 WHERE id = $1 AND state = 'running'`,
      [id, kind, rowsRead, JSON.stringify(progress)],
    )
  },

  /** The outcome. Inside the load's last transaction it becomes true together with the rows; false when it is over already. */
  async finish(report: LoadReport): Promise<boolean> {
    const rows = await db.query(
      `UPDATE loads SET state = $2, kind = $3, rows_read = $4, added = $5, changed = $6, unchanged = $7,
              refused_count = $8, refused = $9, notes = $10, message = $11, progress = NULL, alive_at = now()
       WHERE id = $1 AND state = 'running' RETURNING id`,
      [
        report.id,
        report.state,
        report.kind,
        report.rowsRead,
        report.added,
        report.changed,
        report.unchanged,
        report.refusedCount,
        JSON.stringify(report.refused.slice(0, REFUSED_ROWS_KEPT)),
        JSON.stringify(report.notes),
        report.message,
      ],
    )
    return rows.length > 0
  },

  async addNotes(id: string, notes: LoadReport['notes']): Promise<void> {
    await db.query('UPDATE loads SET notes = $2 WHERE id = $1', [id, JSON.stringify(notes)])
  },
})
export type LoadsQueries = ReturnType<typeof loadsQueries>
