import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../contract/roles.ts'
import type { Viewer } from '../../server/auth/viewer.ts'
import { casesQueries } from '../../server/cases/cases.queries.ts'
import { type CasesService, createCasesService } from '../../server/cases/cases.service.ts'
import {
  insertCase,
  insertDepartment,
  insertMember,
  insertStreet,
  placeIn,
  type StreetIds,
} from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { grantTo, viewerOf } from '../support/viewers.ts'

const NOW = Date.parse('2026-11-22T04:00:00Z')
const WEST = '/440311001/440311001001/'
const EAST = '/440311001/440311001002/'

let test: TestDatabase
let street: StreetIds
let cases: CasesService
let department: string
let handler: string
const ids: Record<'late' | 'soon' | 'noLimit' | 'east' | 'nowhere' | 'closed', string> = {
  late: '',
  soon: '',
  noLimit: '',
  east: '',
  nowhere: '',
  closed: '',
}

beforeAll(async () => {
  test = await createTestDatabase()
  const { db } = test
  street = await insertStreet(db)
  department = await insertDepartment(db)
  handler = await insertMember(db, { name: '林小满', badge: '0412' })
  const at = (hours: number) => new Date(NOW + hours * 3_600_000)
  const west = street.grids[0]
  ids.noLimit = await insertCase(db, { title: '无时限', area_id: west, reported_at: at(-9), position: placeIn(0, 0) })
  ids.soon = await insertCase(db, { title: '将到期', area_id: west, due_at: at(1), handler_id: handler })
  ids.late = await insertCase(db, {
    title: '已超期',
    area_id: street.grids[1],
    due_at: at(-1),
    department_id: department,
  })
  ids.east = await insertCase(db, { title: '东边的', area_id: street.grids[2], reported_at: at(-1) })
  ids.nowhere = await insertCase(db, { title: '不在图上', reported_at: at(-8) })
  ids.closed = await insertCase(db, {
    title: '已结',
    area_id: west,
    stage: 'closed',
    outcome: 'fixed',
    closed_at: at(-2),
  })
  await db.query(
    `INSERT INTO case_steps (case_id, at, stage, actor) VALUES ($1, $2, 'accept', '乙'), ($1, $3, 'accept', '甲')`,
    [ids.late, at(-2), at(-3)],
  )
  cases = createCasesService({ queries: casesQueries(db), timeZone: async () => 'Asia/Shanghai', now: () => NOW })
})
afterAll(() => test.drop())

const openFor = async (role: Role, scope: string[] = [], more: Partial<Viewer> = {}) => {
  const { cases: open, total } = await cases.open(viewerOf(role, scope, more), grantTo(role, 'case.see'))
  expect(total).toBe(open.length)
  return open.map(({ title }) => title)
}

describe('open cases', () => {
  it('are all unresolved ones for who reaches everything, due first, those without a limit last by age', async () => {
    expect(await openFor('dispatcher', ['/'])).toEqual(['已超期', '将到期', '无时限', '不在图上', '东边的'])
  })

  it('are those of the scope only; a case on no area belongs to everywhere', async () => {
    expect(await openFor('dispatcher', [WEST])).toEqual(['已超期', '将到期', '无时限'])
    expect(await openFor('dispatcher', [EAST])).toEqual(['东边的'])
    expect(await openFor('dispatcher', [WEST, EAST])).toHaveLength(4)
  })

  it('are none for an account without any area', async () => {
    for (const role of ['member', 'gridLeader', 'dispatcher', 'communityAdmin', 'streetAdmin', 'wall'] as const)
      expect(await openFor(role)).toEqual([])
  })

  it('are those handed to it for a department, wherever they lie, and nothing by its scope', async () => {
    expect(await openFor('department', ['/'], { departmentId: department })).toEqual(['已超期'])
    expect(await openFor('department', ['/'])).toEqual([])
  })

  it('are none of the residents, whose own cases are not kept by account yet', async () => {
    expect(await openFor('residentAnonymous', ['/'])).toEqual([])
    expect(await openFor('residentVerified', ['/'])).toEqual([])
  })

  it('carry what the queue and the map need', async () => {
    const { cases: open, asOf } = await cases.open(viewerOf('dispatcher', [WEST]), grantTo('dispatcher', 'case.see'))
    expect(asOf).toBe(NOW)
    expect(open[1]).toMatchObject({ holder: '林小满', position: null, dueAt: NOW + 3_600_000, warnAt: null })
    expect(open[2]).toMatchObject({ position: placeIn(0, 0), areaId: street.grids[0], reportedAt: NOW - 9 * 3_600_000 })
  })
})

describe('one case', () => {
  const see = (role: Role, scope: string[], id: string, more: Partial<Viewer> = {}) =>
    cases.see(viewerOf(role, scope, more), grantTo(role, 'case.see'), id)

  it('comes with its steps, oldest first', async () => {
    const { steps, areaName, departmentName } = await see('dispatcher', [WEST], ids.late)
    expect(steps.map(({ actor }) => actor)).toEqual(['甲', '乙'])
    expect([areaName, departmentName]).toEqual(['网格2', '城管中队'])
  })

  it('is seen closed as well', async () => {
    expect(await see('dispatcher', [WEST], ids.closed)).toMatchObject({ stage: 'closed', outcome: 'fixed' })
  })

  it('is not found outside the reach, nor when there is none', async () => {
    const refusal = { code: 'not_found' }
    await expect(see('dispatcher', [WEST], ids.east)).rejects.toMatchObject(refusal)
    await expect(see('dispatcher', [WEST], ids.nowhere)).rejects.toMatchObject(refusal)
    await expect(see('dispatcher', [], ids.late)).rejects.toMatchObject(refusal)
    await expect(see('department', ['/'], ids.east, { departmentId: department })).rejects.toMatchObject(refusal)
    await expect(see('dispatcher', ['/'], handler)).rejects.toMatchObject(refusal)
  })
})
