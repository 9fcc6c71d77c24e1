import { expect, it } from 'vitest'
import { OPEN_CASE_CAP } from '../../contract/cases.ts'
import type { Reach } from '../../server/auth/reach.ts'
import type { CasesQueries, OpenCaseRow } from '../../server/cases/cases.queries.ts'
import { createCasesService } from '../../server/cases/cases.service.ts'
import { grantTo, viewerOf } from '../support/viewers.ts'

const row: OpenCaseRow = {
  id: '019a0000-0000-7000-8000-0000000000c1',
  code: 'GL-1',
  title: '楼道堆物',
  categoryKey: null,
  categoryName: '楼道堆物',
  stage: 'accept',
  priority: 'normal',
  areaId: null,
  path: null,
  longitude: null,
  latitude: null,
  departmentId: null,
  departmentName: null,
  handlerId: null,
  handlerName: null,
  handlerBadge: null,
  isSupervised: false,
  reportedAt: 0,
  warnAt: null,
  dueAt: null,
}

/** Holds so many unresolved cases, and remembers the reach it was asked with. */
function holding(count: number) {
  const asked: Reach[] = []
  const queries: CasesQueries = {
    open: async (reach, limit) => {
      asked.push(reach)
      return Array.from({ length: Math.min(count, limit) }, () => row)
    },
    countOpen: async (reach) => {
      asked.push(reach)
      return count
    },
    openByIds: async () => [],
    find: async () => null,
    steps: async () => [],
    week: async () => [],
  }
  return { asked, cases: createCasesService({ queries, timeZone: async () => 'Asia/Shanghai', now: () => 7 }) }
}
const grant = grantTo('dispatcher', 'case.see')

it('gives all unresolved cases below the cap, counted once', async () => {
  const { asked, cases } = holding(3)
  expect(await cases.open(viewerOf('dispatcher'), grant)).toMatchObject({ total: 3, asOf: 7 })
  expect(asked).toHaveLength(1)
})

it('says how many there are beyond the cap', async () => {
  const { asked, cases } = holding(OPEN_CASE_CAP + 5)
  const answer = await cases.open(viewerOf('dispatcher', ['/a/']), grant)
  expect([answer.cases.length, answer.total]).toEqual([OPEN_CASE_CAP, OPEN_CASE_CAP + 5])
  expect(asked).toEqual(Array(2).fill({ scope: ['/a/'], departmentId: null, memberId: null }))
})
