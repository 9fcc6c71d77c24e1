/** Place codes: made and revoked by administrators, on record; read by whoever scans one. */
import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import {
  PLACE_CODE_LENGTH,
  type PlaceCodeSheet,
  type PlaceCodeWish,
  placeCodeFrom,
  readPlaceCode,
} from '#contract/place-codes'
import { type Grant, isInScope } from '#contract/roles'
import { commonPath } from '../audit/audit.ts'
import type { Audited } from '../audit/audited.ts'
import { scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { badInput, notFound } from '../errors.ts'
import type { CodedRow, CodeTarget, NewCode, PlaceCodesQueries, PlacePath } from './place-codes.queries.ts'

export interface PlaceCodesParts {
  queries: PlaceCodesQueries
  change: Audited<PlaceCodesQueries>
  now: () => number
}

export function createPlaceCodesService({ queries, change, now }: PlaceCodesParts) {
  return {
    /** Grids below an area, and the buildings when it is one; `origin` goes into the QR. */
    async sheet(viewer: Viewer, grant: Grant, areaId: string, origin: string): Promise<PlaceCodeSheet> {
      const area = await queries.area(areaId, scopeUnder(grant, viewer))
      if (!area) throw notFound('This area')
      const buildings = area.level === 'grid' ? await queries.buildings(area.path) : []
      return { origin, places: [...(await queries.grids(area.path)), ...buildings].map(toPlace) }
    },

    /** Gives every place without a code one. All or nothing: one place out of reach refuses the whole wish. */
    async create(viewer: Viewer, grant: Grant, { areaIds, buildingIds }: PlaceCodeWish): Promise<{ made: number }> {
      const scope = scopeUnder(grant, viewer)
      return change(async ({ queries: tx, audit }) => {
        const grids = inScope('areaIds', areaIds, await tx.gridPaths(areaIds), scope)
        const buildings = inScope('buildingIds', buildingIds, await tx.buildingPaths(buildingIds), scope)
        const made =
          (await tx.insert('area_id', grids.map(newCode), now())) +
          (await tx.insert('building_id', buildings.map(newCode), now()))
        const paths = [...grids, ...buildings].flatMap(({ path }) => path ?? [])
        if (made > 0)
          await audit({
            actor: viewer,
            action: 'placeCode.create',
            resource: 'placeCode',
            resourceId: null,
            areaPath: commonPath(paths),
            detail: { made, grids: grids.length, buildings: buildings.length },
          })
        return { made }
      })
    },

    /** The paper that bears it stops leading to the place, at once and for good. */
    async revoke(viewer: Viewer, grant: Grant, id: string): Promise<void> {
      await change(async ({ queries: tx, audit }) => {
        const found = await tx.find(id, scopeUnder(grant, viewer))
        if (!found || !(await tx.revoke(id, now()))) throw notFound('This code')
        await audit({
          actor: viewer,
          action: 'placeCode.revoke',
          resource: 'placeCode',
          resourceId: id,
          areaPath: found.path,
          detail: { place: found.title },
        })
      })
    },

    /** What a scanned or typed code means; null = there never was such a code. */
    async target(text: string): Promise<CodeTarget | null> {
      const code = readPlaceCode(text)
      return code === null ? null : queries.target(code)
    },
  }
}
export type PlaceCodesService = ReturnType<typeof createPlaceCodesService>

const newCode = ({ id }: PlacePath): NewCode => ({
  id: uuid(),
  code: placeCodeFrom(randomBytes(PLACE_CODE_LENGTH)),
  placeId: id,
})

function inScope(
  field: string,
  asked: readonly string[],
  found: readonly PlacePath[],
  scope: readonly string[],
): readonly PlacePath[] {
  const reached = found.filter(({ path }) => isInScope(path, scope))
  if (reached.length < new Set(asked).size) throw badInput(field, 'one of these places is outside your area')
  return reached
}

const toPlace = ({ codeId, code, createdAt, ...place }: CodedRow) => ({
  ...place,
  code: codeId === null || code === null || createdAt === null ? null : { id: codeId, code, createdAt },
})
