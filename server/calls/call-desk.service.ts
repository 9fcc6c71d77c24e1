/** Calls as those who dispatch see and steer them, and as facts tell them. */
import { isEnded } from '#contract/call-ladder'
import type { CallDetail, CallFor, CallRanking, CallRules, LiveCall, LiveCallList } from '#contract/calls'
import { type Grant, grantFor } from '#contract/roles'
import { isReached, scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { notFound, Refusal } from '../errors.ts'
import type { Command } from '../serve.ts'
import { callReach, liveCallFor } from './call-audience.ts'
import type { CallRow, CallsQueries } from './calls.queries.ts'
import type { CallsService } from './calls.service.ts'

/** More live calls than this are no list any more; the newest are shown. */
const LIVE_CAP = 500
const CANDIDATES = 20

export interface CallDeskParts {
  queries: CallsQueries
  calls: CallsService
  rules: () => CallRules
  now: () => number
}

export function createCallDeskService({ queries, calls, rules, now }: CallDeskParts) {
  async function reached(viewer: Viewer, grant: Grant, id: string): Promise<CallRow> {
    const row = await queries.findReached(id, callReach(grant, viewer))
    if (!row) throw notFound('This call')
    return row
  }

  async function detail(viewer: Viewer, grant: Grant, row: CallRow): Promise<CallDetail> {
    const { acceptedAt, onTheWayAt, arrivedAt, endedAt, stars, ratingText } = row
    const isFull = grant.detail === 'full' && grant.reach === 'area'
    return {
      ...liveCallFor(viewer, grant, row),
      acceptedAt,
      onTheWayAt,
      arrivedAt,
      endedAt,
      stars,
      ratingText: isFull ? ratingText : null,
      placedBy: isFull ? row.placedByName : null,
      case: isFull && row.caseId && row.caseCode ? { id: row.caseId, code: row.caseCode } : null,
      mergedInto:
        isFull && row.mergedInto && row.mergedIntoCode ? { id: row.mergedInto, code: row.mergedIntoCode } : null,
      merged: isFull ? await queries.mergedInto([row.id]) : [],
      rungs: isFull ? await queries.rungs(row.id) : [],
    }
  }

  return {
    async live(viewer: Viewer, grant: Grant): Promise<LiveCallList> {
      const asOf = now()
      const rows = await queries.live(callReach(grant, viewer), LIVE_CAP)
      const { hops, ringMs, dispatcherMs } = rules()
      return {
        calls: rows.map((row) => liveCallFor(viewer, grant, row)),
        asOf,
        pace: { hops, ringMs, dispatcherMs },
      }
    },

    see: async (viewer: Viewer, grant: Grant, id: string) => detail(viewer, grant, await reached(viewer, grant, id)),

    /** Who could be asked, in which order, and why everybody else could not. */
    async candidates(viewer: Viewer, grant: Grant, id: string): Promise<CallRanking> {
      const row = await reached(viewer, grant, id)
      return calls.rankingFor(row, CANDIDATES, scopeUnder(grant, viewer))
    },

    async takeOver(viewer: Viewer, grant: Grant, id: string, command: Command | null): Promise<void> {
      await reached(viewer, grant, id)
      const audit = { actor: viewer, action: 'call.takeOver', detail: {} }
      await calls.take(id, { kind: 'takeOver', accountId: viewer.accountId }, { audit, command })
    },

    async assign(viewer: Viewer, grant: Grant, id: string, memberId: string, command: Command | null): Promise<void> {
      await calls.assign(viewer, await reached(viewer, grant, id), memberId, command)
    },

    placeFor: (viewer: Viewer, press: CallFor, command: Command | null) => calls.placeFor(viewer, press, command),

    async merge(viewer: Viewer, grant: Grant, id: string, into: string, command: Command | null): Promise<void> {
      const [row, other] = [await reached(viewer, grant, id), await reached(viewer, grant, into)]
      await calls.merge(viewer, row, other, command)
    },

    /** A call in reach, to become a case. */
    async toBecomeCase(viewer: Viewer, grant: Grant, id: string): Promise<{ id: string; areaPath: string | null }> {
      const row = await reached(viewer, grant, id)
      return { id, areaPath: row.path }
    },

    /** What a dispatcher settled himself, such as by telephone. */
    async finish(viewer: Viewer, grant: Grant, id: string, note: string, command: Command | null): Promise<void> {
      await reached(viewer, grant, id)
      const audit = { actor: viewer, action: 'call.finish', detail: { note } }
      await calls.take(
        id,
        { kind: 'finish', accountId: viewer.accountId },
        { audit, command, also: ({ queries: tx }) => tx.noteEnd(id, note) },
      )
    },

    async cancel(viewer: Viewer, grant: Grant, id: string, reason: string, command: Command | null): Promise<void> {
      if (grant.needsReason && reason.trim() === '') throw new Refusal('reason_needed', 'Say why it is cancelled.')
      await reached(viewer, grant, id)
      const audit = { actor: viewer, action: 'call.cancel', detail: { reason } }
      await calls.take(id, { kind: 'cancel' }, { audit, command, also: ({ queries: tx }) => tx.noteEnd(id, reason) })
    },

    /** Calls by id as each viewer may see them. An alarm that has ended is still told to those who heard it. */
    async readLive(ids: readonly string[]) {
      const rows = await queries.byIds(ids)
      return (viewer: Viewer): ReadonlyMap<string, LiveCall> => {
        const grant = grantFor(viewer.role, 'call.see')
        if (!grant) return new Map()
        const seen = rows.filter((row) => isSeen(viewer, grant, row))
        return new Map(seen.map((row) => [row.id, liveCallFor(viewer, grant, row)]))
      }
    },
  }
}
export type CallDeskService = ReturnType<typeof createCallDeskService>

/** The same rule as the SQL of lists, and the end of an alarm. */
function isSeen(viewer: Viewer, grant: Grant, row: CallRow): boolean {
  if (row.alarmedAt !== null && callReach(grant, viewer).seesAlarms) return true
  if (isEnded(row.state)) return false
  const handlerId = row.handlerId ?? (row.state === 'ringing' ? row.offerMemberId : null)
  return isReached(grant, viewer, { path: row.path, departmentId: null, handlerId })
}
