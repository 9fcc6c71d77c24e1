import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildingsQueries } from '../../server/buildings/buildings.queries.ts'
import { type BuildingsService, createBuildingsService } from '../../server/buildings/buildings.service.ts'
import { postHoldersQueries } from '../../server/members/post-holders.queries.ts'
import { createPostHoldersService } from '../../server/members/post-holders.service.ts'
import {
  insertBuilding,
  insertCase,
  insertMember,
  insertStreet,
  middleOf,
  type StreetIds,
} from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { grantTo, viewerOf } from '../support/viewers.ts'

const WEST = '/440311001/440311001001/'
let test: TestDatabase
let street: StreetIds
let buildings: BuildingsService
let building: string

beforeAll(async () => {
  test = await createTestDatabase()
  const { db } = test
  street = await insertStreet(db)
  building = await insertBuilding(db, { area_id: street.grids[0], households: 60, estate: '澜庭苑' })
  await insertMember(db, { name: '温秀芝', badge: '0007' }, [
    { post: 'memberHousehold', area_id: street.grids[0], building_id: building },
    { post: 'buildingHead', area_id: street.grids[0], building_id: building },
  ])
  await insertMember(db, { name: '隔壁的' }, [{ post: 'buildingHead', area_id: street.grids[0] }])
  await insertCase(db, { building_id: building, area_id: street.grids[0] })
  await insertCase(db, { building_id: building, area_id: street.grids[0], stage: 'closed', closed_at: new Date() })
  const holders = createPostHoldersService({ queries: postHoldersQueries(db) })
  buildings = createBuildingsService({ queries: buildingsQueries(db), holders })
})
afterAll(() => test.drop())

const see = (role: 'dispatcher' | 'member', scope: string[], id = building) =>
  buildings.see(viewerOf(role, scope), grantTo(role, 'building.see'), id)

it('is shown with its people, its head first, and its unresolved cases', async () => {
  const seen = await see('dispatcher', [WEST])
  expect(seen).toMatchObject({
    name: '1 号楼',
    estate: '澜庭苑',
    households: 60,
    centre: middleOf(0, 0),
    hasShape: false,
    areaName: '网格1',
    openCases: 1,
  })
  expect(seen.people.map(({ name, post, phone }) => [name, post, phone])).toEqual([
    ['温秀芝', 'buildingHead', '13800001234'],
    ['温秀芝', 'memberHousehold', '13800001234'],
  ])
})

it('is not found outside the scope; one on no area belongs to everywhere', async () => {
  const loose = await insertBuilding(test.db)
  await expect(see('dispatcher', ['/440311001/440311001002/'])).rejects.toMatchObject({ code: 'not_found' })
  await expect(see('member', [])).rejects.toMatchObject({ code: 'not_found' })
  await expect(see('dispatcher', [WEST], loose)).rejects.toMatchObject({ code: 'not_found' })
  await expect(see('dispatcher', ['/'], loose)).resolves.toMatchObject({ areaId: null, openCases: 0 })
})
