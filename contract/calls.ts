/** The one-click call 一键呼叫: its rules as data, its states, who is asked in which order and why, and what each audience sees. */
import * as z from 'zod/mini'
import { callStates, offerOutcomes, queueReasons } from './call-ladder.ts'
import { distanceMetres, type LonLat, lonLat, snapTo } from './geo.ts'
import { type Skill, skill } from './members.ts'
import { optionalText, requiredText } from './text.ts'

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
  /** An open page that has not said by then that it rings is taken as dead; what rings elsewhere has the whole ring. */
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

/** A day: more is a slip. */
const MOST_MS = 86_400_000
const MOST_COUNT = 10_000
const positive = z.number().check(z.gt(0), z.lte(MOST_MS))
const notNegative = z.number().check(z.gte(0), z.lte(MOST_MS))
/** What the settings may hold; anything missing is as above. */
export const callRuleChanges = z.partial(
  z.strictObject({
    walkingMetresPerSecond: positive,
    detourFactor: z.number().check(z.gte(1), z.lte(10)),
    worstAccuracyMetres: positive,
    sameGridSeconds: notNegative,
    callTodaySeconds: notNegative,
    ringMs: positive,
    deliveryMs: positive,
    hops: z.int().check(z.gte(0), z.lte(MOST_COUNT)),
    ladderMs: positive,
    dispatcherMs: positive,
    anonymousPerHour: z.int().check(z.gte(0), z.lte(MOST_COUNT)),
    verifiedPerHour: z.int().check(z.gte(0), z.lte(MOST_COUNT)),
    addressPerHour: z.int().check(z.gte(0), z.lte(MOST_COUNT)),
  } satisfies Record<keyof CallRules, z.ZodMiniType>),
)

/** What administrators set about calls: the duty desk that residents telephone, and the rules. `stamp` says what was read. */
export const callSettings = z.strictObject({
  dutyPhone: z.nullable(z.string().check(z.regex(/^\+?[0-9][0-9 -]{1,18}[0-9]$/))),
  dutyDeskName: optionalText(40),
  callRules: callRuleChanges,
  stamp: z.string().check(z.maxLength(64)),
})
export type CallSettings = z.infer<typeof callSettings>

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

export const callState = z.enum(callStates)
export const queueReason = z.enum(queueReasons)
export const offerOutcome = z.enum(offerOutcomes)

/** What the caller's page keeps: 256 bits made by itself, base64url. Whoever has it is the caller. */
const callSecret = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))

/** The press. The same secret again is the same call. */
export const callPlace = z.strictObject({
  secret: callSecret,
  /** Made once by the browser and kept; limits are counted by it. */
  deviceId: z.uuid(),
  position: lonLat,
  accuracyMetres: z.nullable(z.number().check(z.gte(0), z.lte(100_000))),
  wish: z.nullable(callWish),
  skill: z.nullable(skill),
  note: optionalText(200),
})
export type CallPlace = z.infer<typeof callPlace>

/** A dispatcher's call for somebody: no caller's page, so no secret. */
export const callFor = z.strictObject({
  position: lonLat,
  wish: z.nullable(callWish),
  skill: z.nullable(skill),
  note: requiredText(200),
})
export type CallFor = z.infer<typeof callFor>

export const callBySecret = z.strictObject({ secret: callSecret })
export const callRate = z.strictObject({
  secret: callSecret,
  stars: z.int().check(z.gte(1), z.lte(5)),
  text: optionalText(200),
})
export type CallRate = z.infer<typeof callRate>

/** How far a member is, as a caller may know it: by the square of 500 m he is in, never by where in it. */
export const distanceBands = ['within500', 'within1000', 'within2000', 'beyond2000'] as const
export type DistanceBand = (typeof distanceBands)[number]
const BAND_CELL_METRES = 500
const BAND_METRES: readonly (readonly [DistanceBand, number])[] = [
  ['within500', 500],
  ['within1000', 1_000],
  ['within2000', 2_000],
]

/** Two members in one square give the same answer to every question. */
export function bandBetween(caller: LonLat, member: LonLat): DistanceBand {
  const metres = distanceMetres(caller, snapTo(BAND_CELL_METRES, member))
  return BAND_METRES.find(([, most]) => metres <= most)?.[0] ?? 'beyond2000'
}

/** A call as its caller sees it. No id, number or exact place of a member; instants in milliseconds. */
export const callerView = z.object({
  code: z.string(),
  state: callState,
  /** The how-manieth member is being asked. */
  hop: z.number(),
  placedAt: z.number(),
  /** Null until it happened. */
  acceptedAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  serverTime: z.number(),
  /** While a member is asked: when the next one is, if he does not answer. */
  dueAt: z.nullable(z.number()),
  /** Why the duty desk has it. */
  queuedBecause: z.nullable(queueReason),
  band: z.nullable(z.enum(distanceBands)),
  /** Who comes, from his acceptance on. */
  helper: z.nullable(z.object({ surname: z.string(), badge: z.nullable(z.string()), isPartyMember: z.boolean() })),
  /** Only for a verified caller, while somebody is coming. */
  minutes: z.nullable(z.number()),
  position: z.nullable(lonLat),
  isVerified: z.boolean(),
  stars: z.nullable(z.number()),
})
export type CallerView = z.infer<typeof callerView>

/** A live call, as lists and screens of staff need it. */
export const liveCall = z.object({
  id: z.string(),
  code: z.string(),
  state: callState,
  hop: z.number(),
  position: lonLat,
  areaId: z.nullable(z.string()),
  wish: z.nullable(callWish),
  skill: z.nullable(skill),
  note: z.nullable(z.string()),
  isVerified: z.boolean(),
  queuedBecause: z.nullable(queueReason),
  /** Being rung, or coming. */
  member: z.nullable(z.object({ id: z.nullable(z.string()), name: z.string() })),
  takenBy: z.nullable(z.string()),
  placedAt: z.number(),
  /** When the next thing happens by itself. */
  dueAt: z.nullable(z.number()),
})
export type LiveCall = z.infer<typeof liveCall>
/** What a screen needs of the rules to say how far along a call is. Times in milliseconds. */
export const ladderPace = z.object({ hops: z.number(), ringMs: z.number(), dispatcherMs: z.number() })
export type LadderPace = z.infer<typeof ladderPace>
export const liveCallList = z.object({ calls: z.array(liveCall), asOf: z.number(), pace: ladderPace })
export type LiveCallList = z.infer<typeof liveCallList>

/** One rung of the ladder, for those who dispatch. */
export const callRung = z.object({
  hop: z.number(),
  member: z.object({ id: z.string(), name: z.string() }),
  isAssigned: z.boolean(),
  worstSeconds: z.nullable(z.number()),
  rungAt: z.number(),
  deliveredAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  outcome: z.nullable(offerOutcome),
  reason: z.nullable(z.string()),
})
export const callDetail = z.object({
  ...liveCall.shape,
  acceptedAt: z.nullable(z.number()),
  onTheWayAt: z.nullable(z.number()),
  arrivedAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  stars: z.nullable(z.number()),
  ratingText: z.nullable(z.string()),
  /** The dispatcher who placed it for somebody. */
  placedBy: z.nullable(z.string()),
  /** What it became, for those who see both. */
  case: z.nullable(z.object({ id: z.string(), code: z.string() })),
  /** Where it goes on, and what goes on in it. */
  mergedInto: z.nullable(z.object({ id: z.string(), code: z.string() })),
  merged: z.array(z.object({ id: z.string(), code: z.string() })),
  rungs: z.array(callRung),
})
export type CallDetail = z.infer<typeof callDetail>

export const callReason = requiredText(200)

/** What the member who is asked, or who comes, sees. */
export const memberCall = z.object({
  callId: z.string(),
  code: z.string(),
  state: callState,
  offerId: z.nullable(z.string()),
  position: lonLat,
  wish: z.nullable(callWish),
  skill: z.nullable(skill),
  note: z.nullable(z.string()),
  way: z.nullable(wayKind),
  wayMetres: z.nullable(z.number()),
  worstSeconds: z.nullable(z.number()),
  /** Until when it rings. */
  dueAt: z.nullable(z.number()),
  serverTime: z.number(),
})
export type MemberCall = z.infer<typeof memberCall>

export const declineReasons = ['busy', 'tooFar', 'notMySkill', 'unwell', 'other'] as const
export const offerSaid = z.strictObject({ offerId: z.uuid() })
export const offerDeclined = z.strictObject({ offerId: z.uuid(), reason: z.enum(declineReasons) })
export const callProgress = z.strictObject({
  callId: z.uuid(),
  /** givenBack: he cannot come after all. */
  to: z.enum(['onTheWay', 'arrived', 'done', 'givenBack']),
})
export type CallProgress = z.infer<typeof callProgress>
