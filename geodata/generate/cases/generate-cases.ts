/** Ninety days of cases before `now`: several thousand closed, a few hundred unresolved. */
import type { CaseStage, Supervision } from '#contract/cases'
import { type CategoryRow, categoryKey } from '../../categories/read-categories.ts'
import { STREET_CODE } from '../areas.ts'
import { departmentCode } from '../departments.ts'
import type { BuildingRow, CaseRow, CaseStepRow, MemberRow, PostRow } from '../district.ts'
import type { Town } from '../ground.ts'
import { personName } from '../names.ts'
import { type Point, toLonLat } from '../plane.ts'
import { createRandom, type Random } from '../random.ts'
import { type CaseKind, caseKinds } from './case-kinds.ts'
import { createNearest, takeTurns } from './case-people.ts'
import { courseOf, stepsOf } from './case-steps.ts'
import {
  closedLimits,
  HOUR_MS,
  localDay,
  MINUTE_MS,
  openLimits,
  openReportTimes,
  openStage,
  reportTimes,
  shareSupervision,
} from './case-times.ts'
import { notesOf, type Outcome, wordsOf } from './case-words.ts'
import { createSpots, placeInLeaf } from './hot-spots.ts'

export const OPEN_CASES = 380
export const CLOSED_CASES = 4_200
/** Hotline calls whose place nobody could make out: the street's own until somebody asks. */
const WITHOUT_POSITION = 5
/** What a grid can settle does not leave the grid: this share is handled by grid members. */
const HANDLED_IN_GRID = 0.38

const outcomeWeights: Partial<Record<Outcome, number>> = { fixed: 84, selfHandled: 9, notFiled: 4, void: 1, merged: 2 }

export interface CaseWorld {
  seed: number
  now: number
  town: Town
  buildings: BuildingRow[]
  /** In the order of `buildings`: ground places. */
  places: Point[]
  gridOfFace: Map<number, string>
  members: MemberRow[]
  posts: PostRow[]
  categories: CategoryRow[]
  departmentNames: Map<string, string>
}

/** When a case was reported and, while it is unresolved, how its limit stands. */
interface Plan {
  reportedAt: number
  state: Supervision | null
}

export function generateCases(world: CaseWorld): { cases: CaseRow[]; caseSteps: CaseStepRow[] } {
  const random = createRandom(world.seed, 'cases')
  const makeCase = createMaker(world, random)
  const made = planCases(world.now, random).map(makeCase)
  const cases = made.map(({ row }) => row)
  losePositions(cases)
  return { cases, caseSteps: made.flatMap(({ steps }) => steps) }
}

/** In the order of their reports. */
function planCases(now: number, random: Random): Plan[] {
  const open = openReportTimes(OPEN_CASES, now, random)
  const states = shareSupervision(
    open.map((at) => now - at),
    random,
  )
  const plans: Plan[] = [
    ...open.map((reportedAt, index) => ({ reportedAt, state: states[index] ?? 'onTime' })),
    ...reportTimes(CLOSED_CASES, now, random).map((reportedAt) => ({ reportedAt, state: null })),
  ]
  return plans.sort((a, b) => a.reportedAt - b.reportedAt)
}

function createMaker(world: CaseWorld, random: Random): (plan: Plan) => { row: CaseRow; steps: CaseStepRow[] } {
  const { now, town } = world
  const spotOf = createSpots(town, random)
  const nearestBuilding = createNearest(world.buildings, world.places)
  const nextMember = takeTurns(world.members, world.posts)
  const pickKind = createKinds(world.categories, random)
  const nextCode = createCodes()
  const desk = Array.from({ length: 6 }, () => personName(random))

  return ({ reportedAt, state }) => {
    const { kind, category } = pickKind()
    const face = spotOf(random.pick(kind.spots))
    const spot = placeInLeaf(town, face, random)
    const areaCode = world.gridOfFace.get(face) ?? STREET_CODE
    const building = nearestBuilding(areaCode, spot)
    const member = nextMember(areaCode)
    const words = wordsOf(kind, building, random)
    const stage: CaseStage = state === null ? 'closed' : openStage(now - reportedAt, random)
    const outcome = state === null ? random.weighted(outcomeWeights) : null
    const course = courseOf(stage, outcome)
    const isInGrid = outcome === 'selfHandled' || random.chance(HANDLED_IN_GRID)
    const isHandled = course.includes('handle') || outcome === 'selfHandled'
    const department = departmentCode(kind.department)
    const handler = isInGrid ? member.name : (world.departmentNames.get(department) ?? '')
    const code = nextCode(reportedAt)
    const steps = stepsOf(
      code,
      course,
      { reportedAt, until: Math.min(now - MINUTE_MS, reportedAt + handlingMs(kind, random)) },
      notesOf(kind, words.source, outcome, handler, random),
      { acceptor: deskOf(desk, 0, random), verifier: member.name, dispatcher: deskOf(desk, 3, random), handler },
      random,
    )
    const limits =
      state === null
        ? closedLimits(reportedAt, kind.limitHours)
        : openLimits(reportedAt, kind.limitHours, state, now, random)
    const row: CaseRow = {
      ...words,
      ...limits,
      code,
      categoryKey: categoryKey(category),
      categoryName: category.name,
      stage,
      outcome,
      priority: priorityOf(kind, random),
      isSupervised: random.chance(state === null || state === 'onTime' ? 0.01 : 0.3),
      reportedAt,
      closedAt: state === null ? (steps.at(-1)?.at ?? reportedAt) : null,
      position: toLonLat(spot),
      areaCode,
      buildingCode: kind.isAtBuilding ? (building?.code ?? null) : null,
      departmentCode: isHandled && !isInGrid ? department : null,
      handlerCode: isHandled && isInGrid ? member.code : null,
    }
    return { row, steps }
  }
}

/** How long a case may take in all; a few take longer than they should. */
const handlingMs = (kind: CaseKind, random: Random) => (kind.limitHours * random.between(0.3, 1.15) + 1) * HOUR_MS

/** Three of the desk accept, three dispatch. */
const deskOf = (desk: string[], from: number, random: Random) => desk[from + random.whole(0, 2)] ?? ''

function createKinds(categories: CategoryRow[], random: Random) {
  const matters = new Map(categories.filter(({ kind }) => kind === '管理事项').map((row) => [row.code, row]))
  const kinds = new Map(caseKinds.map((kind) => [kind.code, kind]))
  const weights = Object.fromEntries(caseKinds.map(({ code, weight }) => [code, weight]))
  return (): { kind: CaseKind; category: CategoryRow } => {
    const code = random.weighted(weights)
    const [kind, category] = [kinds.get(code), matters.get(code)]
    if (!kind || !category) throw new Error(`The category ${code} is not in the table.`)
    return { kind, category }
  }
}

/** "20261120-0001": numbered within the local day. */
function createCodes(): (reportedAt: number) => string {
  const numbers = new Map<string, number>()
  return (reportedAt) => {
    const day = localDay(reportedAt)
    const number = (numbers.get(day) ?? 0) + 1
    numbers.set(day, number)
    return `${day}-${String(number).padStart(4, '0')}`
  }
}

function priorityOf(kind: CaseKind, random: Random): CaseRow['priority'] {
  if (kind.isUrgent) return random.chance(0.45) ? 'urgent' : 'high'
  return random.weighted(ordinaryPriorities)
}
const ordinaryPriorities = { high: 8, normal: 80, low: 12 }

function losePositions(cases: CaseRow[]): void {
  // Nobody is sent out before the place is known.
  const waiting: readonly CaseStage[] = ['accept', 'verify', 'file', 'dispatch']
  const calls = cases.filter(({ stage, source }) => waiting.includes(stage) && source === 'hotline')
  for (const each of calls.slice(0, WITHOUT_POSITION)) {
    each.position = null
    each.areaCode = STREET_CODE
    each.buildingCode = null
    each.address = '来电人未说明具体位置'
    each.text = '热线来电，未说明具体位置，待联系核实。'
  }
}
