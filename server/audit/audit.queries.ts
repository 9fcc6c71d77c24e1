/** SQL of the audit log: append under the lock of its head, read by scope, read whole for the verifier. */
import type { AuditEntry } from '#contract/district'
import type { Queryable } from '../database/connect.ts'
import type { ChainedEntry } from './audit-hash.ts'

export interface AuditHead {
  id: number
  hash: Buffer
}
export interface AuditRow extends ChainedEntry {
  previousHash: Buffer
  hash: Buffer
}
/** Which entries a reader sees: those on areas in reach, or those about himself. */
export type AuditAudience = { scope: readonly string[] } | { memberId: string | null; accountId: string }
export interface AuditPage {
  before: number | null
  limit: number
}

const ENTRY_COLUMNS = 'id, at, actor, action, resource, resource_id AS "resourceId", detail'

export const auditQueries = (db: Queryable) => ({
  /** The end of the chain, locked until the transaction ends, and the time. */
  async lockHead(): Promise<AuditHead & { at: number }> {
    const [head] = await db.query<AuditHead & { at: number }>(
      `SELECT id, hash, floor(extract(epoch FROM clock_timestamp()) * 1000) AS at FROM audit_head FOR UPDATE`,
    )
    if (!head) throw new Error('The audit log has lost its head row.')
    return head
  },

  async append(entry: ChainedEntry, previousHash: Buffer, hash: Buffer): Promise<void> {
    await db.query(
      `WITH entry AS (
         INSERT INTO audit_log
           (id, at, actor_id, actor, action, resource, resource_id, area_path, detail, previous_hash, hash)
         VALUES ($1, to_timestamp($2::bigint / 1000.0), $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id, hash)
       UPDATE audit_head SET id = entry.id, hash = entry.hash FROM entry`,
      [
        entry.id,
        entry.at,
        entry.actorId,
        entry.actor,
        entry.action,
        entry.resource,
        entry.resourceId,
        entry.areaPath,
        JSON.stringify(entry.detail),
        previousHash,
        hash,
      ],
    )
  },

  /** Newest first. */
  async list(audience: AuditAudience, { before, limit }: AuditPage): Promise<AuditEntry[]> {
    if ('scope' in audience)
      return db.query(
        `SELECT ${ENTRY_COLUMNS} FROM audit_log
         WHERE in_scope(area_path, $1) AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
        [audience.scope, before, limit],
      )
    return db.query(
      `SELECT ${ENTRY_COLUMNS} FROM audit_log
       WHERE ((resource = 'member' AND resource_id = $1) OR (resource = 'account' AND resource_id = $2))
         AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [audience.memberId, audience.accountId, before, limit],
    )
  },

  /** The next rows of the chain after an id, oldest first. */
  async chain(after: number, limit: number): Promise<AuditRow[]> {
    return db.query(
      `SELECT id, floor(extract(epoch FROM at) * 1000) AS at, actor_id AS "actorId", actor, action, resource,
              resource_id AS "resourceId", area_path AS "areaPath", detail, previous_hash AS "previousHash", hash
       FROM audit_log WHERE id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    )
  },

  async head(): Promise<AuditHead> {
    const [head] = await db.query<AuditHead>('SELECT id, hash FROM audit_head')
    return head ?? { id: 0, hash: Buffer.alloc(0) }
  },
})
export type AuditQueries = ReturnType<typeof auditQueries>
