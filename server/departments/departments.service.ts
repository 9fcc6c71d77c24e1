/** Responsible departments 责任单位: whom a case can be dispatched to; offices, so their phones are public. */
import type { Department } from '#contract/district'
import type { DepartmentsQueries } from './departments.queries.ts'

export function createDepartmentsService({ queries }: { queries: DepartmentsQueries }) {
  return {
    list: (): Promise<Department[]> => queries.list(),
  }
}
export type DepartmentsService = ReturnType<typeof createDepartmentsService>
