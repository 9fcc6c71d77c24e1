/** Where a member went: only with a reason, only so far back, and every look is on record for him to read. */

import { RAW_POSITIONS_KEPT_MS } from '#contract/duty'
import type { Grant } from '#contract/roles'
import type { Audited } from '../audit/audited.ts'
import { scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { badInput, notFound } from '../errors.ts'
import type { PositionsQueries } from './positions.queries.ts'

const DAY_MS = 86_400_000
/** A grid leader looks back a day, others as long as tracks are kept. */
const GRID_LEADER_SEES_MS = DAY_MS
const MOST_FIXES = 20_000
const REFUSALS_SHOWN_MS = 7 * DAY_MS

export interface TracksParts {
  queries: PositionsQueries
  change: Audited<PositionsQueries>
  now: () => number
}

export function createTracksService({ queries, change, now }: TracksParts) {
  return {
    /** The look is written down before anything is shown. */
    async read(
      viewer: Viewer,
      grant: Grant,
      memberId: string,
      { from, to }: { from: number; to: number },
      reason: string,
    ) {
      const reach = viewer.role === 'gridLeader' ? GRID_LEADER_SEES_MS : RAW_POSITIONS_KEPT_MS
      if (to < from) throw badInput('to', 'it lies before the beginning')
      if (from < now() - reach) throw badInput('from', `tracks can be seen for the last ${reach / DAY_MS} days`)
      const isOwn = grant.reach === 'own'
      if (isOwn && memberId !== viewer.memberId) throw notFound('This member')
      const path = await queries.memberPath(memberId, isOwn ? null : scopeUnder(grant, viewer))
      if (!path) throw notFound('This member')
      if (!isOwn)
        await change(({ audit }) =>
          audit({
            actor: viewer,
            action: 'track.see',
            resource: 'member',
            resourceId: memberId,
            areaPath: path.path,
            detail: { reason, from, to },
          }),
        )
      const rows = await queries.history(memberId, from, to, MOST_FIXES)
      return {
        memberId,
        fixes: rows.map(({ fixAt, longitude, latitude, accuracyMetres }): [number, number, number, number | null] => [
          fixAt,
          longitude,
          latitude,
          accuracyMetres,
        ]),
      }
    },

    /** Refused fixes of the last days by hour, source and reason. */
    refusals: () => queries.refusalsSince(now() - REFUSALS_SHOWN_MS),
  }
}
export type TracksService = ReturnType<typeof createTracksService>
