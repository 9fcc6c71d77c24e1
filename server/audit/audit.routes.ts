import type { Serve } from '../serve.ts'
import type { AuditService } from './audit.service.ts'

export function auditRoutes(serve: Serve, audit: AuditService): void {
  serve('audit.list', ({ viewer, grant, query }) => audit.list(viewer, grant, query))
}
