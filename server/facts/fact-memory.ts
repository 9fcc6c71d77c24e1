/**
 * The newest facts with their records, so that two thousand screens that come back at once cost the database one
 * question and not two thousand. Reaches back before the start of this process by reading, once for all who ask.
 */
import type { Fact } from '#contract/facts'
import type { Viewer } from '../auth/viewer.ts'
import type { FactBatch } from './facts.service.ts'

export interface FactMemoryParts {
  /** As many facts as are kept. */
  cap: number
  /** Reads what was told before a number, oldest first, at most `cap` facts; `since` is where it begins. */
  readBefore(seq: number): Promise<{ since: number; batches: FactBatch[] }>
}

export function createFactMemory({ cap, readBefore }: FactMemoryParts) {
  /** Everything after this number up to `end` is in `batches`. */
  let begin = 0
  let end = 0
  let batches: FactBatch[] = []
  /** How far back the table itself reached when it was read; null = not read yet. */
  let reading: Promise<void> | null = null
  let hasRead = false
  /** Answers by audience and number, until the next fact. */
  let answers = new Map<string, readonly Fact[]>()

  async function reachBack(): Promise<void> {
    const until = begin
    const earlier = await readBefore(until)
    // Facts told meanwhile stand behind; if so many came that the beginning was forgotten, it stays forgotten.
    if (begin === until) {
      batches = [...earlier.batches, ...batches]
      begin = earlier.since
    }
    hasRead = true
    answers = new Map()
  }

  return {
    /** Nothing before this number is known yet. */
    startAt(seq: number): void {
      begin = seq
      end = seq
      batches = []
      hasRead = false
      answers = new Map()
    },

    add(batch: FactBatch): void {
      batches.push(batch)
      end = batch.seq
      answers = new Map()
      for (let first = batches[0]; first && end - first.seq >= cap; first = batches[0]) {
        begin = first.seq
        batches.shift()
      }
    },

    /** Makes sure that everything after a number is known, where that is possible. */
    async reach(after: number): Promise<boolean> {
      if (after < begin && !hasRead && end - after <= cap) {
        reading ??= reachBack().finally(() => {
          reading = null
        })
        await reading
      }
      return after >= begin && after <= end
    },

    /** What a viewer may see of everything after a number that `reach` confirmed: each record once, as it last was. */
    after(seq: number, viewer: Viewer): readonly Fact[] {
      const key = JSON.stringify([seq, viewer.role, viewer.scope, viewer.memberId, viewer.departmentId])
      const known = answers.get(key)
      if (known) return known
      const newest = new Map<string, Fact>()
      for (const batch of batches) {
        if (batch.seq <= seq) continue
        for (const fact of batch.seenBy(viewer)) if (fact.seq > seq) newest.set(`${fact.kind}/${fact.id}`, fact)
      }
      const answer = [...newest.values()].sort((a, b) => a.seq - b.seq)
      answers.set(key, answer)
      return answer
    },
  }
}
export type FactMemory = ReturnType<typeof createFactMemory>
