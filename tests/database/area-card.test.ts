import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areasQueries } from '../../server/areas/areas.queries.ts'
import { createAreasService } from '../../server/areas/areas.service.ts'
import { audited } from '../../server/audit/audited.ts'
import { buildingsQueries } from '../../server/buildings/buildings.queries.ts'
import { createBuildingsService } from '../../server/buildings/buildings.service.ts'
import { casesQueries } from '../../server/cases/cases.queries.ts'
import { createCasesService } from '../../server/cases/cases.service.ts'
import { memberChangesQueries } from '../../server/members/member-changes.queries.ts'
import { membersQueries } from '../../server/members/members.queries.ts'
import { createMembersService } from '../../server/members/members.service.ts'
import { postHoldersQueries } from '../../server/members/post-holders.queries.ts'
import { createPostHoldersService } from '../../server/members/post-holders.service.ts'
import { servicePointsQueries } from '../../server/service-points/service-points.queries.ts'
import { createServicePointsService } from '../../server/service-points/service-points.service.ts'
import { teamsQueries } from '../../server/teams/teams.queries.ts'
import { createTeamsService } from '../../server/teams/teams.service.ts'
import {
  insertBuilding,
  insertCase,
  insertMember,
  insertServicePoint,
  insertStreet,
  insertTeam,
  middleOf,
  placeIn,
  type StreetIds,
} from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { grantTo, viewerOf } from '../support/viewers.ts'

/** Sunday 22 November 2026, 00:30 in Shanghai; 21 November in UTC. */
const NOW = Date.parse('2026-11-21T16:30:00Z')

let test: TestDatabase
let street: StreetIds
let west: string
let areas: ReturnType<typeof createAreasService>

beforeAll(async () => {
  test = await createTestDatabase()
  const { db } = test
  street = await insertStreet(db)
  west = street.grids[0]
  const building = await insertBuilding(db, { area_id: west, households: 60, estate: '澜庭苑' })
  await insertBuilding(db, { area_id: street.grids[1], name: '另一格的楼' })
  await insertMember(db, { name: '骆秉谦' }, [{ post: 'streetDirector', area_id: street.street }])
  await insertMember(db, { name: '简玉珂' }, [{ post: 'communitySecretary', area_id: street.communities[0] }])
  await insertMember(db, { name: '蒲静' }, [{ post: 'informant', area_id: west }])
  const leader = await insertMember(db, { name: '欧阳晨曦', badge: '0412' }, [{ post: 'gridLeader', area_id: west }])
  await insertMember(db, { name: '温秀芝' }, [{ post: 'buildingHead', area_id: west, building_id: building }])
  await insertMember(db, { name: '已离岗', is_active: false }, [{ post: 'gridMember', area_id: west }])
  await insertMember(db, { name: '党员户' }, [{ post: 'memberHousehold', area_id: west }])
  await insertTeam(db, { name: '网格队', area_id: west, leader_id: leader }, [leader])
  await insertTeam(db, { name: '社区队', area_id: street.communities[0] })
  await insertTeam(db, { name: '别社区的队', area_id: street.communities[1] })
  await insertServicePoint(db, { name: '近的', position: placeIn(0, 0, 0.5, 0.6), area_id: west })
  await insertServicePoint(db, {
    name: '今日闭',
    position: placeIn(1, 0),
    area_id: street.grids[1],
    closed_on: '2026-11-22',
    closed_reason: '设备检修',
  })
  const at = (text: string) => new Date(text)
  // 15:59 UTC is the last minute of a day in Shanghai, 16:00 the first of the next.
  await insertCase(db, { area_id: west, reported_at: at('2026-11-20T15:59:59Z') })
  await insertCase(db, { area_id: west, reported_at: at('2026-11-20T16:00:00Z') })
  await insertCase(db, {
    area_id: west,
    reported_at: at('2026-11-15T15:59:59Z'),
    stage: 'closed',
    closed_at: at('2026-11-21T16:00:00Z'),
  })
  await insertCase(db, { area_id: street.grids[1], reported_at: at('2026-11-21T12:00:00Z') })

  const parts = { timeZone: async () => 'Asia/Shanghai', now: () => NOW }
  const members = createMembersService({ queries: membersQueries(db), change: audited(db, memberChangesQueries) })
  const holders = createPostHoldersService({ queries: postHoldersQueries(db) })
  areas = createAreasService({
    queries: areasQueries(db),
    holders,
    teams: createTeamsService({ queries: teamsQueries(db), change: audited(db, teamsQueries), members }),
    buildings: createBuildingsService({ queries: buildingsQueries(db), holders }),
    points: createServicePointsService({
      queries: servicePointsQueries(db),
      change: audited(db, servicePointsQueries),
      ...parts,
    }),
    cases: createCasesService({ queries: casesQueries(db), ...parts }),
  })
})
afterAll(() => test.drop())

const cardFor = (role: 'dispatcher' | 'member' | 'wall', scope: string[], id: string) =>
  areas.card(viewerOf(role, scope), grantTo(role, 'area.see'), id)

describe('the card of a grid', () => {
  it('shows the chain of responsibility from the street down, with those in charge', async () => {
    const { chain } = await cardFor('dispatcher', ['/'], west)
    expect(chain.map(({ level, areaName, holders }) => [level, areaName, holders.map(({ name }) => name)])).toEqual([
      ['street', '测试街道', ['骆秉谦']],
      ['community', '社区1', ['简玉珂']],
      ['grid', '网格1', ['欧阳晨曦']],
    ])
  })

  it('lists everyone active with a post there, the leader first', async () => {
    const { roster, memberHouseholds } = await cardFor('dispatcher', ['/'], west)
    expect(roster.map(({ post }) => post)).toEqual(['gridLeader', 'informant', 'buildingHead', 'memberHousehold'])
    expect(memberHouseholds).toBe(1)
  })

  it('lists its own buildings with their heads', async () => {
    const { buildings, buildingCount } = await cardFor('dispatcher', ['/'], west)
    expect(buildings).toMatchObject([
      { name: '1 号楼', households: 60, buildingHead: '温秀芝', centre: middleOf(0, 0) },
    ])
    expect(buildingCount).toBe(1)
  })

  it('lists the teams of the grid and of the areas above it, the grid first', async () => {
    const { teams } = await cardFor('dispatcher', ['/'], west)
    expect(teams.map(({ name, leader, people }) => [name, leader, people])).toEqual([
      ['网格队', '欧阳晨曦', 1],
      ['社区队', null, 0],
    ])
  })

  it('lists the nearest service points, open or closed by the local calendar', async () => {
    const { servicePoints } = await cardFor('dispatcher', ['/'], west)
    expect(servicePoints.map(({ name, isOpen, closedReason }) => [name, isOpen, closedReason])).toEqual([
      ['近的', true, null],
      ['今日闭', false, '设备检修'],
    ])
    expect(servicePoints[0]?.metres).toBeCloseTo(110.8, 0)
  })

  it('counts the last seven local days, not UTC days', async () => {
    const { week } = await cardFor('dispatcher', ['/'], west)
    expect(week).toEqual([
      { day: '2026-11-16', reported: 0, closed: 0 },
      { day: '2026-11-17', reported: 0, closed: 0 },
      { day: '2026-11-18', reported: 0, closed: 0 },
      { day: '2026-11-19', reported: 0, closed: 0 },
      { day: '2026-11-20', reported: 1, closed: 0 },
      { day: '2026-11-21', reported: 1, closed: 0 },
      { day: '2026-11-22', reported: 0, closed: 1 },
    ])
  })
})

it('shows a community with its subtree counted', async () => {
  const card = await cardFor('dispatcher', ['/'], street.communities[0])
  expect(card.chain).toHaveLength(2)
  expect(card.buildingCount).toBe(2)
  expect(card.week.at(-2)).toEqual({ day: '2026-11-21', reported: 2, closed: 0 })
})

it('has an empty place in the chain where nobody holds a post', async () => {
  const { chain, roster } = await cardFor('dispatcher', ['/'], street.grids[3])
  expect(chain.map(({ holders }) => holders.length)).toEqual([1, 0, 0])
  expect(roster).toEqual([])
})

it('is not found outside the scope', async () => {
  await expect(cardFor('dispatcher', ['/440311001/440311001002/'], west)).rejects.toMatchObject({ code: 'not_found' })
  await expect(cardFor('dispatcher', [], west)).rejects.toMatchObject({ code: 'not_found' })
})

it('shows a grid member his own grid whole, and those above him as the public board does', async () => {
  const { chain } = await cardFor('member', ['/440311001/440311001001/440311001001001/'], west)
  expect(chain.map(({ holders }) => holders.map(({ name, phone }) => [name, phone]))).toEqual([
    [['骆**', null]],
    [['简**', null]],
    [['欧阳晨曦', '13800001234']],
  ])
})

it('shows the wall surnames and badges, no phones and no buildings', async () => {
  const card = await cardFor('wall', ['/'], west)
  expect(card.roster.map(({ name }) => name)).toContain('欧阳 0412')
  expect(card.roster.every(({ phone }) => phone === null)).toBe(true)
  expect(card.buildings).toEqual([])
})

describe('who leads', () => {
  const namesFor = async (role: 'streetAdmin' | 'wall', scope: string[]) =>
    (await areas.leaders(viewerOf(role, scope), grantTo(role, 'member.see'))).map(({ names }) => names.join()).sort()

  it('is read for every area in scope that has somebody', async () => {
    expect(await namesFor('streetAdmin', ['/'])).toEqual(['欧阳晨曦', '简玉珂', '骆秉谦'].sort())
    expect(await namesFor('streetAdmin', ['/440311001/440311001001/'])).toEqual(['欧阳晨曦', '简玉珂'].sort())
  })

  it('is a surname with badge or title on the wall', async () => {
    expect(await namesFor('wall', ['/440311001/440311001001/440311001001001/'])).toEqual(['欧阳 0412'])
  })
})
