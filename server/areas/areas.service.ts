/** Areas: the tree a viewer reaches, and the card of one cell. */
import type { Area, AreaCard, AreaLeaders } from '#contract/areas'
import { isInCharge } from '#contract/members'
import type { Grant } from '#contract/roles'
import { scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { BuildingsService } from '../buildings/buildings.service.ts'
import type { CasesService } from '../cases/cases.service.ts'
import { notFound } from '../errors.ts'
import type { PostHoldersService } from '../members/post-holders.service.ts'
import type { ServicePointsService } from '../service-points/service-points.service.ts'
import type { TeamsService } from '../teams/teams.service.ts'
import type { AreasQueries } from './areas.queries.ts'

export interface AreasParts {
  queries: AreasQueries
  holders: Pick<PostHoldersService, 'onAreas' | 'memberHouseholds' | 'leaders'>
  teams: Pick<TeamsService, 'serving'>
  buildings: Pick<BuildingsService, 'onCard'>
  points: Pick<ServicePointsService, 'nearest'>
  cases: Pick<CasesService, 'week'>
}

export function createAreasService({ queries, holders, teams, buildings, points, cases }: AreasParts) {
  /** The chain of responsibility from the root down, and everyone with a post on the last link itself. */
  async function responsibility(viewer: Viewer, path: string): Promise<Pick<AreaCard, 'chain' | 'roster'>> {
    const links = await queries.byPaths(pathsDownTo(path))
    const held = await holders.onAreas(
      viewer,
      links.map(({ id }) => id),
    )
    const chain = links.map(({ id, level, name }) => ({
      areaId: id,
      level,
      areaName: name,
      holders: (held.get(id) ?? []).filter(({ post }) => isInCharge(post)),
    }))
    return { chain, roster: held.get(links.at(-1)?.id ?? '') ?? [] }
  }

  return {
    list: (viewer: Viewer, grant: Grant): Promise<Area[]> => queries.list(scopeUnder(grant, viewer)),

    leaders: (viewer: Viewer, grant: Grant): Promise<AreaLeaders[]> =>
      holders.leaders(viewer, scopeUnder(grant, viewer)),

    /** What a dispatcher reads after clicking a cell. */
    async card(viewer: Viewer, grant: Grant, id: string): Promise<AreaCard> {
      const found = await queries.find(id, scopeUnder(grant, viewer))
      if (!found) throw notFound('This area')
      const { path, ...area } = found
      const [people, memberHouseholds, serving, built, servicePoints, week] = await Promise.all([
        responsibility(viewer, path),
        holders.memberHouseholds(path),
        teams.serving(viewer, path),
        buildings.onCard(viewer, path),
        points.nearest(area.centre),
        cases.week(path),
      ])
      return { area, ...people, memberHouseholds, teams: serving, ...built, servicePoints, week }
    },
  }
}
export type AreasService = ReturnType<typeof createAreasService>

/** "/a/b/" → ["/a/", "/a/b/"]. */
export function pathsDownTo(path: string): string[] {
  const codes = path.split('/').filter(Boolean)
  return codes.map((_, index) => `/${codes.slice(0, index + 1).join('/')}/`)
}
