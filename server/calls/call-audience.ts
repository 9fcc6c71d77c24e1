/** One serialiser per audience of a call: its caller, those who dispatch, the wall, and the member who is asked. */
import { type CallState, isEnded, isHandled } from '#contract/call-ladder'
import { bandBetween, type CallerView, type LiveCall, type MemberCall } from '#contract/calls'
import { type LonLat, snapTo } from '#contract/geo'
import type { Grant } from '#contract/roles'
import { memberName, placeFor, surnameOf } from '../auth/audience.ts'
import { scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { CallReach, CallRow } from './calls.queries.ts'

const placeOf = ({ longitude, latitude }: CallRow): LonLat => [longitude, latitude]

/** How far a grant reaches among calls. An alarm reaches every dispatcher, and stays his until it ends. */
export function callReach(grant: Grant, viewer: Viewer): CallReach {
  return {
    scope: scopeUnder(grant, viewer),
    memberId: viewer.memberId,
    seesAlarms: viewer.role === 'dispatcher',
  }
}

/** Where a member is and how long he needs, for the caller's eyes only after they were made coarse. */
export interface HelperWhereabouts {
  position: LonLat
  minutes: number | null
}

/** Exact to nobody but a verified caller to whom somebody is coming; nothing after the end. */
export function callerViewFor(row: CallRow, where: HelperWhereabouts | null, now: number): CallerView {
  const isComing = isHandled(row.state)
  const mayMeasure = isComing || row.state === 'ringing'
  const isExact = isComing && row.isVerified && where !== null
  const showsHelper = row.handlerId !== null && row.state !== 'cancelled'
  return {
    code: row.code,
    state: row.state,
    hop: row.hop,
    placedAt: row.placedAt,
    acceptedAt: row.acceptedAt,
    endedAt: row.endedAt,
    serverTime: now,
    dueAt: row.state === 'ringing' ? row.dueAt : null,
    queuedBecause: row.queuedBecause,
    band: mayMeasure && where ? bandBetween(placeOf(row), where.position) : null,
    helper: showsHelper
      ? {
          surname: surnameOf(row.memberName ?? ''),
          badge: row.memberBadge,
          isPartyMember: row.memberIsPartyMember ?? false,
        }
      : null,
    minutes: isExact ? where.minutes : null,
    position: isExact ? snapTo(20, where.position) : null,
    isVerified: row.isVerified,
    stars: row.stars,
  }
}

const hasMember = (state: CallState) => state === 'ringing' || isHandled(state)

export function liveCallFor(viewer: Viewer, grant: Grant, row: CallRow): LiveCall {
  const isFull = grant.detail === 'full'
  const { memberName: name, memberBadge: badge, path } = row
  const memberId = row.handlerId ?? row.offerMemberId
  return {
    id: row.id,
    code: row.code,
    state: row.state,
    hop: row.hop,
    position: placeFor(grant.detail, placeOf(row)),
    areaId: row.areaId,
    wish: row.wish,
    skill: row.skill,
    note: isFull ? row.note : null,
    isVerified: row.isVerified,
    queuedBecause: row.queuedBecause,
    member:
      name !== null && hasMember(row.state)
        ? { id: isFull ? memberId : null, name: memberName(viewer, { name, badge, path }) }
        : null,
    takenBy: isFull ? row.takenByName : null,
    placedAt: row.placedAt,
    dueAt: isEnded(row.state) ? null : row.dueAt,
  }
}

/** As coarse as whoever is only asked may know the place of a call. */
const ASKED_SNAP_METRES = 100

export function memberCallFor(row: CallRow, now: number): MemberCall {
  return {
    callId: row.id,
    code: row.code,
    state: row.state,
    offerId: row.offerId,
    // The door only to him who has said that he comes.
    position: row.state === 'ringing' ? snapTo(ASKED_SNAP_METRES, placeOf(row)) : placeOf(row),
    wish: row.wish,
    skill: row.skill,
    note: row.note,
    way: row.way,
    wayMetres: row.wayMetres,
    worstSeconds: row.worstSeconds,
    dueAt: row.state === 'ringing' ? row.offerDueAt : null,
    serverTime: now,
  }
}
