/** Talk between a caller and the member who comes: only the two, only from acceptance to the end. */
import { createHmac } from 'node:crypto'
import type { IceServer, TalkMessage, TalkSay, TalkSignal, TalkThread } from '#contract/talk'
import { notFound, Refusal } from '../errors.ts'
import type { TalkQueries } from './talk.queries.ts'

/** Of one call: more than two people write who are about to meet. */
const MOST_MESSAGES = 400
/** As long as the exact place of a call is kept. */
const KEPT_MS = 30 * 24 * 3_600_000
/** A relay's password is good for so long. */
const TURN_GOOD_FOR_MS = 2 * 3_600_000

/** Who talks. A caller is shown by his secret, a member by his session; neither names the other. */
export type Talker = { side: 'caller' } | { side: 'member'; memberId: string }

/** Addresses of STUN and TURN servers, and the secret a TURN server shares with us. */
export interface IceConfig {
  urls: readonly string[]
  turnSecret: string | null
}

export interface TalkParts {
  queries: TalkQueries
  together: <Result>(work: (queries: TalkQueries) => Promise<Result>) => Promise<Result>
  tellCaller: {
    said(callId: string, message: TalkMessage): void
    signal(callId: string, signal: TalkSignal): void
  }
  tellMember: {
    said(memberId: string, callId: string, message: TalkMessage): void
    signal(memberId: string, callId: string, signal: TalkSignal): void
  }
  ice: IceConfig
  now: () => number
}

export function createTalkService({ queries, together, tellCaller, tellMember, ice, now }: TalkParts) {
  /** Who comes; a refusal when nobody does, or when it is not this member. */
  function between(talker: Talker, handlerId: string | null): string {
    if (talker.side === 'member' && talker.memberId !== handlerId) throw notFound('This call')
    if (handlerId === null) throw new Refusal('call_over', 'Nobody is on the way to this call any more.')
    return handlerId
  }

  return {
    /** Said twice is said once. */
    async say(callId: string, talker: Talker, { key, text }: TalkSay): Promise<TalkMessage> {
      const isFromCaller = talker.side === 'caller'
      const { message, memberId } = await together(async (tx) => {
        const handlerId = await tx.holdHandler(callId)
        const before = await tx.byKey(callId, isFromCaller, key)
        const memberId = between(talker, handlerId)
        if (before) return { message: before, memberId: null }
        if ((await tx.count(callId)) >= MOST_MESSAGES)
          throw new Refusal('too_many_requests', 'Too much was written already. Please use the telephone.')
        return { message: await tx.insert(callId, { memberId, isFromCaller, key, text, at: now() }), memberId }
      })
      if (memberId !== null) {
        tellCaller.said(callId, message)
        tellMember.said(memberId, callId, message)
      }
      return message
    },

    async read(callId: string, talker: Talker, after: number): Promise<TalkThread> {
      const memberId = between(talker, await queries.handler(callId))
      return { messages: await queries.after(callId, memberId, after), iceServers: iceServersOf(ice, now()) }
    },

    /** Hands it to the other side's pages; it is kept nowhere. */
    async signal(callId: string, talker: Talker, signal: TalkSignal): Promise<{ accepted: true }> {
      const memberId = between(talker, await queries.handler(callId))
      if (talker.side === 'member') tellCaller.signal(callId, signal)
      else tellMember.signal(memberId, callId, signal)
      return { accepted: true }
    },

    forget: () => queries.forgetBefore(now() - KEPT_MS),
  }
}
export type TalkService = ReturnType<typeof createTalkService>

/** TURN passwords are made for the hour, as coturn's `use-auth-secret` checks them. */
export function iceServersOf({ urls, turnSecret }: IceConfig, now: number): IceServer[] {
  const username = String(Math.floor((now + TURN_GOOD_FOR_MS) / 1000))
  return urls.map((url) => {
    if (!/^turns?:/.test(url) || turnSecret === null) return { urls: url }
    return { urls: url, username, credential: createHmac('sha1', turnSecret).update(username).digest('base64') }
  })
}
