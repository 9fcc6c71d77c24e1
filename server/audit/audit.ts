/** Writes one entry of the audit log, inside the transaction of what it tells about. */
import type { Viewer } from '../auth/viewer.ts'
import type { Queryable } from '../database/connect.ts'
import { auditQueries } from './audit.queries.ts'
import { safeDetail } from './audit-detail.ts'
import { auditHash } from './audit-hash.ts'

export interface AuditNote {
  /** null: the system, or somebody who is not signed in. */
  actor: Viewer | null
  /** What was done, in words of the policy table where it has one: "account.create". */
  action: string
  /** What it was done to: "account", "member", "case", … */
  resource: string
  resourceId: string | null
  /** Path of the area it lies in; null = the whole installation, which only a reader of everywhere sees. */
  areaPath: string | null
  /** Names and old and new values. Phone numbers, tokens and passwords are hidden here, but do not send them. */
  detail: Record<string, unknown>
}

/**
 * Call it last in the transaction: it holds the end of the chain until the transaction ends, and everything audited
 * waits for that.
 */
export async function audit(tx: Queryable, note: AuditNote): Promise<void> {
  const queries = auditQueries(tx)
  const { id: lastId, hash: previous, at } = await queries.lockHead()
  const entry = {
    id: lastId + 1,
    at,
    actorId: note.actor?.accountId ?? null,
    actor: note.actor?.name ?? null,
    action: note.action,
    resource: note.resource,
    resourceId: note.resourceId,
    areaPath: note.areaPath,
    detail: safeDetail(note.detail),
  }
  await queries.append(entry, previous, auditHash(previous, entry))
}

/** The deepest area path that holds all of the given ones: where something that touches several areas is noted. */
export function commonPath(paths: readonly string[]): string | null {
  const [first, ...others] = paths.map((path) => path.split('/').filter(Boolean))
  if (!first) return null
  let length = first.length
  for (const codes of others) while (first.slice(0, length).join('/') !== codes.slice(0, length).join('/')) length--
  return length === 0 ? null : `/${first.slice(0, length).join('/')}/`
}
