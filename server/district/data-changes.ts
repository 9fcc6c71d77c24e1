/**
 * Tells the screens which layers' data changed. The versions are polled, because a load runs in another process and
 * the embedded database cannot notify; whatever happened within one look is told as one message.
 */
import type { DataLayer } from '#contract/district'
import type { Tell } from '../live.ts'

/** A screen learns of a change within about a second. */
export const DATA_POLL_MS = 1_000

export interface DataChangesParts {
  versions: () => Promise<Record<DataLayer, number>>
  tell: Tell
  onFault: (error: unknown) => void
}

export function createDataChanges({ versions, tell, onFault }: DataChangesParts) {
  let known: Record<DataLayer, number> | null = null
  let isAway = false
  let timer: NodeJS.Timeout | null = null
  let isStopped = false

  /** One look. The first only learns where things stand. Never throws; an outage is reported once. */
  async function look(): Promise<void> {
    try {
      const found = await versions()
      isAway = false
      const changed = known && changedSince(known, found)
      known = found
      if (changed && !isStopped && Object.keys(changed).length > 0) tell('data:changed', { versions: changed })
    } catch (error) {
      if (!isAway && !isStopped) onFault(error)
      isAway = true
    }
  }

  return {
    look,

    /** Looks again and again, each look after the one before has ended. */
    start(everyMs: number): void {
      const next = async () => {
        await look()
        if (!isStopped) timer = setTimeout(next, everyMs).unref()
      }
      void next()
    },

    stop(): void {
      isStopped = true
      if (timer) clearTimeout(timer)
    },
  }
}

/** Layers whose version is another one. A restored database may count lower, so any difference counts. */
export function changedSince(
  before: Record<DataLayer, number>,
  after: Record<DataLayer, number>,
): Partial<Record<DataLayer, number>> {
  return Object.fromEntries(Object.entries(after).filter(([layer, version]) => before[layer as DataLayer] !== version))
}
