/** SQL of following one's own report by a secret. */
import type { ReportProgress } from '#contract/resident'
import type { Queryable } from '../database/connect.ts'

export interface FollowedCase extends Omit<ReportProgress, 'numberTail' | 'steps' | 'holder' | 'asOf'> {
  id: string
  code: string
  departmentName: string | null
  /** Of the community the case lies in, else of its area. */
  areaName: string | null
}

export const reportFollowQueries = (db: Queryable) => ({
  async follow(secretHash: Buffer, caseId: string): Promise<void> {
    await db.query('INSERT INTO case_follows (secret_hash, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      secretHash,
      caseId,
    ])
  },

  async followed(secretHash: Buffer): Promise<FollowedCase | null> {
    const [row] = await db.query<FollowedCase>(
      `SELECT c.id, c.code, c.title, c.stage, c.outcome, c.due_at AS "dueAt", c.reported_at AS "reportedAt",
              d.name AS "departmentName",
              CASE WHEN a.level = 'grid' THEN (SELECT name FROM areas p WHERE p.id = a.parent_id) ELSE a.name END
                AS "areaName"
       FROM case_follows f JOIN cases c ON c.id = f.case_id
       LEFT JOIN areas a ON a.id = c.area_id LEFT JOIN departments d ON d.id = c.department_id
       WHERE f.secret_hash = $1`,
      [secretHash],
    )
    return row ?? null
  },

  /** Stages with their instants, oldest first; who did what stays inside. */
  async stages(caseId: string): Promise<ReportProgress['steps']> {
    return db.query('SELECT at, stage FROM case_steps WHERE case_id = $1 ORDER BY at, id', [caseId])
  },
})
export type ReportFollowQueries = ReturnType<typeof reportFollowQueries>
