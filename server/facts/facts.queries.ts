/** SQL of facts: gap-free numbers, given in the transaction that makes the change. */
import type { FactKind } from '#contract/facts'
import type { Queryable } from '../database/connect.ts'

export interface FactRow {
  seq: number
  at: number
  kind: FactKind
  subjectId: string
  areaPath: string | null
}

export const factsQueries = (db: Queryable) => ({
  /**
   * Notes changes under the next numbers. Must be the last statement of its transaction: the counter's row stays
   * locked until commit, which is what makes the numbers commit in order and without a gap.
   */
  async note(kind: FactKind, subjects: readonly { id: string; areaPath: string | null }[]): Promise<void> {
    if (subjects.length === 0) return
    await db.query(
      `WITH taken AS (UPDATE fact_counter SET seq = seq + $4 RETURNING seq - $4 AS before)
       INSERT INTO facts (seq, kind, subject_id, area_path)
       SELECT taken.before + s.position, $1, s.id, s.path
       FROM taken, unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS s (id, path, position)`,
      [kind, subjects.map(({ id }) => id), subjects.map(({ areaPath }) => areaPath), subjects.length],
    )
  },

  async after(seq: number, limit: number): Promise<FactRow[]> {
    return db.query(
      `SELECT seq, at, kind, subject_id AS "subjectId", area_path AS "areaPath"
       FROM facts WHERE seq > $1 ORDER BY seq LIMIT $2`,
      [seq, limit],
    )
  },

  /** The newest number, and the oldest that is still kept (0 when none was ever given). */
  async range(): Promise<{ newest: number; oldest: number }> {
    const [row] = await db.query<{ newest: number; oldest: number }>(
      `SELECT seq AS newest, coalesce((SELECT min(seq) FROM facts), seq + 1) AS oldest FROM fact_counter`,
    )
    if (!row) throw new Error('The fact counter is missing.')
    return row
  },

  async forgetBefore(instant: number): Promise<void> {
    await db.query('DELETE FROM facts WHERE at < $1', [new Date(instant)])
  },
})
export type FactsQueries = ReturnType<typeof factsQueries>
