/** Reading the audit log: administrators their areas, a member what concerns himself. */
import type { AuditEntry } from '#contract/district'
import type { Grant } from '#contract/roles'
import type { Viewer } from '../auth/viewer.ts'
import type { AuditQueries } from './audit.queries.ts'

const PAGE = 100

export function createAuditService({ queries }: { queries: Pick<AuditQueries, 'list'> }) {
  return {
    list(viewer: Viewer, grant: Grant, page: { before?: number; limit?: number }): Promise<AuditEntry[]> {
      const audience =
        grant.reach === 'own' ? { memberId: viewer.memberId, accountId: viewer.accountId } : { scope: viewer.scope }
      return queries.list(audience, { before: page.before ?? null, limit: page.limit ?? PAGE })
    },
  }
}
export type AuditService = ReturnType<typeof createAuditService>
