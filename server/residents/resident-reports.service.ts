/** Reports of residents who never signed in: entered once, followed by a secret that only their phone keeps. */
import { createHash } from 'node:crypto'
import { v4 as uuidFrom } from 'uuid'
import type { ReportProgress, ResidentReport } from '#contract/resident'
import { hashSecret } from '../auth/secrets.ts'
import type { CaseReportService } from '../cases/case-report.service.ts'
import { badInput, notFound } from '../errors.ts'
import type { Command } from '../serve.ts'
import type { ReportFollowQueries } from './report-follow.queries.ts'
import { filedAs } from './resident-matters.ts'
import { residentAt, residentGrant } from './resident-viewer.ts'
import type { ResidentsService } from './residents.service.ts'

const NUMBER_TAIL = 4

export interface ResidentReportsParts {
  queries: ReportFollowQueries
  places: Pick<ResidentsService, 'place'>
  reports: Pick<CaseReportService, 'report'>
  hasCategory: (key: string) => Promise<boolean>
  now: () => number
}

export function createResidentReportsService({ queries, places, reports, hasCategory, now }: ResidentReportsParts) {
  async function progress(secret: string): Promise<ReportProgress> {
    residentGrant('case.see')
    const found = await queries.followed(hashSecret(secret))
    if (!found) throw notFound('This report')
    const { id, code, departmentName, areaName, ...shown } = found
    const steps = await queries.stages(id)
    return {
      ...shown,
      numberTail: code.slice(-NUMBER_TAIL),
      holder: departmentName ?? areaName,
      steps: steps.filter(({ stage }, at) => stage !== steps[at - 1]?.stage),
      asOf: now(),
    }
  }

  return {
    progress,

    /** The same secret again is answered with the same report, and makes no second one. */
    async report(sent: ResidentReport): Promise<ReportProgress> {
      residentGrant('case.report')
      const { secret, matter, text, spot, buildingId, gridId, position } = sent
      if ([buildingId, gridId, position].filter((each) => each !== null).length !== 1)
        throw badInput('position', 'say where it is: a building, a grid or a place on the map')
      const { place, kind } = await places.place({
        buildingId: buildingId ?? undefined,
        gridId: gridId ?? undefined,
        longitude: position?.[0],
        latitude: position?.[1],
      })
      const { title, categoryKey } = filedAs[matter]
      const where = [kind === 'spot' ? null : place?.title, spot].filter(Boolean).join(' ')
      const { id } = await reports.report(
        residentAt(place?.path ?? null),
        {
          title,
          text,
          categoryKey: categoryKey !== null && (await hasCategory(categoryKey)) ? categoryKey : null,
          priority: 'normal',
          source: 'resident',
          // The middle of a grid is no place where anything happened.
          position: kind === 'grid' ? null : (place?.position ?? null),
          address: where || null,
          reporterName: null,
          reporterPhone: null,
        },
        commandOf(sent),
      )
      await queries.follow(hashSecret(secret), id)
      return progress(secret)
    },
  }
}
export type ResidentReportsService = ReturnType<typeof createResidentReportsService>

/** A phone repeats a report until it is answered: the secret's hash names the command, so a repetition is answered. */
function commandOf({ secret, ...content }: ResidentReport): Command {
  const hash = hashSecret(secret)
  return {
    actorId: residentAt(null).accountId,
    key: uuidFrom({ random: hash.subarray(0, 16) }),
    route: 'resident.report',
    bodyHash: createHash('sha256').update(JSON.stringify(content)).digest(),
  }
}
