/** Who changed a record last, as the audit log tells. */
import { shallowRef } from 'vue'
import type { AuditEntry } from '#contract/district'
import { call } from '../../../api/call.ts'
import { useSession } from '../../../stores/session.ts'

export function useLastChange() {
  const session = useSession()
  const change = shallowRef<AuditEntry | null>(null)

  /** Looks among the newest entries only: the conflict has just happened. */
  async function find(resourceId: string): Promise<void> {
    change.value = null
    if (!session.may('audit.see')) return
    const entries = await call('audit.list', { query: { limit: '100' } }).catch(() => [])
    change.value = entries.find((entry) => entry.resourceId === resourceId) ?? null
  }

  return { change, find }
}
