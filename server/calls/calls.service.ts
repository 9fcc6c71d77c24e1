/**
 * Calls as they go up the ladder. Every step is worked out by contract/call-ladder.ts on the row as it was read, and
 * written only if nobody wrote since; whoever was slower decides anew. A phone is rung after the commit of its offer, by
 * the process that wrote it and once: what is lost there is a dead phone to the ladder, and never a second ring.
 */
import { v7 as uuid } from 'uuid'
import {
  isEnded,
  type LadderCall,
  type LadderEvent,
  type LadderStep,
  newCall,
  type QueueReason,
  queued,
  step,
} from '#contract/call-ladder'
import type { CallCandidate, CallFor, CallPlace, CallProgress, CallRanking, CallRules } from '#contract/calls'
import type { LonLat } from '#contract/geo'
import { isInScope } from '#contract/roles'
import { localClock } from '#contract/service-points'
import type { AuditNote } from '../audit/audit.ts'
import type { Audited, AuditedWork } from '../audit/audited.ts'
import { hashSecret } from '../auth/secrets.ts'
import type { Viewer } from '../auth/viewer.ts'
import { badInput, notFound, Refusal } from '../errors.ts'
import type { Command } from '../serve.ts'
import { memberCallFor } from './call-audience.ts'
import type { CallRow, CallsQueries } from './calls.queries.ts'
import type { RankQuestion } from './rank-candidates.ts'
import type { RingChannel } from './ring-channel.ts'

const HOUR_MS = 3_600_000
/** Each loss means that somebody else got a step through, so this many in a row do not happen. */
const MOST_TRIES = 50

export interface CallsParts {
  queries: CallsQueries
  change: Audited<CallsQueries>
  channel: RingChannel
  rank: (question: RankQuestion) => Promise<CallRanking>
  rules: () => CallRules
  timeZone: () => Promise<string>
  now: () => number
}

/** What goes with a step into its transaction. */
interface Accompaniment {
  way?: CallCandidate
  reason?: string
  also?: (work: AuditedWork<CallsQueries>, row: CallRow) => Promise<void>
  audit?: Omit<AuditNote, 'resource' | 'resourceId' | 'areaPath'>
  command?: Command | null
}

/** The member is asked for, or comes to, another call at this moment. */
class MemberBusy extends Error {}
/** Somebody else wrote since the call was read. */
class LostRace extends Error {}

export function createCallsService({ queries, change, channel, rank, rules, timeZone, now }: CallsParts) {
  /** One step of one call. Throws a refusal when the call has moved on; answers the row as it then is. */
  async function take(id: string, event: LadderEvent, more: Accompaniment = {}): Promise<CallRow> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const row = await queries.find(id)
      if (!row) throw notFound('This call')
      const before = ladderOf(row)
      const result = step(before, event, rules(), now())
      if ('refusal' in result) throw refusalOf(result.refusal, row)
      if (result.call === before) return row
      const isWritten = await write(row, before, result, more).catch(unlessLost)
      if (isWritten === null) continue
      const after = (await queries.find(id)) ?? row
      if (isWritten) tellPhones(before, result, after)
      return after
    }
    throw new Refusal('too_busy', 'Too many people act on this call at once. Please try again.')
  }

  /** false: the same command had been carried out before. */
  async function write(
    row: CallRow,
    before: LadderCall,
    { call, closed }: Exclude<LadderStep, { refusal: unknown }>,
    { way, reason, also, audit, command }: Accompaniment,
  ): Promise<boolean> {
    const at = now()
    return change(async (work) => {
      const { queries: tx, noteFacts, once } = work
      let isFirst = false
      await once(command ?? null, async () => {
        isFirst = true
        if (!(await tx.save(row.id, row.version, call, at))) throw new LostRace()
        if (closed) await tx.closeOffer(closed.offerId, closed.outcome, at, reason ?? null)
        if (call.offer && call.offer.id !== before.offer?.id) {
          if (!(await tx.openOffer(row.id, call, way ?? null))) throw new MemberBusy()
        } else if (call.offer?.deliveredAt && !before.offer?.deliveredAt)
          await tx.noteDelivery(call.offer.id, call.offer.deliveredAt, call.offer.dueAt)
        await also?.(work, row)
        if (audit) await work.audit({ ...audit, resource: 'call', resourceId: row.id, areaPath: row.path })
        await noteFacts('call', [{ id: row.id, areaPath: row.path }])
      })
      return isFirst
    })
  }

  function tellPhones(
    before: LadderCall,
    { call, closed }: Exclude<LadderStep, { refusal: unknown }>,
    after: CallRow,
  ): void {
    if (closed && closed.outcome !== 'accepted' && closed.outcome !== 'declined')
      channel.hush(closed.memberId, closed.offerId)
    if (call.state === 'cancelled' && call.handlerId !== null && call.acceptedOfferId !== null)
      channel.hush(call.handlerId, call.acceptedOfferId)
    const { offer } = call
    // Somebody may have acted between the commit and here: then there is nothing to ring about.
    if (offer && offer.id !== before.offer?.id && after.offerId === offer.id && after.state === 'ringing')
      channel.ring(offer.memberId, memberCallFor(after, now()))
  }

  /** While nobody is being asked: the next one, or the dispatchers. Safe to do twice. */
  async function advance(id: string): Promise<void> {
    const alsoBusy = new Set<string>()
    for (;;) {
      const row = await queries.find(id)
      if (row?.state !== 'searching') return
      const [best] = (await rankingFor(row, 1, streetOf(row), alsoBusy)).ranked
      try {
        const memberId = best?.memberId ?? null
        await take(id, { kind: 'next', memberId, offerId: uuid(), isRemote: await isRemote(memberId) }, { way: best })
        return
      } catch (error) {
        if (error instanceof Refusal && error.code === 'call_over') return
        if (!(error instanceof MemberBusy) || !best) throw error
        alsoBusy.add(best.memberId)
      }
    }
  }

  const isRemote = async (memberId: string | null) => memberId !== null && (await channel.reach())(memberId) === 'other'

  async function rankingFor(
    row: CallRow,
    limit: number,
    scope: readonly string[],
    alsoBusy: ReadonlySet<string> = new Set(),
  ): Promise<CallRanking> {
    const facts = await queries.rankFacts(row.id, await startOfDay())
    const busy = new Set([...facts.busy, ...alsoBusy])
    const asked = new Set(facts.asked)
    const reach = await channel.reach()
    return rank({
      place: [row.longitude, row.latitude],
      areaId: row.areaId,
      wish: row.wish,
      skill: row.skill,
      scope,
      asked,
      isInCall: (memberId) => busy.has(memberId),
      isReachable: (memberId) => reach(memberId) !== null,
      callsToday: (memberId) => facts.taken[memberId] ?? 0,
      limit,
    })
  }

  /** Midnight of the district's own day. */
  async function startOfDay(): Promise<number> {
    const at = now()
    const { time } = localClock(new Date(at), await timeZone())
    const [hours, minutes] = time.split(':').map(Number)
    return at - ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000 - (at % 60_000)
  }

  async function limitOf(place: CallPlace, addressHash: Buffer | null): Promise<QueueReason | null> {
    const { anonymousPerHour, addressPerHour } = rules()
    const before = await queries.placedSince(hashSecret(place.deviceId), addressHash, now() - HOUR_MS)
    if (before.isOpen) return 'alreadyOpen'
    return before.byDevice >= anonymousPerHour || before.byAddress >= addressPerHour ? 'overLimit' : null
  }

  async function asFollowed(rows: CallRow[]): Promise<CallRow[]> {
    const others = rows.flatMap(({ mergedInto }) => mergedInto ?? [])
    if (others.length === 0) return rows
    const byId = new Map((await queries.byIds(others)).map((row) => [row.id, row]))
    return rows.map((row) => followedIn(row, row.mergedInto === null ? undefined : byId.get(row.mergedInto)))
  }

  /** The call of an offer that was made to this member. */
  async function callOfOffer(offerId: string): Promise<string> {
    const found = await queries.findByOffer(offerId)
    if (!found) throw notFound('This call')
    return found.callId
  }

  return {
    take,
    advance,
    rankingFor,

    /** The press. The same secret again answers with the same call; above a limit it is the dispatchers' at once. */
    async place(place: CallPlace, address: string | null): Promise<CallRow> {
      const secretHash = hashSecret(place.secret)
      const known = await queries.findBySecret(secretHash)
      if (known) return known
      const area = await areaFor(queries, place.position)
      const addressHash = address === null ? null : hashSecret(`address ${address}`)
      const limit = await limitOf(place, addressHash)
      const at = now()
      const fresh = newCall(at)
      const ladder = limit === null ? fresh : queued(fresh, limit, rules(), at)
      const { day } = localClock(new Date(at), await timeZone())
      const id = uuid()
      await change(async ({ queries: tx, audit, noteFacts }) => {
        const code = callCode(day, await tx.nextNumber())
        const { position, accuracyMetres, wish, skill, note } = place
        const deviceHash = hashSecret(place.deviceId)
        const item = { position, accuracyMetres, wish, skill, note, secretHash, deviceHash, addressHash }
        if (!(await tx.insert({ ...item, id, code, areaId: area?.id ?? null, placedBy: null, ladder }))) return
        const detail = { code, wish, skill, queuedBecause: limit }
        const areaPath = area?.path ?? null
        await audit({ actor: null, action: 'call.place', resource: 'call', resourceId: id, areaPath, detail })
        await noteFacts('call', [{ id, areaPath }])
      })
      await advance(id)
      const placed = await queries.findBySecret(secretHash)
      if (!placed) throw new Error('A call that was stored is not there.')
      return placed
    },

    /** A dispatcher's press for somebody who cannot: the same ladder, without a caller's page. */
    async placeFor(viewer: Viewer, { position, ...wanted }: CallFor, command: Command | null) {
      const area = await areaFor(queries, position)
      const areaPath = area?.path ?? null
      if (!isInScope(areaPath, viewer.scope)) throw badInput('position', 'this place is outside your area')
      const at = now()
      const { day } = localClock(new Date(at), await timeZone())
      const placed = await change(({ queries: tx, audit, noteFacts, once }) =>
        once(command, async () => {
          const id = uuid()
          const code = callCode(day, await tx.nextNumber())
          const nobody = { accuracyMetres: null, secretHash: null, deviceHash: null, addressHash: null }
          const item = { ...wanted, ...nobody, position, placedBy: viewer.accountId, areaId: area?.id ?? null }
          await tx.insert({ ...item, id, code, ladder: newCall(at) })
          const detail = { code, wish: wanted.wish, skill: wanted.skill }
          await audit({ actor: viewer, action: 'call.onBehalf', resource: 'call', resourceId: id, areaPath, detail })
          await noteFacts('call', [{ id, areaPath }])
          return { id, code }
        }),
      )
      await advance(placed.id)
      return placed
    },

    /** Ends a call as part of another; its caller follows that one from then on. */
    async merge(viewer: Viewer, { id }: CallRow, into: CallRow, command: Command | null): Promise<CallRow> {
      const audit = { actor: viewer, action: 'call.merge', detail: { into: into.code } }
      return take(
        id,
        { kind: 'merge' },
        {
          audit,
          command,
          async also({ queries: tx }) {
            if (id === into.id || !(await tx.mergeInto(id, into.id))) throw refusalOf('over', into)
          },
        },
      )
    },

    /** The caller's own call, wherever it goes on. */
    async bySecret(secret: string): Promise<CallRow> {
      const row = await queries.findBySecret(hashSecret(secret))
      if (!row) throw notFound('This call')
      return row
    },

    /** Calls as their callers follow them: one that was merged as the one it goes on in. */
    async followed(ids: readonly string[]): Promise<CallRow[]> {
      return asFollowed(await queries.byIds(ids))
    },
    follow: async (row: CallRow): Promise<CallRow> => (await asFollowed([row]))[0] ?? row,

    async idsBySecret(secrets: ReadonlySet<string>): Promise<Map<string, string>> {
      const secretOf = new Map([...secrets].map((secret) => [hashSecret(secret).toString('hex'), secret]))
      const found = await queries.idsBySecret([...secretOf.keys()])
      return new Map(found.map(({ secretHash, id }) => [secretOf.get(secretHash) ?? '', id]))
    },

    /** A phone says that it rings. */
    async delivered(memberId: string, offerId: string): Promise<CallRow> {
      return take(await callOfOffer(offerId), { kind: 'delivered', memberId, offerId })
    },

    async accept(viewer: Viewer, memberId: string, offerId: string): Promise<CallRow> {
      const audit = { actor: viewer, action: 'call.accept', detail: { offerId } }
      return take(await callOfOffer(offerId), { kind: 'accept', memberId, offerId }, { audit })
    },

    async decline(viewer: Viewer, memberId: string, offerId: string, reason: string): Promise<void> {
      const id = await callOfOffer(offerId)
      const audit = { actor: viewer, action: 'call.decline', detail: { offerId, reason } }
      await take(id, { kind: 'decline', memberId, offerId }, { reason, audit })
      await advance(id)
    },

    progress(viewer: Viewer, memberId: string, { callId, to }: CallProgress): Promise<CallRow> {
      const audit = { actor: viewer, action: 'call.progress', detail: { to } }
      const event: LadderEvent =
        to === 'givenBack' ? { kind: 'giveBack', memberId } : { kind: 'progress', memberId, to }
      return take(callId, event, { audit })
    },

    /** Does what is due of one call. */
    async tick(id: string): Promise<void> {
      const row = await take(id, { kind: 'due' })
      if (row.state === 'searching') await advance(id)
    },

    /** A dispatcher lets the phone of one member ring, out of turn. */
    async assign(viewer: Viewer, row: CallRow, memberId: string, command: Command | null): Promise<CallRow> {
      const member = await queries.memberPath(memberId)
      if (!member || !isInScope(member.path, viewer.scope)) throw notFound('This member')
      const [way] = (await rankingFor({ ...row, wish: null, skill: null }, 50, ['/'])).ranked.filter(
        (one) => one.memberId === memberId,
      )
      const audit = { actor: viewer, action: 'call.assign', detail: { memberId } }
      const event: LadderEvent = {
        kind: 'assign',
        accountId: viewer.accountId,
        memberId,
        offerId: uuid(),
        isRemote: await isRemote(memberId),
      }
      try {
        return await take(row.id, event, { way, audit, command })
      } catch (error) {
        if (!(error instanceof MemberBusy)) throw error
        throw new Refusal('call_taken', 'This member is asked for another call at this moment. Choose somebody else.')
      }
    },
  }
}
export type CallsService = ReturnType<typeof createCallsService>

/**
 * A merged call as its caller sees it: how the other stands, but his own place, number and standing. What only a verified
 * caller may know of the other is not his for that.
 */
function followedIn(own: CallRow, other: CallRow | undefined): CallRow {
  if (!other) return own
  const { id, code, placedAt, longitude, latitude, isVerified, version } = own
  return {
    ...other,
    ...{ id, code, placedAt, longitude, latitude, isVerified },
    // Grows with either.
    version: version + other.version,
    stars: null,
  }
}

/** "C-20261122-000123". */
const callCode = (day: string, number: number) => `C-${day.replaceAll('-', '')}-${String(number).padStart(6, '0')}`

/** Members of the whole street may be asked; of a call on no area, all. */
const streetOf = ({ path }: CallRow): readonly string[] => [path === null ? '/' : `/${path.split('/')[1]}/`]

async function areaFor(queries: CallsQueries, position: LonLat) {
  const area = await queries.areaFor(position)
  if (area || !(await queries.hasAreas())) return area
  throw badInput('position', 'this place is far outside the district; in an emergency call 110, 119 or 120')
}

function unlessLost(error: unknown): null {
  if (error instanceof LostRace) return null
  throw error
}

function refusalOf(refusal: 'over' | 'taken', row: CallRow): Refusal {
  const current = { state: row.state }
  return refusal === 'taken'
    ? new Refusal('call_taken', 'Somebody else has taken this call.', { current })
    : new Refusal('call_over', 'This has ended or moved on meanwhile.', { current })
}

export function ladderOf(row: CallRow): LadderCall {
  const isRinging = row.state === 'ringing' && row.offerId !== null && row.offerMemberId !== null
  return {
    state: row.state,
    placedAt: row.placedAt,
    hop: row.hop,
    offer: isRinging
      ? {
          id: row.offerId as string,
          memberId: row.offerMemberId as string,
          isAssigned: row.offerIsAssigned ?? false,
          rungAt: row.rungAt ?? row.placedAt,
          deliveredAt: row.deliveredAt,
          dueAt: row.dueAt ?? row.placedAt,
        }
      : null,
    handlerId: row.handlerId,
    acceptedOfferId: !isRinging && row.handlerId !== null && row.handlerId === row.offerMemberId ? row.offerId : null,
    takenBy: row.takenBy,
    queuedBecause: row.queuedBecause,
    dueAt: isEnded(row.state) ? null : row.dueAt,
  }
}
