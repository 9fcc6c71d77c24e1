/** Empties the outbox in order: one batch under way at a time, and a fix leaves it only when it was acknowledged. */
import { MAX_SHARED_FIXES } from '#contract/events'
import type { Fix } from '#contract/positions'
import type { Outbox } from './outbox.ts'

/** The server answered, and took none of the batch. */
export class BatchRefused extends Error {
  readonly code: string

  constructor(code: string) {
    super(`The server refused the positions: ${code}`)
    this.code = code
  }
}

export interface DeliveryParts {
  outbox: Outbox
  /** Resolves with a verdict for each fix, in order; rejects when there was no answer, or with BatchRefused. */
  send(fixes: Fix[]): Promise<string[]>
  now(): number
  onDelivered(fixes: readonly Fix[], verdicts: readonly string[]): void
  /** Not delivered: the fixes stay, unless they can never be. */
  onFailure(error: unknown): void
  onCount(waiting: number): void
}

export interface Delivery {
  add(fix: Fix): Promise<void>
  /** Sends what waits; while that is under way, the same run is returned. */
  flush(): Promise<void>
  /** Throws away what waits, and takes no notice of an answer that is still on its way. */
  clear(): Promise<void>
}

export function createDelivery({ outbox, send, now, onDelivered, onFailure, onCount }: DeliveryParts): Delivery {
  let running: Promise<void> | null = null
  /** Grows with every clearing. */
  let age = 0

  async function deliver(): Promise<void> {
    for (;;) {
      const ofAge = age
      const batch = await outbox.oldest(MAX_SHARED_FIXES)
      if (batch.length === 0 || ofAge !== age) return
      const fixes = batch.map(({ fix }) => ({ ...fix, sentAt: now() }))
      const verdicts = await send(fixes).catch(async (error: unknown) => {
        // What cannot be read today cannot be read tomorrow, and would hold up all that follows.
        const isHopeless = error instanceof BatchRefused && error.code === 'bad_input'
        if (isHopeless) await outbox.remove(batch.map(({ key }) => key))
        if (ofAge === age) onFailure(error)
        return isHopeless ? [] : null
      })
      if (verdicts === null) return
      await outbox.remove(batch.map(({ key }) => key))
      if (ofAge !== age) return
      onCount(await outbox.count())
      if (verdicts.length > 0) onDelivered(fixes, verdicts)
    }
  }

  function flush(): Promise<void> {
    running ??= deliver().finally(() => {
      running = null
    })
    return running
  }

  return {
    async add(fix) {
      await outbox.add(fix)
      onCount(await outbox.count())
      await flush()
    },
    flush,
    async clear() {
      age++
      await outbox.clear()
      onCount(0)
    },
  }
}
