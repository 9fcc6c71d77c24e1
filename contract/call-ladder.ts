/**
 * The ladder of a call as a state machine: pure, every instant is an argument in milliseconds since the epoch.
 *
 *   searching → ringing → accepted → onTheWay → arrived → done → rated
 *       ↑          │ declined, silent, dead phone: the next, at most `hops` people and `ladderMs` in all
 *       └──────────┤
 *                  └→ dispatcher → alarm (everybody)     taken: by a dispatcher      cancelled: from every live state
 *                     merged: from every state in which no member is on it; it goes on in another call
 *
 * A live call always has an owner: a clock, everybody, a dispatcher or a member (`ownerOf`). Two who act on the same
 * state at once are told apart by the row's version: the later one decides anew on what it has become.
 */
import type { CallRules } from './calls.ts'

export const callStates = [
  'searching',
  'ringing',
  'dispatcher',
  'alarm',
  'taken',
  'accepted',
  'onTheWay',
  'arrived',
  'done',
  'rated',
  'cancelled',
  'merged',
] as const
export type CallState = (typeof callStates)[number]

/** Why a dispatcher has it. */
export const queueReasons = ['noCandidate', 'allAsked', 'overLimit', 'alreadyOpen', 'notAnswered', 'givenBack'] as const
export type QueueReason = (typeof queueReasons)[number]

export const offerOutcomes = ['accepted', 'declined', 'silent', 'dead', 'withdrawn'] as const
export type OfferOutcome = (typeof offerOutcomes)[number]

export interface OpenOffer {
  id: string
  memberId: string
  /** By a dispatcher, and not by the ladder. */
  isAssigned: boolean
  rungAt: number
  deliveredAt: number | null
  dueAt: number
}

export interface LadderCall {
  state: CallState
  placedAt: number
  hop: number
  offer: OpenOffer | null
  handlerId: string | null
  /** The offer that the handler accepted. */
  acceptedOfferId: string | null
  takenBy: string | null
  queuedBecause: QueueReason | null
  dueAt: number | null
}

/** isRemote: no page of his is open, so nothing can say at once that it rings; he has the whole time of a ring. */
export type LadderEvent =
  /** The clock: something may be due. */
  | { kind: 'due' }
  /** The best one still to be asked, or nobody. */
  | { kind: 'next'; memberId: string | null; offerId: string; isRemote?: boolean }
  | { kind: 'delivered'; offerId: string; memberId: string }
  | { kind: 'accept'; offerId: string; memberId: string }
  | { kind: 'decline'; offerId: string; memberId: string }
  | { kind: 'progress'; memberId: string; to: 'onTheWay' | 'arrived' | 'done' }
  | { kind: 'giveBack'; memberId: string }
  | { kind: 'cancel' }
  | { kind: 'takeOver'; accountId: string }
  | { kind: 'assign'; accountId: string; memberId: string; offerId: string; isRemote?: boolean }
  | { kind: 'finish'; accountId: string }
  /** It goes on in another call about the same thing. */
  | { kind: 'merge' }
  | { kind: 'rate' }

/** over: the call or offer has ended or moved on · taken: somebody else was faster. */
export type LadderRefusal = 'over' | 'taken'
export type LadderStep =
  | { refusal: LadderRefusal }
  /** closed: what became of the offer that was open. A step that changes nothing returns the very same call. */
  | { call: LadderCall; closed: { offerId: string; memberId: string; outcome: OfferOutcome } | null }

export const isEnded = (state: CallState) =>
  state === 'done' || state === 'rated' || state === 'cancelled' || state === 'merged'
/** A member is on it. */
export const isHandled = (state: CallState) => state === 'accepted' || state === 'onTheWay' || state === 'arrived'

export type Owner = 'clock' | 'everybody' | 'dispatcher' | 'member' | null
/** Who answers for a call now; null only when it has ended. */
export function ownerOf(call: LadderCall): Owner {
  if (isEnded(call.state)) return null
  if (call.state === 'alarm') return 'everybody'
  if (call.state === 'taken') return call.takenBy === null ? null : 'dispatcher'
  if (isHandled(call.state)) return call.handlerId === null ? null : 'member'
  return call.dueAt === null ? null : 'clock'
}

export const newCall = (placedAt: number): LadderCall => ({
  state: 'searching',
  placedAt,
  hop: 0,
  offer: null,
  handlerId: null,
  acceptedOfferId: null,
  takenBy: null,
  queuedBecause: null,
  dueAt: placedAt,
})

/** Straight to the dispatchers: above a limit, or because nobody else is there. */
export function queued(call: LadderCall, because: QueueReason, rules: CallRules, now: number): LadderCall {
  return { ...call, state: 'dispatcher', offer: null, queuedBecause: because, dueAt: now + rules.dispatcherMs }
}

export function step(call: LadderCall, event: LadderEvent, rules: CallRules, now: number): LadderStep {
  switch (event.kind) {
    case 'due':
      return whenDue(call, rules, now)
    case 'next':
      return call.state === 'searching' ? moved(ringNext(call, event, rules, now)) : refused('over')
    case 'delivered':
      return delivered(call, event, rules, now)
    case 'accept':
      return accept(call, event, now)
    case 'decline': {
      if (!isOpenFor(call, event, now)) return refused('over')
      return closing(call, 'declined', afterOffer(call, rules, now))
    }
    case 'progress':
      return progress(call, event)
    case 'giveBack': {
      if (!isHandled(call.state) || call.handlerId !== event.memberId) return refused('over')
      return moved(queued({ ...call, handlerId: null, acceptedOfferId: null }, 'givenBack', rules, now))
    }
    case 'cancel': {
      if (call.state === 'cancelled') return moved(call)
      if (isEnded(call.state)) return refused('over')
      return closing(call, 'withdrawn', { ...call, state: 'cancelled', offer: null, dueAt: null })
    }
    case 'merge': {
      if (call.state === 'merged') return moved(call)
      if (isEnded(call.state)) return refused('over')
      // Somebody is on his way: then the other one is merged into this.
      if (isHandled(call.state)) return refused('taken')
      return closing(call, 'withdrawn', { ...call, state: 'merged', offer: null, dueAt: null })
    }
    case 'takeOver':
      return takeOver(call, event)
    case 'assign':
      return assign(call, event, rules, now)
    case 'finish': {
      if (call.state === 'done') return moved(call)
      if (call.state !== 'taken') return refused('over')
      return call.takenBy === event.accountId ? moved({ ...call, state: 'done' }) : refused('taken')
    }
    case 'rate':
      return call.state === 'done' ? moved({ ...call, state: 'rated' }) : refused('over')
  }
}

const refused = (refusal: LadderRefusal): LadderStep => ({ refusal })
const moved = (call: LadderCall): LadderStep => ({ call, closed: null })

function closing({ offer }: LadderCall, outcome: OfferOutcome, next: LadderCall): LadderStep {
  return { call: next, closed: offer && { offerId: offer.id, memberId: offer.memberId, outcome } }
}

/** Whether this member may still answer this offer. */
function isOpenFor({ offer }: LadderCall, { offerId, memberId }: { offerId: string; memberId: string }, now: number) {
  return offer !== null && offer.id === offerId && offer.memberId === memberId && now < offer.dueAt
}

function whenDue(call: LadderCall, rules: CallRules, now: number): LadderStep {
  if (call.dueAt === null || now < call.dueAt) return moved(call)
  if (call.state === 'dispatcher') return moved({ ...call, state: 'alarm', dueAt: null })
  if (call.offer === null) return moved(call)
  return closing(call, call.offer.deliveredAt === null ? 'dead' : 'silent', afterOffer(call, rules, now))
}

/** The offer came to nothing: the next, or the dispatchers. */
function afterOffer(call: LadderCall, rules: CallRules, now: number): LadderCall {
  const without = { ...call, offer: null }
  if (call.offer?.isAssigned) return queued(without, 'notAnswered', rules, now)
  if (isLadderUsedUp(call, rules, now)) return queued(without, 'allAsked', rules, now)
  return { ...without, state: 'searching', dueAt: now }
}

/** How long a phone may take to say that it rings. */
const patienceMs = (isRemote: boolean | undefined, { ringMs, deliveryMs }: CallRules) =>
  isRemote ? ringMs : deliveryMs

const isLadderUsedUp = ({ hop, placedAt }: LadderCall, { hops, ladderMs }: CallRules, now: number) =>
  hop >= hops || now >= placedAt + ladderMs

function ringNext(
  call: LadderCall,
  { memberId, offerId, isRemote }: { memberId: string | null; offerId: string; isRemote?: boolean },
  rules: CallRules,
  now: number,
): LadderCall {
  if (isLadderUsedUp(call, rules, now)) return queued(call, 'allAsked', rules, now)
  if (memberId === null) return queued(call, 'noCandidate', rules, now)
  const dueAt = Math.min(now + patienceMs(isRemote, rules), call.placedAt + rules.ladderMs)
  const offer = { id: offerId, memberId, isAssigned: false, rungAt: now, deliveredAt: null, dueAt }
  return { ...call, state: 'ringing', hop: call.hop + 1, offer, dueAt }
}

function delivered(
  call: LadderCall,
  event: { offerId: string; memberId: string },
  rules: CallRules,
  now: number,
): LadderStep {
  const { offer } = call
  if (offer === null || !isOpenFor(call, event, now)) return refused('over')
  if (offer.deliveredAt !== null) return moved(call)
  const ladderEnd = offer.isAssigned ? Number.POSITIVE_INFINITY : call.placedAt + rules.ladderMs
  const dueAt = Math.min(offer.rungAt + rules.ringMs, ladderEnd)
  return moved({ ...call, offer: { ...offer, deliveredAt: now, dueAt }, dueAt })
}

function accept(call: LadderCall, event: { offerId: string; memberId: string }, now: number): LadderStep {
  // The winner asks again: an answer that was lost on the way.
  if (call.acceptedOfferId === event.offerId && call.handlerId === event.memberId) return moved(call)
  if (!isOpenFor(call, event, now)) return refused(call.handlerId !== null ? 'taken' : 'over')
  const { memberId, offerId } = event
  const accepted: LadderCall = {
    ...call,
    state: 'accepted',
    offer: null,
    handlerId: memberId,
    acceptedOfferId: offerId,
    dueAt: null,
  }
  return closing(call, 'accepted', accepted)
}

const progressOrder: readonly CallState[] = ['accepted', 'onTheWay', 'arrived', 'done']

/** Forwards only; a step that was taken before changes nothing. */
function progress(call: LadderCall, { memberId, to }: { memberId: string; to: CallState }): LadderStep {
  if (call.handlerId !== memberId || call.state === 'cancelled') return refused('over')
  const at = call.state === 'rated' ? progressOrder.length : progressOrder.indexOf(call.state)
  if (at < 0) return refused('over')
  return moved(progressOrder.indexOf(to) > at ? { ...call, state: to } : call)
}

function takeOver(call: LadderCall, { accountId }: { accountId: string }): LadderStep {
  if (isEnded(call.state)) return refused('over')
  if (isHandled(call.state)) return refused('taken')
  if (call.state === 'taken') return call.takenBy === accountId ? moved(call) : refused('taken')
  return closing(call, 'withdrawn', { ...call, state: 'taken', takenBy: accountId, offer: null, dueAt: null })
}

function assign(
  call: LadderCall,
  {
    accountId,
    memberId,
    offerId,
    isRemote,
  }: { accountId: string; memberId: string; offerId: string; isRemote?: boolean },
  rules: CallRules,
  now: number,
): LadderStep {
  if (isEnded(call.state)) return refused('over')
  if (isHandled(call.state) || (call.state === 'taken' && call.takenBy !== accountId)) return refused('taken')
  const dueAt = now + patienceMs(isRemote, rules)
  const offer = { id: offerId, memberId, isAssigned: true, rungAt: now, deliveredAt: null, dueAt }
  return closing(call, 'withdrawn', { ...call, state: 'ringing', takenBy: accountId, offer, dueAt })
}
