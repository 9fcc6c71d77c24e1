/** The installation as one viewer sees it: its name, bounds, clock, data versions and counts. */
import type { District } from '#contract/district'
import { grantFor } from '#contract/roles'
import { reachUnder, scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { audienceOf, type Snapshots } from '../snapshots.ts'
import type { DistrictQueries } from './district.queries.ts'

/** Where nothing else is set: China has one time zone. */
const TIME_ZONE = 'Asia/Shanghai'
const NAME = '格邻'

export interface DistrictParts {
  queries: DistrictQueries
  now: () => number
  /** Works a thing out once for all of an audience, until something changes. */
  share: Snapshots['share']
}

export function createDistrictService({ queries, now, share }: DistrictParts) {
  async function read(viewer: Viewer): Promise<Omit<District, 'serverTime'>> {
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
      attribution: settings.attribution ?? null,
    }
  }

  return {
    async see(viewer: Viewer): Promise<District> {
      const seen = await share(`district ${audienceOf(viewer)}`, () => read(viewer))
      return { ...seen, serverTime: now() }
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
