import type { Serve } from '../serve.ts'
import type { CaseReportService } from './case-report.service.ts'
import type { CasesService } from './cases.service.ts'

export function casesRoutes(serve: Serve, cases: CasesService, reports: CaseReportService): void {
  serve('cases.open', ({ viewer, grant }) => cases.open(viewer, grant), { isShared: true })
  serve('cases.see', ({ viewer, grant, params }) => cases.see(viewer, grant, params.id))
  serve('cases.report', ({ viewer, body, command }) => reports.report(viewer, body, command))
}
