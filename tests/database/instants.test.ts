import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

it.each([
  ['UTC', '2026-11-22 10:00:00.123456+00', 1_795_341_600_123],
  ['Asia/Shanghai', '2026-11-22 10:00:00+08', 1_795_312_800_000],
  ['Asia/Kolkata', '2026-11-22 10:00:00.5+05:30', 1_795_321_800_500],
  ['America/St_Johns', '2026-11-22 10:00:00-03:30', 1_795_354_200_000],
])('reads an instant as milliseconds whatever the session shows it in: %s', async (zone, written, expected) => {
  const instant = await test.db.transaction(async (tx) => {
    await tx.query(`SELECT set_config('TimeZone', $1, true)`, [zone])
    const [row] = await tx.query<{ at: number }>('SELECT $1::timestamptz AS at', [written])
    return row?.at
  })
  expect(instant).toBe(expected)
})
