/**
 * Rings through a gateway of the installation's own (企业微信, text messages, voice): one signed POST for each ring.
 * Signature: HMAC-SHA-256 under the shared secret over `<timestamp>.<body>`, the timestamp in milliseconds, so that a
 * gateway can refuse what is forged or old. 2xx means that it rings there.
 */
import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { MemberCall } from '#contract/calls'
import type { RingQueries } from './ring.queries.ts'
import type { RingChannel } from './ring-channel.ts'
import type { Outgoing } from './send-out.ts'

export interface RingWebhook {
  url: string
  secret: string
}

const TIMEOUT_MS = 3_000
/** Tried again after these; all of it is over before the offer is. */
const RETRY_AFTER_MS = [300, 1_000]

export interface WebhookChannelParts {
  webhook: RingWebhook
  queries: Pick<RingQueries, 'contactOf'>
  send: (outgoing: Outgoing) => Promise<number>
  /** It rings there. */
  onDelivered: (memberId: string, offerId: string) => Promise<unknown>
  now: () => number
  onFault: (error: unknown) => void
}

export function createWebhookChannel(parts: WebhookChannelParts): RingChannel {
  const { webhook, queries, send, onDelivered, now, onFault } = parts
  const url = new URL(webhook.url)

  async function post(memberId: string, said: object): Promise<boolean> {
    const member = await queries.contactOf(memberId)
    if (!member) return false
    const body = JSON.stringify({ ...said, member })
    let failure: unknown = null
    for (const pauseMs of [0, ...RETRY_AFTER_MS]) {
      await wait(pauseMs)
      const headers = { 'content-type': 'application/json', ...signed(webhook.secret, body, now()) }
      try {
        const status = await send({ url, headers, body, timeoutMs: TIMEOUT_MS })
        if (status >= 200 && status < 300) return true
        failure = new Error(`The ring webhook answered ${status}.`)
        // What it understood and refused it refuses again.
        if (status < 500 && status !== 429) break
      } catch (error) {
        failure = error
      }
    }
    onFault(failure)
    return false
  }

  async function ring(memberId: string, call: MemberCall): Promise<void> {
    const { offerId, code, dueAt } = call
    if (offerId === null) return
    const word = call.skill ?? call.wish
    if (await post(memberId, { kind: 'ring', offerId, code, word, dueAt })) await onDelivered(memberId, offerId)
  }

  return {
    reach: async () => () => 'other',
    ring: (memberId, call) => void ring(memberId, call).catch(onFault),
    hush: (memberId, offerId) => void post(memberId, { kind: 'over', offerId }).catch(onFault),
  }
}

export const signed = (secret: string, body: string, now: number) => ({
  'x-gelin-timestamp': String(now),
  'x-gelin-signature': `sha256=${createHmac('sha256', secret).update(`${now}.${body}`).digest('hex')}`,
})
