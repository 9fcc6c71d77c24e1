/** The installation as one viewer sees it: its name, bounds, clock, data versions and counts. */
import type { District } from '#contract/district'
import { grantFor } from '#contract/roles'
import { reachUnder, scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { DistrictQueries } from './district.queries.ts'

/** Where nothing else is set: China has one time zone. */
const TIME_ZONE = 'Asia/Shanghai'
const NAME = '格邻'

export function createDistrictService({ queries, now }: { queries: DistrictQueries; now: () => number }) {
  return {
    async see(viewer: Viewer): Promise<District> {
      const areaGrant = grantFor(viewer.role, 'area.see')
      const caseGrant = grantFor(viewer.role, 'case.see')
      const scope = areaGrant ? scopeUnder(areaGrant, viewer) : []
      const cases = caseGrant ? reachUnder(caseGrant, viewer) : { scope: [], departmentId: null, memberId: null }
      const [settings, roots, bounds, versions, counts] = await Promise.all([
        queries.settings(),
        queries.rootNames(),
        queries.bounds(scope),
        queries.versions(),
        queries.counts(scope, cases),
      ])
      return {
        name: settings.districtName ?? (roots.length === 1 && roots[0] ? roots[0] : NAME),
        bounds,
        isDemo: settings.demoSeed !== undefined,
        timeZone: knownTimeZone(settings.timeZone),
        versions,
        counts,
        serverTime: now(),
        attribution: settings.attribution ?? null,
      }
    },

    /** IANA name of the zone whose calendar and clock the district lives by. */
    timeZone: async (): Promise<string> => knownTimeZone((await queries.settings()).timeZone),
  }
}
export type DistrictService = ReturnType<typeof createDistrictService>

/** A zone this machine knows; a misspelt setting must not take every card down. */
export function knownTimeZone(name: string | undefined): string {
  if (name === undefined) return TIME_ZONE
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return TIME_ZONE
  }
}
