/** What is done when a screen or a phone asks something over its socket. */

import { memberCallFor } from './calls/call-audience.ts'
import type { Calls } from './calls.ts'
import { Refusal } from './errors.ts'
import type { FactsService } from './facts/facts.service.ts'
import type { Life } from './life.ts'
import type { Answerers, LiveClient } from './live.ts'

const BROWSER = { source: 'browser', reportsEveryMs: 10_000 } as const

export interface LiveAnswersParts {
  facts: FactsService
  life: Life
  calls: Calls
  now: () => number
}

export function liveAnswers({ facts, life, calls: { calls, talk }, now }: LiveAnswersParts): Answerers {
  return {
    'clock:ask': async () => ({ serverTime: now() }),

    async 'facts:resume'({ after }, client) {
      const settle = (seq: number) => {
        client.factSeq = seq
      }
      if (after !== null) return facts.resume(client.session().viewer, after, settle)
      const seq = facts.position()
      settle(seq)
      return { seq, facts: null }
    },

    async 'positions:view'(view, client) {
      client.view = view
      return { accepted: true }
    },

    async 'positions:hide'(_, client) {
      client.view = null
      return { accepted: true }
    },

    async 'position:share'({ fixes }, client) {
      const { memberId } = memberOf(client)
      const verdicts = fixes.map((fix) => life.positions.receive(memberId, fix, BROWSER))
      await life.positions.durable()
      return { verdicts }
    },

    async 'offer:delivered'({ offerId }, client) {
      return memberCallFor(await calls.delivered(memberOf(client).memberId, offerId), now())
    },

    async 'offer:accept'({ offerId }, client) {
      const { viewer, memberId } = memberOf(client)
      return memberCallFor(await calls.accept(viewer, memberId, offerId), now())
    },

    async 'offer:decline'({ offerId, reason }, client) {
      const { viewer, memberId } = memberOf(client)
      await calls.decline(viewer, memberId, offerId, reason)
      return { accepted: true }
    },

    async 'call:progress'(progress, client) {
      const { viewer, memberId } = memberOf(client)
      return memberCallFor(await calls.progress(viewer, memberId, progress), now())
    },

    async 'talk:say'({ callId, key, text }, client) {
      return talk.say(callId, { side: 'member', memberId: memberOf(client).memberId }, { key, text })
    },

    async 'talk:read'({ callId, after }, client) {
      return talk.read(callId, { side: 'member', memberId: memberOf(client).memberId }, after)
    },

    async 'talk:signal'({ callId, signal }, client) {
      return talk.signal(callId, { side: 'member', memberId: memberOf(client).memberId }, signal)
    },
  }
}

/** Who acts follows from the session, never from the message. */
function memberOf(client: LiveClient) {
  const { viewer } = client.session()
  if (viewer.memberId === null) throw new Refusal('not_allowed', 'This account belongs to no member.')
  return { viewer, memberId: viewer.memberId }
}
