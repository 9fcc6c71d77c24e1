/** One serialiser per audience of a case: staff of the area whole, the street's overview masked, the wall hardly anything. */
import type { CaseDetail, OpenCase } from '#contract/cases'
import type { LonLat } from '#contract/geo'
import { type Detail, type Grant, grantFor } from '#contract/roles'
import { maskNumbers, memberName, placeFor, residentName, residentPhone } from '../auth/audience.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { CaseRow, OpenCaseRow } from './cases.queries.ts'

/** How the words of residents and staff in a case are shown. */
interface Words {
  /** A line somebody wrote on the case. */
  line(text: string | null): string | null
  /** Whether free text of residents, and who did what, may be read at all. */
  hasText: boolean
  hasHistory: boolean
}

const whole: Words = { line: (text) => text, hasText: true, hasHistory: true }
/** Personal data masked: lines lose their long numbers; free text, which can name anybody, stays away. */
const masked: Words = {
  line: (text) => text && maskNumbers(text),
  hasText: false,
  hasHistory: true,
}
/** A screen that anybody may photograph: category, state and a rough place. */
const none: Words = { line: () => null, hasText: false, hasHistory: false }

const wordsOf: Record<Detail, Words> = {
  full: whole,
  masked,
  badge: none,
  counts: none,
  snap20: none,
  snap50: none,
  snap100: none,
  band: none,
}

export function openCaseFor(viewer: Viewer, grant: Grant, row: OpenCaseRow): OpenCase {
  const { line } = wordsOf[grant.detail]
  return {
    id: row.id,
    code: row.code,
    title: line(row.title) ?? row.categoryName,
    categoryKey: row.categoryKey,
    categoryName: row.categoryName,
    stage: row.stage,
    priority: row.priority,
    areaId: row.areaId,
    position: placeOf(grant, row),
    holder: holderOf(viewer, row),
    isSupervised: row.isSupervised,
    reportedAt: row.reportedAt,
    warnAt: row.warnAt,
    dueAt: row.dueAt,
  }
}

export function caseDetailFor(viewer: Viewer, grant: Grant, row: CaseRow, steps: CaseDetail['steps']): CaseDetail {
  const { line, hasText, hasHistory } = wordsOf[grant.detail]
  return {
    ...openCaseFor(viewer, grant, row),
    text: hasText ? row.text : null,
    address: line(row.address),
    source: row.source,
    outcome: row.outcome,
    areaName: row.areaName,
    buildingId: hasHistory ? row.buildingId : null,
    buildingName: line(row.buildingName),
    departmentName: row.departmentName,
    reporterName: residentName(viewer, row, row.reporterName),
    reporterPhone: residentPhone(viewer, row, row.reporterPhone),
    closedAt: row.closedAt,
    call: seesCalls(viewer) && row.callId && row.callCode ? { id: row.callId, code: row.callCode } : null,
    steps: steps.map(({ at, stage, actor, note }) => ({
      at,
      stage,
      actor: hasHistory ? actor : null,
      note: line(note),
    })),
    version: row.version,
  }
}

/** Whose calls in reach are shown whole. */
function seesCalls(viewer: Viewer): boolean {
  const grant = grantFor(viewer.role, 'call.see')
  return grant !== null && grant.reach === 'area' && grant.detail === 'full'
}

function placeOf(grant: Grant, { longitude, latitude }: OpenCaseRow): LonLat | null {
  return longitude === null || latitude === null ? null : placeFor(grant.detail, [longitude, latitude])
}

/** Who has the case now: a person before his department. */
function holderOf(viewer: Viewer, { handlerName, handlerBadge, departmentName, path }: OpenCaseRow): string | null {
  if (handlerName === null) return departmentName
  return memberName(viewer, { name: handlerName, badge: handlerBadge, path })
}
