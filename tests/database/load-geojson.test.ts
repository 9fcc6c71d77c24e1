/** Malformed GeoJSON, in the database: refused with feature, path and reason, nothing changed, nothing dead. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { geoJsonFixtures } from '../support/geojson-fixtures.ts'
import { load } from '../support/load.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
beforeEach(() => test.db.query('DELETE FROM areas'))
afterAll(() => test.drop())

const areas = () => test.db.query<{ isValid: boolean }>('SELECT ST_IsValid(border) AS "isValid" FROM areas')

it('there are at least sixty', () => expect(geoJsonFixtures.length).toBeGreaterThanOrEqual(60))

it.each(geoJsonFixtures.map(({ name, ...fixture }) => [name, fixture] as const))('%s', async (_, fixture) => {
  const report = await load(test.db, 'grids.geojson', fixture.text, { kind: 'areas', level: 'grid' })
  const { expected } = fixture
  if ('loads' in expected) {
    expect(report).toMatchObject({ state: 'done', added: expected.loads, refused: [] })
    expect(await areas()).toEqual(Array.from({ length: expected.loads }, () => ({ isValid: true })))
  } else {
    const { path, ...row } = expected
    expect(report).toMatchObject({ state: 'refused', added: 0, refusedCount: 1, refused: [row] })
    if (path !== undefined) expect(report.refused[0]?.path).toBe(path)
    expect(await areas()).toEqual([])
  }
  expect(await test.db.query('SELECT 1 FROM load_rows')).toEqual([])
})
