import type { Serve } from '../serve.ts'
import type { ResidentReportsService } from './resident-reports.service.ts'
import type { ResidentsService } from './residents.service.ts'

export function residentsRoutes(serve: Serve, residents: ResidentsService, reports: ResidentReportsService): void {
  serve('resident.home', ({ query }) => residents.home(query))
  serve('resident.places', ({ query }) => residents.places(query.q))
  serve('resident.report', ({ body }) => reports.report(body))
  serve('resident.progress', ({ body }) => reports.progress(body.secret))
}
