/** Work whose queries, audit entries and idempotency key stand or fall together. */
import type { FactKind } from '#contract/facts'
import type { Database, Queryable } from '../database/connect.ts'
import { once } from '../database/once.ts'
import { noteFacts } from '../facts/note-facts.ts'
import type { Command } from '../serve.ts'
import { type AuditNote, audit } from './audit.ts'

export interface AuditedWork<Queries> {
  queries: Queries
  /** Call it last but for `noteFacts`: everything audited waits for this transaction from then on. */
  audit: (note: AuditNote) => Promise<void>
  /** Tells the screens, after commit, that these records changed. Call it last. */
  noteFacts: (kind: FactKind, subjects: readonly { id: string; areaPath: string | null }[]) => Promise<void>
  /** Does the work once per command key, and answers a retry with what was answered then. */
  once: <Answer>(command: Command | null, work: () => Promise<Answer>) => Promise<Answer>
}

/** Runs work in one transaction. */
export type Audited<Queries> = <Result>(work: (tx: AuditedWork<Queries>) => Promise<Result>) => Promise<Result>

/** What a service is given for its changes: `audited(db, thingsQueries)`. */
export const audited =
  <Queries>(db: Database, queriesOf: (tx: Queryable) => Queries): Audited<Queries> =>
  (work) =>
    db.transaction((tx) =>
      work({
        queries: queriesOf(tx),
        audit: (note) => audit(tx, note),
        noteFacts: (kind, subjects) => noteFacts(tx, kind, subjects),
        once: (command, inner) => once(tx, command, inner),
      }),
    )
