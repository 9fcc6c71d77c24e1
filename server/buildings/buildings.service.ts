/** Buildings: one in full, and those of an area for its card. */
import type { AreaCard } from '#contract/areas'
import type { Building } from '#contract/buildings'
import { type Grant, grantFor } from '#contract/roles'
import { memberName } from '../auth/audience.ts'
import { scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { notFound } from '../errors.ts'
import type { PostHoldersService } from '../members/post-holders.service.ts'
import type { BuildingsQueries } from './buildings.queries.ts'

/** A grid has some dozens; a street's thousands belong on the map. `buildingCount` says how many there are. */
const CARD_BUILDINGS = 200

export interface BuildingsParts {
  queries: BuildingsQueries
  holders: Pick<PostHoldersService, 'onBuilding'>
}

export function createBuildingsService({ queries, holders }: BuildingsParts) {
  return {
    async see(viewer: Viewer, grant: Grant, id: string): Promise<Building> {
      const caseGrant = grantFor(viewer.role, 'case.see')
      const casesScope = caseGrant ? scopeUnder(caseGrant, viewer) : []
      const row = await queries.find(id, scopeUnder(grant, viewer), casesScope)
      if (!row) throw notFound('This building')
      return { ...row, people: await holders.onBuilding(viewer, id) }
    },

    /** For the card of an area the viewer already reaches. */
    async onCard(viewer: Viewer, path: string): Promise<Pick<AreaCard, 'buildings' | 'buildingCount'>> {
      const canSee = grantFor(viewer.role, 'building.see') !== null
      const [rows, buildingCount] = await Promise.all([
        canSee ? queries.inSubtree(path, CARD_BUILDINGS) : [],
        queries.countInSubtree(path),
      ])
      const buildings = rows.map(({ head, ...row }) => ({
        ...row,
        buildingHead: head === null ? null : memberName(viewer, head),
      }))
      return { buildings, buildingCount }
    },
  }
}
export type BuildingsService = ReturnType<typeof createBuildingsService>
