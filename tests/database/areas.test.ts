import { afterAll, beforeAll, expect, it } from 'vitest'
import { areasQueries } from '../../server/areas/areas.queries.ts'
import { insertStreet } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await insertStreet(test.db)
})
afterAll(() => test.drop())

it('lists the whole tree for a scope of everywhere, parents before children', async () => {
  const areas = await areasQueries(test.db).list(['/'])
  expect(areas.map(({ level }) => level)).toEqual(['street', 'community', 'grid', 'grid', 'community', 'grid', 'grid'])
  expect(areas[0]?.bounds).toEqual([114, 22.7, 114.04, 22.71])
})

it('lists only the subtree of a scope', async () => {
  const areas = await areasQueries(test.db).list(['/440311001/440311001002/'])
  expect(areas.map(({ name }) => name)).toEqual(['社区2', '网格3', '网格4'])
})

it('gives a point on a shared border to the grid with the smallest code', async () => {
  const [row] = await test.db.query<{ name: string }>(
    'SELECT name FROM areas WHERE id = grid_at(ST_SetSRID(ST_MakePoint(114.01, 22.705), 4326))',
  )
  expect(row?.name).toBe('网格1')
})
