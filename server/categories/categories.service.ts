/** Case categories: public tables, the same for every viewer. */
import type { Category } from '#contract/cases'
import type { CategoriesQueries } from './categories.queries.ts'

export function createCategoriesService({ queries }: { queries: CategoriesQueries }) {
  return {
    list: (): Promise<Category[]> => queries.list(),
  }
}
export type CategoriesService = ReturnType<typeof createCategoriesService>
