/** The main job on real input: a Chinese inner city, and a city's service requests with an oracle for their districts. */
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Database } from '../../server/database/connect.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { emptyTables, load } from '../support/load.ts'
import { realFile } from '../support/real-data.ts'

let test: TestDatabase
let db: Database
beforeAll(async () => {
  test = await createTestDatabase()
  db = connect(test.address, { queryTimeoutMs: 300_000 })
})
afterAll(async () => {
  await db.close()
  await test.drop()
})

const versions = () => db.query('SELECT layer, version FROM data_versions ORDER BY layer')

describe('shanghai-bund', () => {
  const files = ['buildings', 'landuse', 'pois', 'roads', 'transit', 'water']
  const loadAll = async () => {
    const reports = []
    for (const name of files) reports.push(await load(db, `${name}.geojson`, realFile(`shanghai-bund/${name}.geojson`)))
    return reports.map(({ kind, state, rowsRead, added, changed, unchanged, refusedCount }) => ({
      kind,
      state,
      rowsRead,
      added,
      changed,
      unchanged,
      refusedCount,
    }))
  }

  it('is understood without being told anything, and nothing of it is refused', async () => {
    const whole = { state: 'done', changed: 0, unchanged: 0, refusedCount: 0 }
    expect(await loadAll()).toEqual([
      // 1,475 shapes, and one building that is only a point; addresses, entrances and label points are none.
      { ...whole, kind: 'buildings', rowsRead: 1793, added: 1476 },
      { ...whole, kind: 'base', rowsRead: 327, added: 261 },
      { ...whole, kind: 'base', rowsRead: 494, added: 324 },
      { ...whole, kind: 'base', rowsRead: 1778, added: 1778 },
      { ...whole, kind: 'base', rowsRead: 60, added: 57 },
      { ...whole, kind: 'base', rowsRead: 106, added: 59 },
    ])
    expect(await db.query(`SELECT value FROM settings WHERE key = 'attribution'`)).toEqual([
      { value: '© OpenStreetMap contributors' },
    ])
  }, 120_000)

  it('a second time changes nothing', async () => {
    const before = await versions()
    expect((await loadAll()).every(({ added, changed }) => added === 0 && changed === 0)).toBe(true)
    expect(await versions()).toEqual(before)
  }, 120_000)

  it('has buildings with heights and Chinese names, and a river that divides it', async () => {
    const [row] = await db.query(
      `SELECT count(*) FILTER (WHERE shape IS NOT NULL) AS shapes, count(height_metres) AS heights,
              max(height_metres) AS highest, bool_and(ST_IsValid(shape)) AS valid,
              count(*) FILTER (WHERE name = '东方明珠电视塔') AS tower FROM buildings`,
    )
    expect(row).toMatchObject({ shapes: 1475, highest: 632, valid: true })
    expect(row).toHaveProperty('heights', expect.any(Number))
    const kinds = await db.query<{ name: string }>(
      `SELECT DISTINCT name FROM base_features WHERE layer = 'water' AND kind <> 'ferry' AND name IS NOT NULL`,
    )
    expect(kinds.map(({ name }) => name)).toEqual(expect.arrayContaining(['黄浦江', '苏州河']))
  })

  it('cannot be crossed on foot by the tunnels for cars', async () => {
    const rows = await db.query(
      `SELECT kind FROM base_features WHERE is_tunnel AND is_walkable AND kind NOT IN ('footway', 'steps')`,
    )
    expect(rows).toEqual([])
  })
})

describe('nyc-311', () => {
  const BOROUGHS = ['MANHATTAN', 'BRONX', 'BROOKLYN', 'QUEENS', 'STATEN ISLAND']

  /** "05 BROOKLYN" → "305"; null for "Unspecified QUEENS" and "0 Unspecified". */
  function districtOf(board: string): string | null {
    const [, number, borough = ''] = /^(\d+) (.+)$/.exec(board) ?? []
    const digit = BOROUGHS.indexOf(borough) + 1
    return number === undefined || digit === 0 ? null : String(digit * 100 + Number(number))
  }

  it('requests lie in the district their own column names, in 4,872 of 4,905 rows that can be compared', async () => {
    await emptyTables(db, 'areas', 'buildings', 'base_features', 'departments', 'settings')
    const districts = await load(db, 'community_districts.geojson', realFile('nyc-311/community_districts.geojson'), {
      level: 'grid',
      map: 'code=BoroCD,name=BoroCD',
    })
    expect(districts).toMatchObject({ state: 'done', kind: 'areas', added: 71, refusedCount: 0 })

    const file = realFile('nyc-311/cases.csv')
    const report = await load(db, 'cases.csv', file, { timeZone: 'America/New_York' })
    expect(report).toMatchObject({ state: 'done', kind: 'cases', rowsRead: 4969, added: 4969, refusedCount: 0 })
    expect(report.notes).toContainEqual({ code: 'not_on_map', values: { count: 62 } })

    const found = await db.query<{ code: string; district: string | null; isOnMap: boolean }>(
      `SELECT c.code, a.code AS district, c.position IS NOT NULL AS "isOnMap"
       FROM cases c LEFT JOIN areas a ON a.id = c.area_id`,
    )
    const districtByCode = new Map(found.filter(({ isOnMap }) => isOnMap).map((row) => [row.code, row.district]))
    const rows: Record<string, string>[] = parse(file, { columns: true })
    const comparable = rows.flatMap((row) => {
      const expected = districtOf(row['Community Board'] ?? '')
      const code = row['Unique Key'] ?? ''
      return expected !== null && districtByCode.has(code) ? [{ expected, actual: districtByCode.get(code) }] : []
    })
    expect(comparable).toHaveLength(4905)
    expect(comparable.filter(({ expected, actual }) => expected === actual)).toHaveLength(4872)
  }, 300_000)

  it('open requests are open, closed ones closed, at the times of New York', async () => {
    expect(
      await db.query(`SELECT closed_at IS NULL AS "isOpen", count(*) AS count FROM cases GROUP BY 1 ORDER BY 2`),
    ).toEqual([
      { isOpen: true, count: 277 },
      { isOpen: false, count: 4692 },
    ])
    expect(await db.query(`SELECT title, reported_at FROM cases WHERE code = '64345465'`)).toEqual([
      { title: 'Animal-Abuse · Neglected', reported_at: Date.parse('2025-03-14T01:20:00-04:00') },
    ])
  })

  it('a second time changes nothing', async () => {
    const before = await versions()
    const again = await load(db, 'cases.csv', realFile('nyc-311/cases.csv'), { timeZone: 'America/New_York' })
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 4969 })
    expect(await versions()).toEqual(before)
  }, 300_000)
})
