/** Cases 案件: life cycle, supervision colours, and the one filter behind queue, heat map and choropleth. */
import * as z from 'zod/mini'
import { lonLat } from './geo.ts'
import { optionalText, requiredText, typedText } from './text.ts'

/** Where a case stands; names follow GB/T 30428 (accept 受理 · verify 核实 · file 立案 · dispatch 派遣 · handle 处置 · check 核查). */
export const caseStages = ['accept', 'verify', 'file', 'dispatch', 'handle', 'check', 'closed'] as const
export const caseStage = z.enum(caseStages)
export type CaseStage = z.infer<typeof caseStage>

/** How a closed case ended. "Closed" is not "fixed". */
export const caseOutcomes = ['fixed', 'notFixed', 'notFiled', 'void', 'merged', 'selfHandled'] as const
export const caseOutcome = z.enum(caseOutcomes)

export const caseSources = ['resident', 'patrol', 'member', 'hotline', 'sensor', 'video', 'superior', 'import'] as const
export const caseSource = z.enum(caseSources)

export const casePriorities = ['urgent', 'high', 'normal', 'low'] as const
export const casePriority = z.enum(casePriorities)

/** 三色管理: blue = on time, yellow = limit near, red = overdue. Worst last. */
export const supervisionStates = ['onTime', 'nearLimit', 'overdue'] as const
export type Supervision = (typeof supervisionStates)[number]

/** Supervision at an instant. A case without a limit is on time. All instants in milliseconds since the epoch. */
export function supervisionOf(item: { warnAt: number | null; dueAt: number | null }, now: number): Supervision {
  if (item.dueAt !== null && now >= item.dueAt) return 'overdue'
  if (item.warnAt !== null && now >= item.warnAt) return 'nearLimit'
  return 'onTime'
}

/** One unresolved case as the map, the queue and the heat map need it. Instants in milliseconds since the epoch. */
export const openCase = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  /** "standard/kind/code" of its category, or null when the source's class is not in the tables. */
  categoryKey: z.nullable(z.string()),
  categoryName: z.string(),
  stage: caseStage,
  priority: casePriority,
  areaId: z.nullable(z.string()),
  /** null when the case is not on the map. */
  position: z.nullable(lonLat),
  holder: z.nullable(z.string()),
  isSupervised: z.boolean(),
  reportedAt: z.number(),
  warnAt: z.nullable(z.number()),
  dueAt: z.nullable(z.number()),
})
export type OpenCase = z.infer<typeof openCase>

export const openCaseList = z.object({
  cases: z.array(openCase),
  /** All unresolved cases in scope; larger than cases.length only past the cap. */
  total: z.number(),
  asOf: z.number(),
})
export type OpenCaseList = z.infer<typeof openCaseList>

/** At most this many unresolved cases go to one screen; the answer says when there are more. */
export const OPEN_CASE_CAP = 50_000

/** What a viewer narrows the open cases by. Empty means all. */
export interface OpenCaseFilter {
  supervision: Supervision | null
  stage: CaseStage | null
  categoryName: string | null
  areaIds: ReadonlySet<string> | null
}

/** The one filter behind the queue, the heat map and the choropleth. */
export function matchesFilter(item: OpenCase, filter: OpenCaseFilter, now: number): boolean {
  if (filter.stage !== null && item.stage !== filter.stage) return false
  if (filter.categoryName !== null && item.categoryName !== filter.categoryName) return false
  if (filter.areaIds !== null && (item.areaId === null || !filter.areaIds.has(item.areaId))) return false
  return filter.supervision === null || supervisionOf(item, now) === filter.supervision
}

/** Due first, those without a limit last, the oldest first among equals. */
export function byDueTime(a: OpenCase, b: OpenCase): number {
  return (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER) || a.reportedAt - b.reportedAt
}

export const caseStep = z.object({
  at: z.number(),
  stage: caseStage,
  actor: z.nullable(z.string()),
  note: z.nullable(z.string()),
})

/** A case in full, as the viewer's audience may see it. */
export const caseDetail = z.object({
  ...openCase.shape,
  text: z.nullable(z.string()),
  address: z.nullable(z.string()),
  source: caseSource,
  outcome: z.nullable(caseOutcome),
  areaName: z.nullable(z.string()),
  buildingId: z.nullable(z.string()),
  buildingName: z.nullable(z.string()),
  departmentName: z.nullable(z.string()),
  reporterName: z.nullable(z.string()),
  /** null, masked ("138****1234") or whole, by audience. */
  reporterPhone: z.nullable(z.string()),
  closedAt: z.nullable(z.number()),
  /** The call it came from, for those who see calls whole. */
  call: z.nullable(z.object({ id: z.string(), code: z.string() })),
  steps: z.array(caseStep),
  version: z.number(),
})
export type CaseDetail = z.infer<typeof caseDetail>

/** A case entered by staff (上报登记). The grid follows from the position. */
export const caseReport = z.strictObject({
  title: requiredText(60),
  text: optionalText(2000),
  categoryKey: z.nullable(typedText(60)),
  priority: casePriority,
  source: caseSource,
  position: z.nullable(lonLat),
  address: optionalText(120),
  reporterName: optionalText(40),
  reporterPhone: z.nullable(z.string().check(z.regex(/^\+?[0-9][0-9 -]{2,18}[0-9]$/))),
})
export type CaseReport = z.infer<typeof caseReport>

export const category = z.object({
  key: z.string(),
  kind: z.string(),
  code: z.string(),
  majorClass: z.string(),
  name: z.string(),
})
export type Category = z.infer<typeof category>
