/** Service points: where they are, when they are open, and keeping them up to date. */
import { v7 as uuid } from 'uuid'
import type { AreaCard } from '#contract/areas'
import type { LonLat } from '#contract/geo'
import { type Grant, isInScope } from '#contract/roles'
import { localClock, openState, type ServicePoint, type ServicePointWrite } from '#contract/service-points'
import type { Audited } from '../audit/audited.ts'
import { scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { insertNumbered, recordCode } from '../database/numbered.ts'
import { badInput, notFound, versionConflict } from '../errors.ts'
import type { Command } from '../serve.ts'
import type { PointArea, ServicePointRow, ServicePointsQueries } from './service-points.queries.ts'

const CARD_POINTS = 5

export interface ServicePointsParts {
  queries: ServicePointsQueries
  change: Audited<ServicePointsQueries>
  /** IANA name of the zone opening hours are in. */
  timeZone: () => Promise<string>
  now: () => number
}
export interface Closing {
  isClosed: boolean
  reason: string | null
  version: number
}

export function createServicePointsService({ queries, change, timeZone, now }: ServicePointsParts) {
  /** Changes a point in scope; false from `write` means that somebody else was faster. */
  const changed = (
    viewer: Viewer,
    grant: Grant,
    id: string,
    action: string,
    write: (tx: ServicePointsQueries, scope: readonly string[]) => Promise<boolean>,
  ): Promise<ServicePoint> =>
    change(async ({ queries: tx, audit, noteFacts }) => {
      const scope = scopeUnder(grant, viewer)
      const before = await mustFind(tx, id, scope)
      if (!(await write(tx, scope))) throw versionConflict('this service point', toPoint(await mustFind(tx, id, scope)))
      const after = await mustFind(tx, id, scope)
      await audit({
        actor: viewer,
        action,
        ...placeOf(before),
        detail: { before: summary(before), after: summary(after) },
      })
      await noteFacts('servicePoint', [{ id, areaPath: after.path }])
      return toPoint(after)
    })

  return {
    list: (viewer: Viewer, grant: Grant): Promise<ServicePoint[]> => queries.list(scopeUnder(grant, viewer)),

    /** Service points by id; they are public, so every viewer sees the same. */
    async read(ids: readonly string[]): Promise<ReadonlyMap<string, ServicePoint>> {
      return new Map((await queries.byIds(ids)).map((point) => [point.id, point]))
    },

    /** The nearest to a place, for the card of an area. Service points are public, so no scope narrows them. */
    async nearest(place: LonLat): Promise<AreaCard['servicePoints']> {
      const [points, zone] = await Promise.all([queries.nearest(place, CARD_POINTS), timeZone()])
      return points.map((point) => {
        const { isOpen, until, closedReason } = openState(point, new Date(now()), zone)
        const { id, name, kind, metres } = point
        return { id, name, kind, isOpen, opensUntil: until, closedReason, metres }
      })
    },

    create: (viewer: Viewer, grant: Grant, wanted: ServicePointWrite, command: Command | null): Promise<ServicePoint> =>
      change(({ queries: tx, audit, noteFacts, once }) =>
        once(command, async () => {
          const scope = scopeUnder(grant, viewer)
          const area = await areaInScope(tx, wanted.position, scope)
          const id = uuid()
          await insertNumbered(
            async () => recordCode('S', await tx.nextNumber()),
            (code) => tx.insert(id, code, wanted, area?.id ?? null),
          )
          const made = await mustFind(tx, id, scope)
          await audit({ actor: viewer, action: 'servicePoint.create', ...placeOf(made), detail: summary(made) })
          await noteFacts('servicePoint', [{ id, areaPath: made.path }])
          return toPoint(made)
        }),
      ),

    change: (
      viewer: Viewer,
      grant: Grant,
      id: string,
      { version, ...wanted }: ServicePointWrite & { version: number },
    ) =>
      changed(viewer, grant, id, 'servicePoint.change', async (tx, scope) => {
        const area = await areaInScope(tx, wanted.position, scope)
        return tx.update(id, version, wanted, area?.id ?? null)
      }),

    /** Closed for the rest of the local day, or open as usual again. */
    async closeToday(viewer: Viewer, grant: Grant, id: string, { isClosed, reason, version }: Closing) {
      const { day } = localClock(new Date(now()), await timeZone())
      return changed(viewer, grant, id, 'servicePoint.closeToday', (tx) =>
        tx.setClosed(id, version, isClosed ? day : null, isClosed ? reason : null),
      )
    },
  }
}
export type ServicePointsService = ReturnType<typeof createServicePointsService>

async function mustFind(queries: ServicePointsQueries, id: string, scope: readonly string[]): Promise<ServicePointRow> {
  const row = await queries.find(id, scope)
  if (!row) throw notFound('This service point')
  return row
}

/** The grid at a place; between the grids only whoever reaches everything may put a point. */
async function areaInScope(
  queries: ServicePointsQueries,
  position: LonLat,
  scope: readonly string[],
): Promise<PointArea | null> {
  const area = await queries.gridAt(position)
  if (!isInScope(area?.path ?? null, scope)) throw badInput('position', 'this place is outside your area')
  return area
}

const toPoint = ({ path: _, ...point }: ServicePointRow): ServicePoint => point

const placeOf = ({ id, path }: ServicePointRow) => ({ resource: 'servicePoint', resourceId: id, areaPath: path })

const summary = ({
  code,
  name,
  kind,
  address,
  services,
  hours,
  closedOn,
  closedReason,
  position,
}: ServicePointRow) => ({
  code,
  name,
  kind,
  address,
  services,
  hours,
  closedOn,
  closedReason,
  position,
})
