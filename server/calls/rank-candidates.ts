/**
 * Who is asked for a call, in which order, and why everybody else is not. Pure but for the live store it reads.
 *
 * The order is by worst-case walking time: way / v + (accuracy + age × v) / v in seconds, moved by soft terms. Nobody
 * walks less than the straight line, so people are looked at in the order of that bound, and the search for ways stops
 * when the rest cannot come before those found. The answer is the same as if every way had been worked out.
 */
import {
  type CallCandidate,
  type CallNeeds,
  type CallRanking,
  type CallRules,
  type CallWish,
  type LeftOutReason,
  leftOutReasons,
  type RankTerm,
} from '#contract/calls'
import { distanceMetres, type LonLat } from '#contract/geo'
import { personFlags } from '#contract/position-frame'
import { reportIntervalMs, uncallableAfterMs } from '#contract/positions'
import { isInScope } from '#contract/roles'
import type { LiveStore } from '../positions/live-store.ts'
import { MinHeap } from '../walking/min-heap.ts'
import type { WalkingSearch } from '../walking/walking-search.ts'

/** Someone on duty, as a call needs to know him. */
export interface CallPerson {
  memberId: string
  name: string
  badge: string | null
  isPartyMember: boolean
  /** Holds the post of grid member or grid leader. */
  isGridMember: boolean
  skills: readonly string[]
  areaId: string | null
  /** Path of his area; null = of none. */
  path: string | null
}

export interface RankParts {
  store: LiveStore
  people: Iterable<CallPerson>
  /** Ways from the caller; null when no street is known near him. */
  ways: WalkingSearch | null
  rules: CallRules
  now: number
}

export interface RankQuestion extends CallNeeds {
  place: LonLat
  /** The caller's grid. */
  areaId: string | null
  /** The subtrees whose people may be asked. */
  scope: readonly string[]
  /** Members asked for this call already. */
  asked: ReadonlySet<string>
  isInCall: (memberId: string) => boolean
  /** Whether anything of his would ring. */
  isReachable: (memberId: string) => boolean
  /** Calls he took today. */
  callsToday: (memberId: string) => number
  limit: number
}

/** Of those left out, this many are named; the counts tell of all. */
const LEFT_OUT_NAMED = 50
/** Bounds are taken in the plane around the caller, which differs from the sphere a little; they must never be too long. */
const SURELY = 0.995

/** Someone who passed the hard filters, before his way is known. */
interface Fit {
  person: CallPerson
  slot: number
  /** Fix and terms: everything but the way. */
  besidesSeconds: number
}

/** Ranks those of the kind wished for, or everybody when nobody of that kind can come. */
export function rankCandidates(parts: RankParts, question: RankQuestion): CallRanking {
  const asWished = rankOnce(parts, question)
  if (question.wish === null || asWished.ranked.length > 0) return asWished
  const anybody = rankOnce(parts, { ...question, wish: null })
  return anybody.ranked.length === 0 ? asWished : { ...anybody, fellBackFrom: question.wish }
}

function rankOnce(parts: RankParts, question: RankQuestion): CallRanking {
  const { store, rules, ways } = parts
  const leftOut = new LeftOut()
  const { fits, queue } = sift(parts, question, leftOut)
  const ranked: CallCandidate[] = []
  const worstRanked = () => ranked[question.limit - 1]?.rankSeconds ?? Number.POSITIVE_INFINITY
  while (queue.size > 0 && queue.leastKey < worstRanked()) {
    const fit = fits[queue.pop() as number] as Fit
    const atMostMetres = (worstRanked() - fit.besidesSeconds) * rules.walkingMetresPerSecond
    const position: LonLat = [store.longitudeAt(fit.slot), store.latitudeAt(fit.slot)]
    const found = wayBetween(question.place, position, ways, rules, atMostMetres)
    if (found === 'noWay') leftOut.add(fit.person, 'noWay', distanceMetres(question.place, position))
    else if (found !== 'beyond') insert(ranked, toCandidate(parts, question, fit, found), question.limit)
  }
  return { ranked, ...leftOut.told(), fellBackFrom: null }
}

/** Everybody who may be asked, in the order of the least time he can need. Runs over all on duty, so it makes nothing it can do without. */
function sift({ store, people, rules, now }: RankParts, question: RankQuestion, leftOut: LeftOut) {
  const fits: Fit[] = []
  const queue = new MinHeap()
  const metresTo = flatMetresFrom(question.place)
  for (const person of people) {
    const slot = store.slotOf(person.memberId)
    const metres =
      slot === undefined ? Number.POSITIVE_INFINITY : metresTo(store.longitudeAt(slot), store.latitudeAt(slot))
    const reason = whyNotHe(question, person) ?? (slot === undefined ? 'noFix' : whyNotHisFix(store, slot, rules, now))
    if (reason !== null || slot === undefined) {
      leftOut.add(person, reason ?? 'noFix', metres)
      continue
    }
    const besidesSeconds = fixSeconds(store, slot, rules, now) + termSeconds(question, person, rules)
    const leastSeconds = besidesSeconds + (SURELY * metres) / rules.walkingMetresPerSecond
    queue.push(leastSeconds, fits.push({ person, slot, besidesSeconds }) - 1)
  }
  return { fits, queue }
}

function flatMetresFrom([longitude, latitude]: LonLat) {
  const perLatitude = distanceMetres([longitude, 0], [longitude, 1])
  const perLongitude = perLatitude * Math.cos((latitude * Math.PI) / 180)
  return (otherLongitude: number, otherLatitude: number) => {
    const east = (otherLongitude - longitude) * perLongitude
    const north = (otherLatitude - latitude) * perLatitude
    return Math.sqrt(east * east + north * north)
  }
}

/** As far as he can have gone from his fix: accuracy / v + age. */
const fixSeconds = (store: LiveStore, slot: number, { walkingMetresPerSecond }: CallRules, now: number) =>
  store.accuracyAt(slot) / walkingMetresPerSecond + ageOf(store, slot, now) / 1000
const ageOf = (store: LiveStore, slot: number, now: number) => Math.max(0, now - store.fixAt(slot))

function whyNotHe(question: RankQuestion, person: CallPerson): LeftOutReason | null {
  if (!isInScope(person.path, question.scope)) return 'outOfScope'
  if (!question.isReachable(person.memberId)) return 'noChannel'
  if (question.isInCall(person.memberId)) return 'inCall'
  if (question.asked.has(person.memberId)) return 'asked'
  if (question.skill !== null && !person.skills.includes(question.skill)) return 'noSkill'
  return question.wish === null ? null : whyNotWished(question.wish, person)
}

function whyNotWished(wish: CallWish, { isPartyMember, isGridMember }: CallPerson): LeftOutReason | null {
  if (wish === 'partyMember') return isPartyMember ? null : 'notPartyMember'
  return isGridMember ? null : 'notGridMember'
}

function whyNotHisFix(store: LiveStore, slot: number, rules: CallRules, now: number): LeftOutReason | null {
  if (store.flagsAt(slot) & personFlags.suspect) return 'suspect'
  if (now - store.fixAt(slot) > uncallableAfterMs(reportIntervalMs(store.staleAfterAt(slot)))) return 'stale'
  return store.accuracyAt(slot) > rules.worstAccuracyMetres ? 'inaccurate' : null
}

const sameGridSeconds = ({ areaId: callArea }: RankQuestion, { areaId }: CallPerson, rules: CallRules) =>
  areaId !== null && areaId === callArea ? 0 - rules.sameGridSeconds : 0
const callsTodaySeconds = ({ callsToday }: RankQuestion, { memberId }: CallPerson, rules: CallRules) =>
  callsToday(memberId) * rules.callTodaySeconds
const termSeconds = (question: RankQuestion, person: CallPerson, rules: CallRules) =>
  sameGridSeconds(question, person, rules) + callsTodaySeconds(question, person, rules)

function termsOf(question: RankQuestion, person: CallPerson, rules: CallRules): RankTerm[] {
  const terms: RankTerm[] = [
    { term: 'sameGrid', seconds: sameGridSeconds(question, person, rules) },
    { term: 'callsToday', seconds: callsTodaySeconds(question, person, rules) },
  ]
  return terms.filter(({ seconds }) => seconds !== 0)
}

type Way = Pick<CallCandidate, 'way' | 'wayMetres'>

function wayBetween(
  place: LonLat,
  position: LonLat,
  ways: WalkingSearch | null,
  rules: CallRules,
  atMostMetres: number,
): Way | 'noWay' | 'beyond' {
  const walk = ways?.to(position, atMostMetres) ?? 'offNetwork'
  if (walk === 'offNetwork') return { way: 'straight', wayMetres: distanceMetres(place, position) * rules.detourFactor }
  return typeof walk === 'string' ? walk : { way: 'network', wayMetres: walk.metres }
}

function toCandidate(
  { store, rules, now }: RankParts,
  question: RankQuestion,
  { person, slot, besidesSeconds }: Fit,
  found: Way,
): CallCandidate {
  const { memberId, name, badge, isPartyMember } = person
  const waySeconds = found.wayMetres / rules.walkingMetresPerSecond
  return {
    memberId,
    name,
    badge,
    isPartyMember,
    ...found,
    accuracyMetres: store.accuracyAt(slot),
    ageMs: ageOf(store, slot, now),
    worstSeconds: waySeconds + fixSeconds(store, slot, rules, now),
    terms: termsOf(question, person, rules),
    rankSeconds: waySeconds + besidesSeconds,
  }
}

/** Equals go by id, so that an answer does not depend on the order of looking. */
function comesBefore(a: CallCandidate, b: CallCandidate): boolean {
  return a.rankSeconds < b.rankSeconds || (a.rankSeconds === b.rankSeconds && a.memberId < b.memberId)
}

function insert(ranked: CallCandidate[], found: CallCandidate, limit: number): void {
  let at = ranked.length
  while (at > 0 && comesBefore(found, ranked[at - 1] as CallCandidate)) at--
  ranked.splice(at, 0, found)
  if (ranked.length > limit) ranked.pop()
}

interface Named {
  person: CallPerson
  reason: LeftOutReason
  metres: number
}

/** Counts those left out, and names the nearest of them; people of other areas are not this call's business. */
class LeftOut {
  readonly #counts = new Map<LeftOutReason, number>()
  readonly #nearest: Named[] = []

  /** Infinity: nobody knows where he is. */
  add(person: CallPerson, reason: LeftOutReason, metres: number): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1)
    const nearest = this.#nearest
    if (reason === 'outOfScope' || metres >= (nearest[LEFT_OUT_NAMED - 1]?.metres ?? Number.NaN)) return
    let at = nearest.length
    while (at > 0 && metres < (nearest[at - 1] as Named).metres) at--
    nearest.splice(at, 0, { person, reason, metres })
    if (nearest.length > LEFT_OUT_NAMED) nearest.pop()
  }

  told(): Pick<CallRanking, 'leftOut' | 'leftOutCounts'> {
    const named = this.#nearest.map(({ person: { memberId, name }, reason }) => ({ memberId, name, reason }))
    const inOrder = leftOutReasons.flatMap((reason) => {
      const count = this.#counts.get(reason)
      return count === undefined ? [] : [[reason, count]]
    })
    return { leftOut: named, leftOutCounts: Object.fromEntries(inOrder) }
  }
}
