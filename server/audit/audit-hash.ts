/** The hash chain of the audit log: what is hashed, in which order. */
import { createHash } from 'node:crypto'

export interface ChainedEntry {
  id: number
  /** Milliseconds since the epoch. */
  at: number
  actorId: string | null
  actor: string | null
  action: string
  resource: string
  resourceId: string | null
  areaPath: string | null
  detail: Record<string, unknown>
}

/** sha256(previous hash ‖ canonical JSON of the row). */
export function auditHash(previous: Buffer, entry: ChainedEntry): Buffer {
  const { id, at, actorId, actor, action, resource, resourceId, areaPath, detail } = entry
  const row = [id, at, actorId, actor, action, resource, resourceId, areaPath, detail]
  return createHash('sha256').update(previous).update(canonicalJson(row)).digest()
}

/** JSON with sorted keys, so that a row read back from jsonb (which reorders them) gives the same text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
