import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openingHours } from '#contract/service-points'
import type { District } from '../../geodata/generate/district.ts'
import { DEFAULT_SEED, type PrepareWish, prepare } from '../../geodata/prepare.ts'
import { connect, type Database } from '../../server/database/connect.ts'
import { insertStreet } from '../support/builders.ts'
import { createTestDatabase } from '../support/database.ts'
import { demoDistrict } from '../support/demo-district.ts'

/** A database of its own, asked as the command asks: one connection, long statements. */
async function open(): Promise<{ db: Database; close: () => Promise<void> }> {
  const test = await createTestDatabase()
  const db = connect(test.address, { max: 1, queryTimeoutMs: 120_000 })
  return {
    db,
    async close() {
      await db.close()
      await test.drop()
    },
  }
}

const wish = (change: Partial<PrepareWish> = {}): PrepareWish => ({
  withDemo: true,
  seed: DEFAULT_SEED,
  lattice: null,
  ...change,
})
const refuse = (): Promise<District> => Promise.reject(new Error('The demo was not needed.'))

const tables = [
  'case_categories',
  'branches',
  'areas',
  'base_features',
  'buildings',
  'members',
  'posts',
  'teams',
  'team_members',
  'service_points',
  'departments',
  'cases',
  'case_steps',
  'accounts',
] as const

async function counts(db: Database): Promise<Record<string, number>> {
  const sums = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(', ')
  const [row] = await db.query<Record<string, number>>(`SELECT ${sums}`)
  return row ?? {}
}

describe('an empty installation', () => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await open())
  }, 240_000)
  afterAll(() => close())

  it('is left without a trace when writing breaks off', async () => {
    const district = await demoDistrict()
    const broken = { ...district, accounts: [...district.accounts, ...district.accounts] }
    await expect(
      prepare(
        db,
        wish(),
        () => Promise.resolve(broken),
        () => {},
      ),
    ).rejects.toThrow()
    expect(await counts(db)).toMatchObject({ areas: 0, buildings: 0, members: 0, cases: 0, accounts: 0 })
  }, 240_000)

  it('then gets the whole demo district, and no more the second time', async () => {
    const district = await demoDistrict()
    expect(await prepare(db, wish(), demoDistrict, () => {})).toBe('demo')
    const written = await counts(db)
    expect(written).toEqual({
      case_categories: 403,
      branches: 48,
      areas: 157,
      base_features: district.baseFeatures.length,
      buildings: district.buildings.length,
      members: 1_485,
      posts: district.posts.length,
      teams: 270,
      team_members: district.teams.reduce((sum, { memberCodes }) => sum + memberCodes.length, 0),
      service_points: 40,
      departments: 14,
      cases: district.cases.length,
      case_steps: district.caseSteps.length,
      accounts: 6,
    })
    expect(await prepare(db, wish(), refuse, () => {})).toBe('kept')
    expect(await counts(db)).toEqual(written)
  }, 240_000)

  it('holds a tree whose paths nest and whose grids fill the street', async () => {
    const [areas] = await db.query(
      `SELECT count(*) FILTER (WHERE level = 'grid' AND path = concat_ws('/', '', left(code, 9), left(code, 12), code, ''))::int
                AS nested,
              bool_and(ST_IsValid(border)) AS "areValid",
              round((sum(square_metres) FILTER (WHERE level = 'grid') / max(square_metres))::numeric, 6) AS share
       FROM areas`,
    )
    expect(areas).toEqual({ nested: 150, areValid: true, share: 1 })
  })

  it('holds valid shapes, buildings in their grids and hours that can be read', async () => {
    const [buildings] = await db.query(
      `SELECT bool_and(ST_IsValid(b.shape)) AS "areValid", bool_and(ST_Covers(a.border, b.centre)) AS "areInGrid"
       FROM buildings b JOIN areas a ON a.id = b.area_id`,
    )
    expect(buildings).toEqual({ areValid: true, areInGrid: true })
    expect(await db.query('SELECT bool_and(ST_IsValid(shape)) AS "areValid" FROM base_features')).toEqual([
      { areValid: true },
    ])
    const points = await db.query<{ hours: unknown; services: string[] }>('SELECT hours, services FROM service_points')
    for (const { hours, services } of points) {
      expect(() => openingHours.parse(hours)).not.toThrow()
      expect(services.length).toBeGreaterThan(3)
    }
  })

  it('gives no skill to people without one', async () => {
    const { members } = await demoDistrict()
    const [row] = await db.query(
      `SELECT count(*) FILTER (WHERE skills = '{}')::int AS without, count(*) FILTER (WHERE '' = ANY (skills))::int AS blank
       FROM members`,
    )
    expect(row).toEqual({ without: members.filter(({ skills }) => skills.length === 0).length, blank: 0 })
  })

  it('says in its settings what it is', async () => {
    const settings = await db.query<{ key: string; value: unknown }>('SELECT key, value FROM settings')
    expect(Object.fromEntries(settings.map(({ key, value }) => [key, value]))).toMatchObject({
      districtName: (await demoDistrict()).name,
      timeZone: 'Asia/Shanghai',
      demoSeed: DEFAULT_SEED,
      attribution: expect.stringContaining('虚构'),
    })
  })
})

it('gets categories and one administrator without the demo', async () => {
  const { db, close } = await open()
  try {
    expect(await prepare(db, wish({ withDemo: false }), refuse, () => {})).toBe('empty')
    expect(await counts(db)).toMatchObject({ case_categories: 403, areas: 0, members: 0, cases: 0, accounts: 1 })
    const [account] = await db.query(
      `SELECT a.sign_in_name AS name, a.role, s.area_id AS area, a.password_hash AS password
       FROM accounts a JOIN account_scopes s ON s.account_id = a.id`,
    )
    expect(account).toEqual({ name: 'admin', role: 'streetAdmin', area: null, password: null })
    // A later start with the demo does not mix invented data into an installation in use.
    expect(await prepare(db, wish(), refuse, () => {})).toBe('kept')
  } finally {
    await close()
  }
}, 240_000)

it('takes a lattice for benchmarks', async () => {
  const { db, close } = await open()
  try {
    expect(await prepare(db, wish({ lattice: { grids: 1_000, members: 2_500 } }), refuse, () => {})).toBe('lattice')
    expect(await counts(db)).toMatchObject({ areas: 1_003, members: 2_500, posts: 2_500, accounts: 2 })
    const [grid] = await db.query<{ count: number }>(
      `SELECT count(*)::int FROM areas WHERE level = 'grid' AND path = concat_ws('/', '', left(code, 9), left(code, 12), code, '')`,
    )
    expect(grid?.count).toBe(1_000)
  } finally {
    await close()
  }
}, 240_000)

it('adds no invented data to data that was loaded before the first start, only the administrator', async () => {
  const { db, close } = await open()
  try {
    await insertStreet(db)
    expect(await prepare(db, wish(), refuse, () => {})).toBe('kept')
    expect(await counts(db)).toMatchObject({ areas: 7, buildings: 0, members: 0, accounts: 1 })
  } finally {
    await close()
  }
}, 240_000)
