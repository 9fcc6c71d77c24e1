import type { Serve } from '../serve.ts'
import type { DepartmentsService } from './departments.service.ts'

export function departmentsRoutes(serve: Serve, departments: DepartmentsService): void {
  serve('departments.list', () => departments.list())
}
