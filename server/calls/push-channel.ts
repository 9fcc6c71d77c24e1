/** Rings at members through the push services of their browsers. web-push encrypts (RFC 8291) and signs (RFC 8292): no more. */
import webPush from 'web-push'
import type { MemberCall } from '#contract/calls'
import type { PushMessage, PushSubscriptionGiven } from '#contract/push'
import { grantFor, roles } from '#contract/roles'
import type { PushService } from './push.service.ts'
import type { RingQueries } from './ring.queries.ts'
import type { RingChannel } from './ring-channel.ts'
import type { Outgoing } from './send-out.ts'

/** Who has one is read again after this. */
const KNOWN_FOR_MS = 2_000
const TIMEOUT_MS = 5_000
/** The push service keeps it no longer than it could still be answered. */
const MIN_TTL_SECONDS = 5
/** Nobody is there any more. */
const GONE = new Set([404, 410])

export const answeringRoles = roles.filter((role) => grantFor(role, 'call.answer') !== null)

export interface PushChannelParts {
  queries: RingQueries
  push: Pick<PushService, 'keys'>
  /** Who we are to the push services: an address of ours. */
  subject: () => string
  send: (outgoing: Outgoing) => Promise<number>
  now: () => number
  onFault: (error: unknown) => void
}

export function createPushChannel({ queries, push, subject, send, now, onFault }: PushChannelParts): RingChannel {
  let known: { readAt: number; members: Promise<ReadonlySet<string>> } | null = null

  function membersWithPush(): Promise<ReadonlySet<string>> {
    if (known && now() - known.readAt < KNOWN_FOR_MS && now() >= known.readAt) return known.members
    const members = queries.membersWithPush(answeringRoles).then((ids) => new Set(ids))
    known = { readAt: now(), members }
    members.catch(() => {
      known = null
    })
    return members
  }

  async function wake(memberId: string, call: MemberCall): Promise<void> {
    const subscriptions = await queries.subscriptionsOf(answeringRoles, memberId)
    const message: PushMessage = { kind: 'ring', offerId: call.offerId ?? '', word: call.skill ?? call.wish }
    await Promise.all(subscriptions.map((subscription) => tell(subscription, message)))
  }

  async function tell(subscription: PushSubscriptionGiven, message: PushMessage): Promise<void> {
    const { endpoint } = subscription
    const outgoing = await seal(subscription, message).catch(() => null)
    // Keys that nothing can be encrypted with are as good as none.
    if (!outgoing) return queries.forgetEndpoint(endpoint)
    const status = await send(outgoing)
    if (GONE.has(status)) await queries.forgetEndpoint(endpoint)
    else if (status >= 300) onFault(new Error(`A push service answered ${status}.`))
  }

  async function seal(subscription: PushSubscriptionGiven, message: PushMessage): Promise<Outgoing> {
    const { headers, body, endpoint } = webPush.generateRequestDetails(subscription, JSON.stringify(message), {
      vapidDetails: { subject: subject(), ...(await push.keys()) },
      TTL: MIN_TTL_SECONDS * 3,
      urgency: 'high',
      topic: 'ring',
    })
    return { url: new URL(endpoint), headers: strings(headers), body: body ?? Buffer.of(), timeoutMs: TIMEOUT_MS }
  }

  return {
    async reach() {
      const members = await membersWithPush()
      return (memberId) => (members.has(memberId) ? 'other' : null)
    },
    ring: (memberId, call) => void wake(memberId, call).catch(onFault),
    // It lives as long as it can be answered; a page opened by it asks what is still open.
    hush: () => {},
  }
}

const strings = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
