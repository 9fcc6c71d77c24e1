/** Recomputes the audit chain and names the first entry that was altered, removed or slipped in. */
import type { AuditHead, AuditQueries } from './audit.queries.ts'
import { auditHash } from './audit-hash.ts'

export type ChainReport = { isWhole: true; entries: number } | { isWhole: false; brokenAt: number; reason: string }

const PAGE = 500

/** Reads the log in pages, so that no query is long on the embedded database. */
export async function verifyChain(queries: Pick<AuditQueries, 'chain' | 'head'>): Promise<ChainReport> {
  // The head is read first: entries written meanwhile come after it and are left for the next run.
  const head = await queries.head()
  let last: AuditHead = { id: 0, hash: Buffer.alloc(0) }
  while (last.id < head.id) {
    const rows = (await queries.chain(last.id, PAGE)).filter(({ id }) => id <= head.id)
    if (rows.length === 0) return { isWhole: false, brokenAt: last.id + 1, reason: 'entries are missing at the end' }
    for (const row of rows) {
      const reason = faultOf(row, last)
      if (reason) return { isWhole: false, brokenAt: last.id + 1, reason }
      last = row
    }
  }
  if (!last.hash.equals(head.hash))
    return { isWhole: false, brokenAt: last.id, reason: 'the last entry is another one' }
  return { isWhole: true, entries: last.id }
}

function faultOf(
  row: Awaited<ReturnType<AuditQueries['chain']>>[number],
  last: { id: number; hash: Buffer },
): string | null {
  if (row.id !== last.id + 1) return 'an entry is missing'
  if (!row.previousHash.equals(last.hash)) return 'the entry does not follow the one before'
  return auditHash(last.hash, row).equals(row.hash) ? null : 'the entry was altered'
}
