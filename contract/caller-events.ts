/**
 * The socket of a caller's page: the namespace `/caller`, opened by the secret of his link (`auth`) and good for that
 * one call. It has no session, so no policy row either: whoever has the secret is the caller.
 */
import type * as z from 'zod/mini'
import { callBySecret, callerView } from './calls.ts'
import { type TalkMessage, type TalkThread, talkMessage, talkRead, talkSay, talkSignal } from './talk.ts'

export const CALLER_NAMESPACE = '/caller'

/** What the page says when it opens the socket. */
export const callerHandshake = callBySecret

/** Why a socket was not opened. not_found: nobody's secret; it is closed, and another try is no use. */
export const callerRefusals = ['not_found', 'too_many_requests', 'not_ready'] as const
export type CallerRefusal = (typeof callerRefusals)[number]

/** Server → caller. */
export const callerServerEvents = {
  /** The call as calls.follow answers it: at once, at each change, and while somebody is coming at most every 5 s. */
  'call:view': callerView,
  /** Said by either of the two, himself included. */
  'talk:said': talkMessage,
  'talk:signal': talkSignal,
} as const satisfies Record<string, z.ZodMiniType>

/** Caller → server, each acknowledged, and answered only while somebody is coming. */
export const callerClientEvents = {
  'talk:say': talkSay,
  'talk:read': talkRead,
  'talk:signal': talkSignal,
} as const satisfies Record<string, z.ZodMiniType>

export type CallerEventName = keyof typeof callerClientEvents
export type CallerEventPayload<Name extends CallerEventName> = z.output<(typeof callerClientEvents)[Name]>
export interface CallerAnswers {
  'talk:say': TalkMessage
  'talk:read': TalkThread
  'talk:signal': { accepted: true }
}
export type CallerAcknowledgement<Name extends CallerEventName> =
  | { ok: true; value: CallerAnswers[Name] }
  | { ok: false; code: string; message: string }

export type CallerToldPayload<Name extends keyof typeof callerServerEvents> = z.output<
  (typeof callerServerEvents)[Name]
>
export type ServerToCaller = {
  [Name in keyof typeof callerServerEvents]: (payload: CallerToldPayload<Name>) => void
}
export type CallerToServer = {
  [Name in CallerEventName]: (
    payload: CallerEventPayload<Name>,
    acknowledge: (answer: CallerAcknowledgement<Name>) => void,
  ) => void
}
