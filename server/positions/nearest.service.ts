/** Who is nearest to a place: ranked by how far each can be at worst, and the nearest of those left out, with why. */
import type { LonLat } from '#contract/geo'
import { personFlags } from '#contract/position-frame'
import { type NearbyPerson, reportIntervalMs, uncallableAfterMs } from '#contract/positions'
import type { Viewer } from '../auth/viewer.ts'
import { Refusal } from '../errors.ts'
import { isInRanges } from './area-order.ts'
import type { PositionRights } from './frames.ts'
import type { LiveStore, Nearest } from './live-store.ts'

/** A fix worse than this says too little to rank by, in metres. */
const WORST_ACCURACY_METRES = 200
const LEFT_OUT_SHOWN = 8

export interface NearestParts {
  store: LiveStore
  rightsOf: (viewer: Viewer) => PositionRights | null
  /** Names of members on duty, as a viewer may read them. */
  namesOf: (viewer: Viewer, memberIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
  now: () => number
}

export function createNearestService({ store, rightsOf, namesOf, now }: NearestParts) {
  /** Why a person is not ranked; null when he is. */
  function whyLeftOut(slot: number, at: number): NearbyPerson['leftOut'] {
    const flags = store.flagsAt(slot)
    if (flags & personFlags.inCall) return 'inCall'
    if (flags & personFlags.suspect) return 'suspect'
    if (at - store.fixAt(slot) > uncallableAfterMs(reportIntervalMs(store.staleAfterAt(slot)))) return 'stale'
    return store.accuracyAt(slot) > WORST_ACCURACY_METRES ? 'inaccurate' : null
  }

  function toPerson(
    { slot, straightMetres, worstMetres }: Nearest,
    at: number,
    names: ReadonlyMap<string, string>,
  ): NearbyPerson[] {
    const memberId = store.memberAt(slot)
    const name = memberId === null ? undefined : names.get(memberId)
    if (memberId === null || name === undefined) return []
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
    /** The engine's answer alone: slots, for those who have no need of names. */
    search(rights: PositionRights, place: LonLat, limit: number, wantsLeftOut: boolean): Nearest[] {
      const at = now()
      return store.nearest(
        place,
        limit,
        at,
        (slot) =>
          isInRanges(store.areaOrderAt(slot), rights.ranges) && (whyLeftOut(slot, at) !== null) === wantsLeftOut,
      )
    },

    async ask(
      viewer: Viewer,
      place: LonLat,
      limit: number,
    ): Promise<{ ranked: NearbyPerson[]; leftOut: NearbyPerson[] }> {
      const rights = rightsOf(viewer)
      if (rights?.detail !== 'full') throw new Refusal('not_allowed', 'Your role does not show where people are.')
      const ranked = this.search(rights, place, limit, false)
      const leftOut = this.search(rights, place, LEFT_OUT_SHOWN, true)
      const members = [...ranked, ...leftOut].flatMap(({ slot }) => store.memberAt(slot) ?? [])
      const names = await namesOf(viewer, members)
      const at = now()
      return {
        ranked: ranked.flatMap((found) => toPerson(found, at, names)),
        leftOut: leftOut.flatMap((found) => toPerson(found, at, names)),
      }
    },
  }
}
export type NearestService = ReturnType<typeof createNearestService>
