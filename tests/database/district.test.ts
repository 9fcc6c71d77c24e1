import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { districtQueries } from '../../server/district/district.queries.ts'
import { createDistrictService, type DistrictService } from '../../server/district/district.service.ts'
import {
  insertBuilding,
  insertCase,
  insertDepartment,
  insertMember,
  insertServicePoint,
  insertStreet,
  insertTeam,
  type StreetIds,
} from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { viewerOf } from '../support/viewers.ts'

const WEST = '/440311001/440311001001/'
let test: TestDatabase
let street: StreetIds
let district: DistrictService

beforeAll(async () => {
  test = await createTestDatabase()
  district = createDistrictService({ queries: districtQueries(test.db), now: () => 42, share: (_key, work) => work() })
})
afterAll(() => test.drop())

const everywhere = viewerOf('streetAdmin')

describe('an empty installation', () => {
  it('has no bounds and counts nothing', async () => {
    expect(await district.see(everywhere)).toMatchObject({
      name: '格邻',
      bounds: null,
      isDemo: false,
      timeZone: 'Asia/Shanghai',
      counts: { areas: 0, grids: 0, buildings: 0, members: 0, teams: 0, servicePoints: 0, openCases: 0 },
      serverTime: 42,
      attribution: null,
    })
  })

  it('has the bounds of its base map, then of its buildings, until areas come', async () => {
    await test.db.query(
      `INSERT INTO base_features (id, code, layer, kind, shape)
       VALUES (gen_random_uuid(), 'r', 'road', 'main', ST_GeomFromText('LINESTRING(113 22, 113.5 22.5)', 4326))`,
    )
    expect((await district.see(everywhere)).bounds).toEqual([113, 22, 113.5, 22.5])
    await insertBuilding(test.db, { centre: [113.9, 22.9] })
    expect((await district.see(everywhere)).bounds).toEqual([113.9, 22.9, 113.9, 22.9])
  })
})

describe('a district', () => {
  beforeAll(async () => {
    const { db } = test
    street = await insertStreet(db)
    const department = await insertDepartment(db)
    const twice = await insertMember(db, {}, [
      { post: 'gridLeader', area_id: street.grids[0] },
      { post: 'police', area_id: street.grids[1] },
    ])
    await insertMember(db, { is_active: false }, [{ post: 'gridMember', area_id: street.grids[0] }])
    await insertMember(db)
    await insertTeam(db, { area_id: street.communities[0] }, [twice, await insertMember(db)])
    await insertBuilding(db, { area_id: street.grids[0] })
    await insertServicePoint(db, { area_id: street.grids[2] })
    await insertCase(db, { area_id: street.grids[0] })
    await insertCase(db, { area_id: street.grids[2], department_id: department })
    await insertCase(db, { area_id: street.grids[0], stage: 'closed', closed_at: new Date() })
    await insertCase(db)
  })

  it('is counted whole for who reaches everything', async () => {
    const { counts, bounds, name } = await district.see(everywhere)
    expect(counts).toEqual({
      areas: 7,
      grids: 4,
      buildings: 2,
      members: 3,
      teams: 1,
      servicePoints: 1,
      openCases: 3,
    })
    expect(bounds).toEqual([114, 22.7, 114.04, 22.71])
    expect(name).toBe('测试街道')
  })

  it('is counted within the scope, each person once', async () => {
    const { counts, bounds } = await district.see(viewerOf('dispatcher', [WEST]))
    expect(counts).toEqual({
      areas: 3,
      grids: 2,
      buildings: 1,
      members: 2,
      teams: 1,
      servicePoints: 0,
      openCases: 1,
    })
    expect(bounds?.map((degrees) => Number(degrees.toFixed(6)))).toEqual([114, 22.7, 114.02, 22.71])
  })

  it('counts a department its own cases and nothing else', async () => {
    const [row] = await test.db.query<{ id: string }>('SELECT id FROM departments')
    const { counts } = await district.see(viewerOf('department', ['/'], { departmentId: row?.id ?? null }))
    expect(counts).toEqual({
      areas: 0,
      grids: 0,
      buildings: 0,
      members: 0,
      teams: 0,
      servicePoints: 0,
      openCases: 1,
    })
  })

  it('raises the version of what changed', async () => {
    const before = (await district.see(everywhere)).versions
    await insertCase(test.db)
    const after = (await district.see(everywhere)).versions
    expect(after).toEqual({ ...before, cases: before.cases + 1 })
  })

  it('is named and dated by its settings; a time zone that is none falls back', async () => {
    const set = (key: string, value: unknown) =>
      test.db.query(
        'INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value',
        [key, JSON.stringify(value)],
      )
    await set('districtName', '光明街道')
    await set('timeZone', 'America/New_York')
    await set('demoSeed', 7)
    await set('attribution', '© 某机构')
    expect(await district.see(everywhere)).toMatchObject({
      name: '光明街道',
      timeZone: 'America/New_York',
      isDemo: true,
      attribution: '© 某机构',
    })
    await set('timeZone', 'Mars/Olympus')
    expect(await district.timeZone()).toBe('Asia/Shanghai')
  })
})
