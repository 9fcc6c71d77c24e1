/** Reads new facts in order and hands each, once, to whoever tells it on; answers screens that were away. */
import { type Fact, type FactKind, factKinds, RESUME_CAP, type ResumeAnswer } from '#contract/facts'
import { grantFor, isInScope } from '#contract/roles'
import type { Viewer } from '../auth/viewer.ts'
import { createFactMemory } from './fact-memory.ts'
import type { FactRow, FactsQueries } from './facts.queries.ts'

/** So many at a time, so that a flood of changes does not hold the event loop. */
const READ_AT_ONCE = 1_000

/** Reads records of one kind as one viewer sees them: id → record; an id that is missing is not (or no longer) his. */
export type RecordReader<Record> = (ids: readonly string[]) => Promise<(viewer: Viewer) => ReadonlyMap<string, Record>>

type RecordOf<Kind extends FactKind> = NonNullable<Extract<Fact, { kind: Kind }>['record']>
export type RecordReaders = { [Kind in FactKind]: RecordReader<RecordOf<Kind>> }

/** New facts, and what each viewer may see of them. */
export interface FactBatch {
  /** The number of the last fact of the batch. */
  seq: number
  seenBy(viewer: Viewer): Fact[]
  /** Which records of a kind it is about, whoever may see them. */
  idsOf(kind: FactKind): readonly string[]
}

export interface FactsParts {
  queries: FactsQueries
  readers: RecordReaders
}

export function createFactsService({ queries, readers }: FactsParts) {
  let last = 0
  const memory = createFactMemory({ cap: RESUME_CAP, readBefore })

  async function toBatch(rows: readonly FactRow[]): Promise<FactBatch> {
    const views = new Map<FactKind, (viewer: Viewer) => ReadonlyMap<string, unknown>>()
    const ids = idsByKind(rows)
    for (const [kind, ofKind] of ids) views.set(kind, await readers[kind](ofKind))
    const seenBy = (viewer: Viewer): Fact[] => {
      const records = new Map([...views].map(([kind, view]) => [kind, view(viewer)]))
      return rows.flatMap((row) => {
        if (!grantFor(viewer.role, factKinds[row.kind].action)) return []
        const record = records.get(row.kind)?.get(row.subjectId) ?? null
        // Gone is told only to those who could see it where it was.
        if (record === null && !isInScope(row.areaPath, viewer.scope)) return []
        return [{ seq: row.seq, at: row.at, kind: row.kind, id: row.subjectId, record } as Fact]
      })
    }
    return { seq: rows[rows.length - 1]?.seq ?? last, seenBy, idsOf: (kind) => ids.get(kind) ?? [] }
  }

  async function readBefore(seq: number): Promise<{ since: number; batches: FactBatch[] }> {
    const { oldest } = await queries.range()
    const since = Math.max(oldest - 1, seq - RESUME_CAP)
    const rows = (await queries.after(since, RESUME_CAP)).filter((row) => row.seq <= seq)
    return { since, batches: rows.length > 0 ? [await toBatch(rows)] : [] }
  }

  return {
    /** Starts from now: what came before is in everybody's snapshot. */
    async start(): Promise<void> {
      last = (await queries.range()).newest
      memory.startAt(last)
    },

    /** The next facts since the last call, or null when there are none. */
    async next(): Promise<FactBatch | null> {
      const rows = await queries.after(last, READ_AT_ONCE)
      if (rows.length === 0) return null
      const batch = await toBatch(rows)
      last = batch.seq
      memory.add(batch)
      return batch
    },

    /** Where telling stands: what comes later is told, what came before is in every list read from now on. */
    position: () => last,

    /**
     * What a viewer missed after a number, each record once, as it was last told. `settle` is called with the number
     * the answer reaches, in the same instant in which that number is what others were told up to: from then on this
     * viewer is told everything later.
     */
    async resume(viewer: Viewer, after: number, settle: (seq: number) => void): Promise<ResumeAnswer> {
      const isKnown = await memory.reach(after)
      settle(last)
      return { seq: last, facts: isKnown ? [...memory.after(after, viewer)] : null }
    },
  }
}
export type FactsService = ReturnType<typeof createFactsService>

function idsByKind(rows: readonly FactRow[]): Map<FactKind, string[]> {
  const ids = new Map<FactKind, Set<string>>()
  for (const { kind, subjectId } of rows) {
    const known = ids.get(kind) ?? new Set()
    ids.set(kind, known.add(subjectId))
  }
  return new Map([...ids].map(([kind, set]) => [kind, [...set]]))
}
