/** The one-click call 一键呼叫: its rules as data, its states, who is asked in which order and why, and what each audience sees. */
import * as z from 'zod/mini'
import type { Skill } from './members.ts'

/**
 * Times and limits of calls. A street's own stand in the settings under `callRules`; these are where it sets none.
 * Times in milliseconds or seconds as named, lengths in metres.
 */
export const defaultCallRules = {
  walkingMetresPerSecond: 1,
  /** Without a network the straight line counts as so much longer. */
  detourFactor: 1.5,
  /** A fix worse than this says too little to be called by. */
  worstAccuracyMetres: 200,
  /** People of the caller's own grid come first when they are at most so much slower. */
  sameGridSeconds: 60,
  /** Every call taken today makes a person come later by so much. */
  callTodaySeconds: 30,
  /** A phone rings so long. */
  ringMs: 15_000,
  /** A phone that has not said by then that it rings is taken as dead. */
  deliveryMs: 5_000,
  /** At most so many are asked, */
  hops: 3,
  /** and at most so long after the press, before a dispatcher has the call. */
  ladderMs: 45_000,
  /** A dispatcher's silence after which everybody is alarmed. */
  dispatcherMs: 30_000,
  /** Calls of one device in an hour; above, a dispatcher is asked at once. */
  anonymousPerHour: 3,
  verifiedPerHour: 5,
  /** Calls from one address in an hour: high, because many phones share one. */
  addressPerHour: 60,
}
export type CallRules = typeof defaultCallRules

const positive = z.number().check(z.gt(0))
const notNegative = z.number().check(z.gte(0))
/** What the settings may hold; anything missing is as above. */
export const callRuleChanges = z.partial(
  z.strictObject({
    walkingMetresPerSecond: positive,
    detourFactor: z.number().check(z.gte(1)),
    worstAccuracyMetres: positive,
    sameGridSeconds: notNegative,
    callTodaySeconds: notNegative,
    ringMs: positive,
    deliveryMs: positive,
    hops: notNegative,
    ladderMs: positive,
    dispatcherMs: positive,
    anonymousPerHour: notNegative,
    verifiedPerHour: notNegative,
    addressPerHour: notNegative,
  } satisfies Record<keyof CallRules, z.ZodMiniType>),
)

/** Whom a resident may ask for; when nobody such can come, the other is asked. */
export const callWishes = ['partyMember', 'gridMember'] as const
export const callWish = z.enum(callWishes)
export type CallWish = z.infer<typeof callWish>

/** Why somebody on duty is not asked. The first that holds, in this order. */
export const leftOutReasons = [
  /** His area is not one that is asked for this call. */
  'outOfScope',
  /** Nothing of his rings: no phone is connected. */
  'noChannel',
  'inCall',
  /** Asked for this call already. */
  'asked',
  'noSkill',
  'notPartyMember',
  'notGridMember',
  /** On duty, and no position yet. */
  'noFix',
  /** His position makes no sense at the moment. */
  'suspect',
  'stale',
  'inaccurate',
  /** No way on foot from where he is: a river without a bridge. */
  'noWay',
] as const
export const leftOutReason = z.enum(leftOutReasons)
export type LeftOutReason = z.infer<typeof leftOutReason>

/** What moves a person in the ranking besides his way, in seconds: less is sooner. */
export const rankTerms = ['sameGrid', 'callsToday'] as const
export const rankTerm = z.object({ term: z.enum(rankTerms), seconds: z.number() })
export type RankTerm = z.infer<typeof rankTerm>

/** network: along streets and footways · straight: no street is known near, so the straight line times a detour. */
export const wayKind = z.enum(['network', 'straight'])
export type WayKind = z.infer<typeof wayKind>

/** Someone who can be asked. */
export const callCandidate = z.object({
  memberId: z.string(),
  name: z.string(),
  badge: z.nullable(z.string()),
  isPartyMember: z.boolean(),
  way: wayKind,
  wayMetres: z.number(),
  accuracyMetres: z.number(),
  ageMs: z.number(),
  /** As long as he can need at worst: way / v + (accuracy + age × v) / v. */
  worstSeconds: z.number(),
  terms: z.array(rankTerm),
  /** worstSeconds and the terms together: the order of asking. */
  rankSeconds: z.number(),
})
export type CallCandidate = z.infer<typeof callCandidate>

export const callLeftOut = z.object({ memberId: z.string(), name: z.string(), reason: leftOutReason })
export type CallLeftOut = z.infer<typeof callLeftOut>

export const callRanking = z.object({
  /** Least rankSeconds first. */
  ranked: z.array(callCandidate),
  /** The nearest of those left out, and how many there are for each reason. */
  leftOut: z.array(callLeftOut),
  leftOutCounts: z.partialRecord(leftOutReason, z.number()),
  /** Set when nobody of the kind wished for could come, so that everybody was asked. */
  fellBackFrom: z.nullable(callWish),
})
export type CallRanking = z.infer<typeof callRanking>

/** What a call needs of the person who comes. */
export interface CallNeeds {
  wish: CallWish | null
  skill: Skill | null
}
