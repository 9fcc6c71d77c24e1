/** Waking a member's phone when a call rings: what his browser tells us, and the little that is sent to it. */
import * as z from 'zod/mini'
import { callWish } from './calls.ts'
import { skill } from './members.ts'

const MAX_ENDPOINT = 1_024

/** What `PushSubscription.toJSON()` gives, less what is not needed. */
export const pushSubscription = z.strictObject({
  endpoint: z.url({ protocol: /^https$/ }).check(z.maxLength(MAX_ENDPOINT)),
  keys: z.strictObject({
    /** A point of P-256, uncompressed. */
    p256dh: z.string().check(z.regex(/^B[A-Za-z0-9_-]{86}$/)),
    auth: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)),
  }),
})
export type PushSubscriptionGiven = z.infer<typeof pushSubscription>

/** The whole message. It passes through others' hands, so it says neither who calls nor where: the page asks that. */
export const pushMessage = z.object({
  kind: z.literal('ring'),
  offerId: z.string(),
  /** What is wished for, if anything. */
  word: z.nullable(z.union([callWish, skill])),
})
export type PushMessage = z.infer<typeof pushMessage>
