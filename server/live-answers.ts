/** What is done when a screen or a phone asks something over its socket. */

import { Refusal } from './errors.ts'
import type { FactsService } from './facts/facts.service.ts'
import type { Life } from './life.ts'
import type { Answerers } from './live.ts'

const BROWSER = { source: 'browser', reportsEveryMs: 10_000 } as const

export function liveAnswers({ facts, life, now }: { facts: FactsService; life: Life; now: () => number }): Answerers {
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
      const { memberId } = client.session().viewer
      if (memberId === null) throw new Refusal('not_allowed', 'This account belongs to no member.')
      const verdicts = fixes.map((fix) => life.positions.receive(memberId, fix, BROWSER))
      await life.positions.durable()
      return { verdicts }
    },
  }
}
