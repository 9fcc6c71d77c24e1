/** SQL of case categories. */
import type { Category } from '#contract/cases'
import type { Queryable } from '../database/connect.ts'

export const categoriesQueries = (db: Queryable) => ({
  /** All, in the order of the standard's tables. */
  async list(): Promise<Category[]> {
    return db.query(
      `SELECT key, kind, code, major_class AS "majorClass", name FROM case_categories ORDER BY standard, kind, code`,
    )
  },
})
export type CategoriesQueries = ReturnType<typeof categoriesQueries>
