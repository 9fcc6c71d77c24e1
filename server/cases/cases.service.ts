/** Cases as viewers read them: everything unresolved in reach, one in full, and the week of an area. */
import type { AreaCard } from '#contract/areas'
import { type CaseDetail, OPEN_CASE_CAP, type OpenCase, type OpenCaseList } from '#contract/cases'
import { type Grant, grantFor } from '#contract/roles'
import { isReached, reachUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { notFound } from '../errors.ts'
import { caseDetailFor, openCaseFor } from './case-audience.ts'
import type { CasesQueries } from './cases.queries.ts'

export interface CasesParts {
  queries: CasesQueries
  timeZone: () => Promise<string>
  now: () => number
}

export function createCasesService({ queries, timeZone, now }: CasesParts) {
  return {
    /** The one query behind list, heat map and choropleth. */
    async open(viewer: Viewer, grant: Grant): Promise<OpenCaseList> {
      const reach = reachUnder(grant, viewer)
      const asOf = now()
      const rows = await queries.open(reach, OPEN_CASE_CAP)
      const total = rows.length < OPEN_CASE_CAP ? rows.length : await queries.countOpen(reach)
      return { cases: rows.map((row) => openCaseFor(viewer, grant, row)), total, asOf }
    },

    /** Unresolved cases by id, as each viewer may see them; closed ones and those out of reach are missing. */
    async readOpen(ids: readonly string[]) {
      const rows = await queries.openByIds(ids)
      return (viewer: Viewer): ReadonlyMap<string, OpenCase> => {
        const grant = grantFor(viewer.role, 'case.see')
        if (!grant) return new Map()
        const seen = rows.filter((row) => isReached(grant, viewer, row))
        return new Map(seen.map((row) => [row.id, openCaseFor(viewer, grant, row)]))
      }
    },

    async see(viewer: Viewer, grant: Grant, id: string): Promise<CaseDetail> {
      const row = await queries.find(id, reachUnder(grant, viewer))
      if (!row) throw notFound('This case')
      return caseDetailFor(viewer, grant, row, await queries.steps(id))
    },

    /** The last seven local days of a subtree the viewer already reaches, today last. */
    week: async (path: string): Promise<AreaCard['week']> => queries.week(path, await timeZone(), now()),
  }
}
export type CasesService = ReturnType<typeof createCasesService>
