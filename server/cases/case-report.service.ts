/** Entering a case (上报登记): it gets a number, the grid it lies in and its first step, once per command. */
import { v7 as uuid } from 'uuid'
import type { CaseReport } from '#contract/cases'
import { localClock } from '#contract/service-points'
import type { Audited } from '../audit/audited.ts'
import type { Viewer } from '../auth/viewer.ts'
import { insertNumbered } from '../database/numbered.ts'
import { badInput, Refusal } from '../errors.ts'
import type { Command } from '../serve.ts'
import type { AreaAt, CaseReportQueries } from './case-report.queries.ts'

/** A case whose class is not in the tables yet. */
const UNCLASSIFIED = '未分类'

export interface CaseReportParts {
  change: Audited<CaseReportQueries>
  timeZone: () => Promise<string>
  now: () => number
}

/** The call that becomes the case. */
export interface CallOrigin {
  id: string
  areaPath: string | null
}

export interface ReportedCase {
  id: string
  code: string
}

export function createCaseReportService({ change, timeZone, now }: CaseReportParts) {
  return {
    /** `call` becomes this case, in the same transaction. */
    async report(
      viewer: Viewer,
      report: CaseReport,
      command: Command | null,
      call: CallOrigin | null = null,
    ): Promise<ReportedCase> {
      const zone = await timeZone()
      return change(({ queries, audit, noteFacts, once }) =>
        once(command, async () => {
          const reportedAt = now()
          const { day } = localClock(new Date(reportedAt), zone)
          const categoryName = await nameOfCategory(queries, report)
          const area = await areaOf(queries, viewer, report)
          const buildingId = report.position ? await queries.buildingAt(report.position) : null
          const id = uuid()
          const item = { ...report, id, categoryName, areaId: area?.id ?? null, buildingId, reportedAt }
          const code = await insertNumbered(
            async () => caseCode(day, await queries.nextNumber()),
            (next) => queries.insert({ ...item, code: next }),
          )
          await queries.insertFirstStep(id, reportedAt, viewer.name)
          if (call && !(await queries.linkCall(call.id, id)))
            throw new Refusal('already_exists', 'This call has become a case already. Open the call to see it.')
          await audit({
            actor: viewer,
            action: 'case.report',
            resource: 'case',
            resourceId: id,
            areaPath: area?.path ?? null,
            detail: { code, categoryName, priority: report.priority, source: report.source },
          })
          if (call)
            await audit({
              actor: viewer,
              action: 'call.toCase',
              resource: 'call',
              resourceId: call.id,
              areaPath: call.areaPath,
              detail: { code },
            })
          await noteFacts('case', [{ id, areaPath: area?.path ?? null }])
          if (call) await noteFacts('call', [call])
          return { id, code }
        }),
      )
    },
  }
}
export type CaseReportService = ReturnType<typeof createCaseReportService>

/** "GL-20261122-000123": the local day and a number that never comes twice. */
export const caseCode = (day: string, number: number) =>
  `GL-${day.replaceAll('-', '')}-${String(number).padStart(6, '0')}`

async function nameOfCategory(queries: CaseReportQueries, { categoryKey }: CaseReport): Promise<string> {
  if (categoryKey === null) return UNCLASSIFIED
  const name = await queries.categoryName(categoryKey)
  if (name === null) throw badInput('categoryKey', 'this category is not in the tables; choose one from the list')
  return name
}

/**
 * The grid at the case's place. Without a place, or between the grids, it stays on the desk of whoever entered it (the
 * first of his own areas), so that a case is never without somebody who sees it.
 */
async function areaOf(queries: CaseReportQueries, viewer: Viewer, { position }: CaseReport): Promise<AreaAt | null> {
  if (position && !(await queries.isNearDistrict(position)))
    throw badInput('position', 'this place is far outside the district; the order is longitude, latitude')
  const grid = position && (await queries.gridAt(position))
  return grid ?? queries.firstArea(viewer.scope)
}
