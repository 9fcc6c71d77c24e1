/** Tells new facts to every screen that asked for them, each with the number told to it before. */
import type { LiveClient } from '../live.ts'
import type { FactBatch, FactsService } from './facts.service.ts'

/** Facts reach a screen within about this long; the truth is the table, so a missed look loses nothing. */
export const FACTS_EVERY_MS = 200

export function createFactFanOut({
  clients,
  facts,
  onBatch,
}: {
  clients: () => Iterable<LiveClient>
  facts: Pick<FactsService, 'next'>
  /** For those who are told otherwise than by facts. */
  onBatch: (batch: FactBatch) => Promise<void>
}) {
  function tellBatch(client: LiveClient, { seenBy }: FactBatch): void {
    if (client.factSeq === null) return
    for (const fact of seenBy(client.session().viewer)) {
      // A client that resumed meanwhile has it already.
      if (fact.seq <= client.factSeq) continue
      client.tell('fact', { previousSeq: client.factSeq, fact })
      client.factSeq = fact.seq
    }
  }

  return {
    /** Tells everything new. */
    async look(): Promise<void> {
      for (let batch = await facts.next(); batch; batch = await facts.next()) {
        for (const client of clients()) tellBatch(client, batch)
        await onBatch(batch)
      }
    },
  }
}
