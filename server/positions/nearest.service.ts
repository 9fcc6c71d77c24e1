/** Who is nearest to a place: ranked by how far each can be at worst, and the nearest of those left out, with why. */
import type { LonLat } from '#contract/geo'
import { personFlags } from '#contract/position-frame'
import { type NearbyPerson, reportIntervalMs, uncallableAfterMs } from '#contract/positions'
import type { Viewer } from '../auth/viewer.ts'
import { Refusal } from '../errors.ts'
import { isInRanges } from './area-order.ts'
import type { PositionRights } from './frames.ts'
import type { LiveStore } from './live-store.ts'
import { type Nearest, standing } from './nearest-search.ts'

/** A fix worse than this says too little to rank by, in metres. */
const WORST_ACCURACY_METRES = 200
const LEFT_OUT_SHOWN = 8

export interface NearestParts {
  store: LiveStore
  rightsOf: (viewer: Viewer) => PositionRights | null
  /** A name of someone on duty as a viewer may read it; null when the viewer may not know of him. */
  nameFor: (viewer: Viewer, memberId: string) => string | null
  now: () => number
}

export function createNearestService({ store, rightsOf, nameFor, now }: NearestParts) {
  /** Why a person is not ranked; null when he is. */
  function whyLeftOut(slot: number, at: number): NearbyPerson['leftOut'] {
    const flags = store.flagsAt(slot)
    if (flags & personFlags.inCall) return 'inCall'
    if (flags & personFlags.suspect) return 'suspect'
    if (at - store.fixAt(slot) > uncallableAfterMs(reportIntervalMs(store.staleAfterAt(slot)))) return 'stale'
    return store.accuracyAt(slot) > WORST_ACCURACY_METRES ? 'inaccurate' : null
  }

  function toPerson(viewer: Viewer, { slot, straightMetres, worstMetres }: Nearest, at: number): NearbyPerson[] {
    const memberId = store.memberAt(slot)
    const name = memberId === null ? null : nameFor(viewer, memberId)
    if (memberId === null || name === null) return []
    return [
      {
        memberId,
        name,
        position: [store.longitudeAt(slot), store.latitudeAt(slot)],
        straightMetres,
        accuracyMetres: store.accuracyAt(slot),
        ageMs: Math.max(0, at - store.fixAt(slot)),
        worstMetres,
        leftOut: whyLeftOut(slot, at),
      },
    ]
  }

  return {
    /**
     * Who is nearest, and who would be if he were not left out: nobody in `leftOut` is farther in a straight line than
     * the last one ranked, unless fewer than `limit` could be ranked.
     */
    async ask(
      viewer: Viewer,
      place: LonLat,
      limit: number,
    ): Promise<{ ranked: NearbyPerson[]; leftOut: NearbyPerson[] }> {
      const rights = rightsOf(viewer)
      if (rights?.detail !== 'full') throw new Refusal('not_allowed', 'Your role does not show where people are.')
      const { ranges } = rights
      const at = now()
      const search = store.search(place, limit, at, (slot) =>
        !isInRanges(store.areaOrderAt(slot), ranges)
          ? standing.unmentioned
          : whyLeftOut(slot, at) === null
            ? standing.ranked
            : standing.leftOut,
      )
      return {
        ranked: search.ranked.flatMap((found) => toPerson(viewer, found, at)),
        leftOut: search.leftOut(LEFT_OUT_SHOWN).flatMap((found) => toPerson(viewer, found, at)),
      }
    },
  }
}
export type NearestService = ReturnType<typeof createNearestService>
