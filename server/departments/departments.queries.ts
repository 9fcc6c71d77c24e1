/** SQL of responsible departments. */
import type { Department } from '#contract/district'
import type { Queryable } from '../database/connect.ts'

export const departmentsQueries = (db: Queryable) => ({
  async list(): Promise<Department[]> {
    return db.query('SELECT id, code, name, phone FROM departments ORDER BY code')
  },
})
export type DepartmentsQueries = ReturnType<typeof departmentsQueries>
