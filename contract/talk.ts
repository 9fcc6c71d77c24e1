/** A caller and the member who comes talk: in writing, and by voice from page to page (WebRTC). Nobody else hears either. */
import * as z from 'zod/mini'
import { requiredText } from './text.ts'

export const MAX_TALK_TEXT = 300
/** A description of audio alone has some 3 kB, a candidate some 200 bytes. */
const MAX_SDP = 12_000
const MAX_CANDIDATE = 1_000

export const talkSides = ['caller', 'member'] as const
export const talkSide = z.enum(talkSides)
export type TalkSide = z.infer<typeof talkSide>

export const talkMessage = z.object({
  /** Rises within a call, by one each. */
  number: z.number(),
  from: talkSide,
  key: z.string(),
  text: z.string(),
  at: z.number(),
})
export type TalkMessage = z.infer<typeof talkMessage>

/** The key is made once for each message: said twice is said once. */
export const talkSay = z.strictObject({ key: z.uuid(), text: requiredText(MAX_TALK_TEXT) })
export type TalkSay = z.infer<typeof talkSay>

/** All messages after a number; 0 = all. */
export const talkRead = z.strictObject({ after: z.int().check(z.gte(0), z.lte(1_000_000)) })

export const iceServer = z.object({
  urls: z.string(),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
})
export type IceServer = z.infer<typeof iceServer>
export interface TalkThread {
  messages: TalkMessage[]
  /** By which the two pages find a way to each other; none are needed within one network. */
  iceServers: IceServer[]
}

/** One step of two pages on their way to each other. `voiceId` is of one attempt at it, made by who rings. */
export const talkSignal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offer'), voiceId: z.uuid(), sdp: z.string().check(z.maxLength(MAX_SDP)) }),
  z.strictObject({ kind: z.literal('answer'), voiceId: z.uuid(), sdp: z.string().check(z.maxLength(MAX_SDP)) }),
  z.strictObject({
    kind: z.literal('candidate'),
    voiceId: z.uuid(),
    candidate: z.string().check(z.maxLength(MAX_CANDIDATE)),
    mid: z.nullable(z.string().check(z.maxLength(20))),
    line: z.nullable(z.int().check(z.gte(0), z.lte(20))),
  }),
  z.strictObject({ kind: z.literal('hangUp'), voiceId: z.uuid() }),
])
export type TalkSignal = z.infer<typeof talkSignal>
