/** The steps of a case up to the stage it has reached. */
import type { CaseStage } from '#contract/cases'
import type { CaseStepRow } from '../district.ts'
import type { Random } from '../random.ts'
import { HOUR_MS, MINUTE_MS } from './case-times.ts'
import type { Outcome } from './case-words.ts'

export interface StepPeople {
  acceptor: string
  verifier: string
  dispatcher: string
  /** The department or the grid member who handles it. */
  handler: string
}

const wholeCourse: readonly CaseStage[] = ['accept', 'verify', 'file', 'dispatch', 'handle', 'check', 'closed']
/** What ends before it is dispatched takes a shorter way. */
const shortCourses: Partial<Record<Outcome, readonly CaseStage[]>> = {
  selfHandled: ['accept', 'closed'],
  void: ['accept', 'closed'],
  merged: ['accept', 'closed'],
  notFiled: ['accept', 'verify', 'closed'],
}

/** The stages a case has gone through, the present one last. */
export function courseOf(stage: CaseStage, outcome: Outcome | null): readonly CaseStage[] {
  const short = outcome === null ? undefined : shortCourses[outcome]
  return short ?? wholeCourse.slice(0, wholeCourse.indexOf(stage) + 1)
}

/** Time each stage usually takes before the next begins, in minutes: low, high. */
const minutes: Record<CaseStage, readonly [number, number]> = {
  accept: [3, 25],
  verify: [15, 110],
  file: [4, 20],
  dispatch: [4, 35],
  handle: [60, 600],
  check: [30, 400],
  closed: [0, 0],
}

/**
 * One step for each stage of the course, beginning with the report and ending before `until`: a course that would take
 * longer is squeezed. Instants in milliseconds since the epoch.
 */
export function stepsOf(
  caseCode: string,
  course: readonly CaseStage[],
  span: { reportedAt: number; until: number },
  notes: Partial<Record<CaseStage, string>>,
  people: StepPeople,
  random: Random,
): CaseStepRow[] {
  const waits = course.map((_, index) => {
    const before = course[index - 1]
    return before ? random.between(...minutes[before]) * MINUTE_MS : 0
  })
  const total = waits.reduce((sum, wait) => sum + wait, 0)
  const squeeze = Math.min(1, (Math.max(0, span.until - span.reportedAt) * 0.9) / (total || HOUR_MS))
  const actors = actorsOf(people)
  let at = span.reportedAt
  return course.map((stage, index) => {
    at += Math.round((waits[index] ?? 0) * squeeze)
    return { caseCode, at, stage, actor: actors[stage], note: notes[stage] ?? null }
  })
}

const actorsOf = (people: StepPeople): Record<CaseStage, string> => ({
  accept: people.acceptor,
  verify: people.verifier,
  file: people.acceptor,
  dispatch: people.dispatcher,
  handle: people.handler,
  check: people.verifier,
  closed: people.dispatcher,
})
