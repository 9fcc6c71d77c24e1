/**
 * Every Socket.IO event, both ways, with its payload and the policy action it asks.
 * The server joins a socket to rooms by its session; a room named by a client does not exist.
 */
import * as z from 'zod/mini'
import { sessionView } from './accounts.ts'
import { callProgress, type MemberCall, memberCall, offerDeclined, offerSaid } from './calls.ts'
import { dataLayers } from './district.ts'
import { type ResumeAnswer, toldFact } from './facts.ts'
import { bounds } from './geo.ts'
import { loadReport } from './loads.ts'
import { fix } from './positions.ts'
import type { Action } from './roles.ts'
import { type TalkMessage, type TalkThread, talkMessage, talkRead, talkSay, talkSignal } from './talk.ts'

/** Fixes in one message of a phone; a long outbox goes in several. */
export const MAX_SHARED_FIXES = 200

interface Event {
  action: Action
  payload: z.ZodMiniType
}

/** Server → client. `action` decides which sessions it is told to. */
export const serverEvents = {
  /** Data of these layers changed; ask again for what you show of them. */
  'data:changed': {
    action: 'session.use',
    payload: z.object({ versions: z.partialRecord(z.enum(dataLayers), z.number()) }),
  },
  'load:progress': { action: 'load.see', payload: loadReport },
  /** This session's role, scope or lock changed, or it ended (null): ask session.see, it may go on under a new cookie. */
  'session:changed': { action: 'session.use', payload: z.nullable(sessionView) },
  /** One thing changed. `previousSeq` is the number told to this socket before; another one means that one was missed. */
  fact: { action: 'session.use', payload: toldFact },
  /** A call rings at this member: answer 'offer:delivered' at once. Told once; what is open after a reload says calls.own. */
  'offer:ring': { action: 'call.answer', payload: memberCall },
  /** It is no longer his to answer: his time is up, or the caller gave up. */
  'offer:over': { action: 'call.answer', payload: z.object({ offerId: z.string() }) },
  /** The caller he comes to wrote something, or he himself did on another page. */
  'talk:said': { action: 'call.answer', payload: z.object({ callId: z.string(), message: talkMessage }) },
  /** A step of the caller's page towards a voice connection. */
  'talk:signal': { action: 'call.answer', payload: z.object({ callId: z.string(), signal: talkSignal }) },
  /** The people on this screen's map, once a second: contract/position-frame.ts. Newest wins; a slow screen skips some. */
  'positions:frame': { action: 'position.see', payload: z.custom<ArrayBuffer | Uint8Array>() },
  /** The server is stopping; come back after this many milliseconds. */
  'server:bye': { action: 'session.use', payload: z.object({ retryAfterMs: z.number() }) },
} as const satisfies Record<string, Event>

/** Client → server, each acknowledged. */
export const clientEvents = {
  /** Proof of life for the "connected" mark: answered with the server's time. */
  'clock:ask': { action: 'session.use', payload: z.strictObject({}) },
  /** Tell me facts from now on. With a number: and first all since that one. */
  'facts:resume': { action: 'session.use', payload: z.strictObject({ after: z.nullable(z.int().check(z.gte(0))) }) },
  /** Send frames for this box; replaces the box before. */
  'positions:view': {
    action: 'position.see',
    payload: z.strictObject({ bounds, zoom: z.number().check(z.gte(0), z.lte(24)) }),
  },
  'positions:hide': { action: 'position.see', payload: z.strictObject({}) },
  /** A member's own phone reports where it is. Whose it is follows from the session. */
  'position:share': {
    action: 'duty.own',
    payload: z.strictObject({ fixes: z.array(fix).check(z.minLength(1), z.maxLength(MAX_SHARED_FIXES)) }),
  },
  /** This phone rings. Without it the next member is asked after seconds. */
  'offer:delivered': { action: 'call.answer', payload: offerSaid },
  'offer:accept': { action: 'call.answer', payload: offerSaid },
  'offer:decline': { action: 'call.answer', payload: offerDeclined },
  /** Forwards only; said twice is said once. */
  'call:progress': { action: 'call.answer', payload: callProgress },
  /** To the caller he comes to: in writing, and the steps of his page towards a voice connection. */
  'talk:say': { action: 'call.answer', payload: z.strictObject({ callId: z.uuid(), ...talkSay.shape }) },
  'talk:read': { action: 'call.answer', payload: z.strictObject({ callId: z.uuid(), ...talkRead.shape }) },
  'talk:signal': { action: 'call.answer', payload: z.strictObject({ callId: z.uuid(), signal: talkSignal }) },
} as const satisfies Record<string, Event>

export type ServerEventName = keyof typeof serverEvents
export type ClientEventName = keyof typeof clientEvents
export type ServerEventPayload<Name extends ServerEventName> = z.output<(typeof serverEvents)[Name]['payload']>
export type ClientEventPayload<Name extends ClientEventName> = z.output<(typeof clientEvents)[Name]['payload']>

export type ServerToClient = { [Name in ServerEventName]: (payload: ServerEventPayload<Name>) => void }

export interface ClientAnswers {
  'clock:ask': { serverTime: number }
  'facts:resume': ResumeAnswer
  'positions:view': { accepted: true }
  'positions:hide': { accepted: true }
  /** What became of each fix, in order: live, historyOnly, suspect or why it was refused. */
  'position:share': { verdicts: string[] }
  /** From now on it has the whole time of a ring. */
  'offer:delivered': MemberCall
  'offer:accept': MemberCall
  'offer:decline': { accepted: true }
  'call:progress': MemberCall
  'talk:say': TalkMessage
  'talk:read': TalkThread
  'talk:signal': { accepted: true }
}
export type Acknowledgement<Name extends ClientEventName> =
  | { ok: true; value: ClientAnswers[Name] }
  | { ok: false; code: string; message: string }
export type ClientToServer = {
  [Name in ClientEventName]: (
    payload: ClientEventPayload<Name>,
    acknowledge: (answer: Acknowledgement<Name>) => void,
  ) => void
}
