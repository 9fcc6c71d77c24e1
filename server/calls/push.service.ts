/** Which browsers want to be woken for calls, and the keys by which push services know us. */
import webPush from 'web-push'
import type { PushSubscriptionGiven } from '#contract/push'
import { badInput } from '../errors.ts'
import type { PushKeys, RingQueries } from './ring.queries.ts'

export interface PushParts {
  queries: RingQueries
  /** subscribe writes twice, together. */
  together: <Result>(work: (queries: RingQueries) => Promise<Result>) => Promise<Result>
  /** Whether a browser's address may be posted to. */
  mayReach: (url: URL) => boolean
}

export function createPushService({ queries, together, mayReach }: PushParts) {
  let kept: PushKeys | null = null

  /** Made at the first wish for them; whoever makes some at the same moment, all use the same. */
  async function keys(): Promise<PushKeys> {
    kept ??= (await queries.keys()) ?? (await queries.keepKeys(webPush.generateVAPIDKeys()))
    return kept
  }

  return {
    keys,

    async subscribe(sessionHash: Buffer, given: PushSubscriptionGiven): Promise<void> {
      if (!mayReach(new URL(given.endpoint)))
        throw badInput('endpoint', "must be the address of a browser's push service")
      await together((tx) => tx.subscribe(sessionHash, given))
    },
    unsubscribe: (sessionHash: Buffer) => queries.unsubscribe(sessionHash),
  }
}
export type PushService = ReturnType<typeof createPushService>
