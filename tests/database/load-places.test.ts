/** Loading areas, buildings and cases: parents, grids, all or nothing, cancelling, one at a time. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LoadRunning } from '../../geodata/import/load-file.ts'
import { connect } from '../../server/database/connect.ts'
import {
  insertBuilding,
  insertCase,
  insertServicePoint,
  insertStreet,
  middleOf,
  squareWkt,
} from '../support/builders.ts'
import { createTestDatabase, isEmbeddedRun, type TestDatabase } from '../support/database.ts'
import { emptyTables, load } from '../support/load.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
beforeEach(() =>
  emptyTables(test.db, 'areas', 'buildings', 'base_features', 'departments', 'case_categories', 'settings'),
)
afterAll(() => test.drop())

const ringOf = (wkt: string) =>
  (/\(\(\((.*?)\)/.exec(wkt)?.[1] ?? '').split(',').map((pair) => pair.split(' ').map(Number))
const square = (column: number, row: number, columns = 1, rows = 1) => ({
  type: 'Polygon',
  coordinates: [ringOf(squareWkt(column, row, columns, rows))],
})
const geoJson = (...features: [geometry: unknown, properties: object][]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(([geometry, properties]) => ({ type: 'Feature', properties, geometry })),
  })
const paths = async () =>
  (await test.db.query<{ path: string }>('SELECT path FROM areas ORDER BY path')).map(({ path }) => path)
const versions = () => test.db.query('SELECT layer, version FROM data_versions ORDER BY layer')
const lines = (...rows: string[]) => `${rows.join('\n')}\n`

describe('areas', () => {
  it('find their parent by column, by name, and in any order within the file', async () => {
    const file = geoJson(
      [square(0, 0), { code: 'G1', name: '一格', level: '网格', parent: 'C1' }],
      [square(1, 0), { code: 'G2', name: '二格', level: '网格', parent: '东社区' }],
      [square(0, 0, 2), { code: 'C1', name: '东社区', level: '社区', parent: 'S1' }],
      [square(0, 0, 4), { code: 'S1', name: '街道', level: '街道' }],
    )
    expect(await load(test.db, 'areas.geojson', file)).toMatchObject({ state: 'done', added: 4 })
    expect(await paths()).toEqual(['/S1/', '/S1/C1/', '/S1/C1/G1/', '/S1/C1/G2/'])
  })

  it('by the digits of their code', async () => {
    const file = geoJson(
      [square(0, 0), { code: '440311001001001', level: 'grid' }],
      [square(0, 0, 2), { code: '440311001001', level: 'community' }],
      [square(0, 0, 4), { code: '440311001', level: 'street' }],
    )
    await load(test.db, 'areas.geojson', file)
    expect(await paths()).toEqual([
      '/440311001/',
      '/440311001/440311001001/',
      '/440311001/440311001001/440311001001001/',
    ])
  })

  it('by place, also when the parent comes later; the same file again changes nothing', async () => {
    const grids = geoJson([square(0, 0), { code: 'G1' }], [square(1, 0), { code: 'G2' }])
    await load(test.db, 'grids.geojson', grids)
    expect(await paths()).toEqual(['/G1/', '/G2/'])
    const street = await load(test.db, 'street.geojson', geoJson([square(0, 0, 4), { code: 'S1' }]))
    expect(street.notes).toContainEqual({ code: 'parents_found', values: { count: 2 } })
    await load(test.db, 'community.geojson', geoJson([square(0, 0, 2), { code: 'C1' }]))
    expect(await paths()).toEqual(['/S1/', '/S1/C1/', '/S1/G1/', '/S1/G2/'])
    const before = await versions()
    expect(await load(test.db, 'grids.geojson', grids)).toMatchObject({ unchanged: 2, changed: 0 })
    expect(await versions()).toEqual(before)
  })

  it('refuse parents that are not there or not above them, and the same code twice', async () => {
    const report = await load(
      test.db,
      'grids.geojson',
      geoJson(
        [square(0, 0), { code: 'G1', parent: 'nowhere' }],
        [square(1, 0), { code: 'G2', parent: 'G1' }],
        [square(2, 0), { code: 'G3' }],
        [square(3, 0), { code: 'G3' }],
        [square(4, 0), { code: 'no spaces' }],
      ),
    )
    expect(report.refused.map(({ index, code }) => [index, code])).toEqual([
      [1, 'area_unknown'],
      [2, 'parent_level_wrong'],
      [4, 'code_twice'],
      [5, 'code_unusable'],
    ])
    expect(await paths()).toEqual([])
  })

  it('give the places that are already there their grid', async () => {
    await insertBuilding(test.db, { centre: middleOf(0, 0) })
    await insertCase(test.db, { position: middleOf(1, 0) })
    await insertCase(test.db, { position: middleOf(9, 9) })
    await insertServicePoint(test.db, { position: middleOf(1, 0) })
    const grids = geoJson([square(0, 0), { code: 'G1' }], [square(1, 0), { code: 'G2' }])
    const report = await load(test.db, 'grids.geojson', grids)
    expect(report.notes).toContainEqual({ code: 'reattributed', values: { count: 3 } })
    const gridsOf = (table: string) =>
      test.db.query(`SELECT a.code FROM ${table} t LEFT JOIN areas a ON a.id = t.area_id ORDER BY a.code`)
    expect(await gridsOf('buildings')).toEqual([{ code: 'G1' }])
    expect(await gridsOf('cases')).toEqual([{ code: 'G2' }, { code: null }])
    expect(await gridsOf('service_points')).toEqual([{ code: 'G2' }])

    // The border moves west: what stood in G2 stands in G1 now.
    await load(test.db, 'grids.geojson', geoJson([square(0, 0, 2), { code: 'G1' }], [square(2, 0), { code: 'G2' }]))
    expect(await gridsOf('service_points')).toEqual([{ code: 'G1' }])
  })

  it('finish a change of grids that was broken off', async () => {
    await load(test.db, 'grids.geojson', geoJson([square(0, 0), { code: 'G1' }]))
    await insertBuilding(test.db, { centre: middleOf(0, 0) })
    await test.db.query(`INSERT INTO settings (key, value) VALUES ('attributionDue', 'true')`)
    await load(test.db, 'x.csv', lines('责任单位', '城管中队'))
    expect(await test.db.query('SELECT 1 FROM buildings WHERE area_id IS NOT NULL')).toHaveLength(1)
    expect(await test.db.query(`SELECT 1 FROM settings WHERE key = 'attributionDue'`)).toEqual([])
  })
})

describe('coordinates of another datum', () => {
  it('are converted once, and said', async () => {
    const report = await load(test.db, 'x.csv', lines('名称,经度,纬度', '驿站,114.005,22.705'), {
      kind: 'servicePoints',
      datum: 'gcj02',
    })
    expect(report.notes).toContainEqual({ code: 'datum_converted', values: { datum: 'gcj02' } })
    const [row] = await test.db.query<{ metres: number }>(
      `SELECT ST_Distance(position::geography, ST_SetSRID(ST_MakePoint(114.005, 22.705), 4326)::geography) AS metres FROM service_points`,
    )
    expect(row?.metres).toBeGreaterThan(300)
    expect(row?.metres).toBeLessThan(900)
  })
})

describe('buildings', () => {
  it('come as shapes or points, pieces of one source object included', async () => {
    await insertStreet(test.db)
    const point = { type: 'Point', coordinates: middleOf(1, 0) }
    const file = geoJson(
      [
        square(0, 0),
        { kind: 'building', id: 7, name: '一号楼', height: 12.5, addr_street: '光明大道', addr_housenumber: '8' },
      ],
      [square(1, 0), { kind: 'building', id: 7 }],
      [point, { kind: 'building', id: 8, name: '亭' }],
      [point, { kind: 'address', id: 9 }],
      [point, { kind: 'building', id: 7, label_placement: true }],
    )
    const report = await load(test.db, 'buildings.geojson', file)
    expect(report).toMatchObject({ state: 'done', added: 3 })
    expect(report.notes).toContainEqual({
      code: 'left_out',
      values: { count: 2, what: 'address point 1, label point 1' },
    })
    expect(
      await test.db.query(
        `SELECT b.code, b.name, b.address, b.height_metres AS height, b.shape IS NOT NULL AS "hasShape", a.name AS grid
         FROM buildings b LEFT JOIN areas a ON a.id = b.area_id ORDER BY b.code`,
      ),
    ).toEqual([
      { code: 'osm-7', name: '一号楼', address: '光明大道8号', height: 12.5, hasShape: true, grid: '网格1' },
      { code: 'osm-7.2', name: null, address: null, height: null, hasShape: true, grid: '网格2' },
      { code: 'osm-8', name: '亭', address: null, height: null, hasShape: false, grid: '网格2' },
    ])
    expect(await load(test.db, 'buildings.geojson', file)).toMatchObject({ unchanged: 3 })
  })

  it('a list of points with households leaves the shapes that are there', async () => {
    const [longitude, latitude] = middleOf(0, 0)
    await load(test.db, 'buildings.geojson', geoJson([square(0, 0), { 楼栋编码: 'B1', 层数: 18 }]))
    const file = lines('楼栋编码,户数,经度,纬度', `B1,72,${longitude},${latitude}`)
    expect(await load(test.db, '楼栋.csv', file)).toMatchObject({ kind: 'buildings', changed: 1 })
    expect(await test.db.query('SELECT floors, households, shape IS NOT NULL AS "hasShape" FROM buildings')).toEqual([
      { floors: 18, households: 72, hasShape: true },
    ])
  })
})

describe('cases', () => {
  const header = '案件编号,标题,类别,上报时间,结案时间,状态,截止时间,责任单位编码,责任单位,经度,纬度'
  const [longitude, latitude] = middleOf(0, 0)
  const rows = [
    `A-1,楼道堆物,占道,2026-11-01 08:00,,处置中,2026-11-03 18:00,CG,城管中队,${longitude},${latitude}`,
    'A-2,路灯不亮,照明,2026-11-02 08:00,2026-11-02 20:00,已结案,,CG,城管中队,,',
    `A-3,噪音,噪音,2026-11-02 09:00,,等待中,,,没有的单位,115,23`,
  ]
  const found = () =>
    test.db.query(
      `SELECT c.code, c.stage, c.reported_at, c.due_at, c.closed_at, a.name AS grid, d.name AS department, c.source, c.version
       FROM cases c LEFT JOIN areas a ON a.id = c.area_id LEFT JOIN departments d ON d.id = c.department_id ORDER BY c.code`,
    )

  it('come with stage, times, department and grid, and their steps', async () => {
    await insertStreet(test.db)
    const report = await load(test.db, '案件.csv', lines(header, ...rows))
    expect(report).toMatchObject({ state: 'done', kind: 'cases', added: 3 })
    const said = report.notes.map(({ code }) => code)
    expect(said).toEqual(
      expect.arrayContaining([
        'departments_added',
        'department_unknown',
        'status_unknown',
        'not_on_map',
        'outside_every_grid',
      ]),
    )
    expect(await found()).toMatchObject([
      {
        code: 'A-1',
        stage: 'handle',
        reported_at: Date.parse('2026-11-01T00:00:00Z'),
        due_at: Date.parse('2026-11-03T10:00:00Z'),
        closed_at: null,
        grid: '网格1',
        department: '城管中队',
        source: 'import',
      },
      { code: 'A-2', stage: 'closed', closed_at: Date.parse('2026-11-02T12:00:00Z'), grid: null },
      { code: 'A-3', stage: 'accept', grid: null, department: null },
    ])
    expect(
      await test.db.query('SELECT c.code, s.stage FROM case_steps s JOIN cases c ON c.id = s.case_id ORDER BY s.at'),
    ).toEqual([
      { code: 'A-1', stage: 'accept' },
      { code: 'A-2', stage: 'accept' },
      { code: 'A-3', stage: 'accept' },
      { code: 'A-2', stage: 'closed' },
    ])
  })

  it('move when a newer export says so; the same one again changes nothing', async () => {
    await load(test.db, '案件.csv', lines(header, ...rows))
    const newer = rows.with(
      0,
      'A-1,楼道堆物,占道,2026-11-01 08:00,2026-11-03 09:00,已结案,2026-11-03 18:00,CG,城管中队,,',
    )
    expect(await load(test.db, '案件.csv', lines(header, ...newer))).toMatchObject({
      added: 0,
      changed: 1,
      unchanged: 2,
    })
    expect((await found())[0]).toMatchObject({ stage: 'closed', version: 2 })
    const before = await versions()
    expect(await load(test.db, '案件.csv', lines(header, ...newer))).toMatchObject({ changed: 0, unchanged: 3 })
    expect(await versions()).toEqual(before)
  })

  it('without a code are known by their content', async () => {
    const file = lines('标题,上报时间', '楼道堆物,2026-11-01 08:00', '路灯不亮,2026-11-01 08:00')
    expect(await load(test.db, '案件.csv', file)).toMatchObject({ added: 2 })
    expect(await load(test.db, '案件.csv', file)).toMatchObject({ unchanged: 2 })
  })

  it('of impossible days are refused by row', async () => {
    const report = await load(
      test.db,
      '案件.csv',
      lines(
        '案件编号,标题,上报时间,状态',
        'A,x,2026-02-30,',
        'B,x,,',
        'C,x,昨天,',
        'D,x,2026-11-01,已结案',
        'E,x,2026-11-01,',
      ),
    )
    expect(report.refused.map(({ index, path, code }) => `${index} ${path} ${code}`)).toEqual([
      '1 上报时间 date_impossible',
      '2 上报时间 value_missing',
      '3 上报时间 date_unreadable',
      '4 closedAt closed_needs_time',
    ])
    expect(await found()).toEqual([])
  })

  it('are categorised by code or name where the tables know them', async () => {
    await test.db.query(
      `INSERT INTO case_categories (standard, kind, code, major_class, name) VALUES ('t', '事件', '01001', '市容', '占道堆物')`,
    )
    await load(test.db, '案件.csv', lines('标题,类别,上报时间', 'a,占道堆物,2026-11-01', 'b,别的,2026-11-01'))
    expect(await test.db.query('SELECT category_key, category_name FROM cases ORDER BY title')).toEqual([
      { category_key: 't/事件/01001', category_name: '占道堆物' },
      { category_key: null, category_name: '别的' },
    ])
  })
})

describe('one at a time, all or nothing', () => {
  const manyCases = (count: number) =>
    lines('案件编号,标题,上报时间', ...Array.from({ length: count }, (_, at) => `C-${at},第${at}件,2026-11-01 08:00`))
  const cases = async () => (await test.db.query<{ n: number }>('SELECT count(*) AS n FROM cases'))[0]?.n

  it('a very large file comes in, with progress in numbers, and again without a change', async () => {
    // The embedded database takes a quarter of the speed; a hundred thousand there is a matter of the bench.
    const rows = isEmbeddedRun() ? 25_000 : 100_000
    // As the command does: the last transaction of a large load takes longer than a screen would wait.
    const db = connect(test.address, { queryTimeoutMs: 300_000 })
    const told: number[] = []
    const file = manyCases(rows)
    const report = await load(
      db,
      '案件.csv',
      file,
      {},
      {
        onProgress: ({ progress }) => void (progress?.step === 'staging' && told.push(progress.done)),
      },
    )
    expect(report).toMatchObject({ state: 'done', rowsRead: rows, added: rows })
    expect(await cases()).toBe(rows)
    expect(told.at(-1)).toBe(rows)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    const before = await versions()
    expect(await load(db, '案件.csv', file)).toMatchObject({ added: 0, unchanged: rows })
    expect(await versions()).toEqual(before)
    await db.close()
  }, 600_000)

  it('cancelled in the middle it leaves nothing but its report', async () => {
    const before = await cases()
    const cancelled = new AbortController()
    const report = await load(
      test.db,
      '案件.csv',
      manyCases(20_000).replaceAll('C-', 'X-'),
      {},
      {
        signal: cancelled.signal,
        onProgress: ({ progress }) => void (progress?.step === 'staging' && progress.done > 0 && cancelled.abort()),
      },
    )
    expect(report).toMatchObject({ state: 'cancelled', added: 0 })
    expect(await cases()).toBe(before)
    expect(await test.db.query('SELECT 1 FROM load_rows LIMIT 1')).toEqual([])
    expect(await test.db.query('SELECT state FROM loads ORDER BY at DESC LIMIT 1')).toEqual([{ state: 'cancelled' }])
  })

  it('a second load waits for nobody: it is refused while the first lives, and not for ever when it died', async () => {
    await test.db.query(
      `INSERT INTO loads (id, file_name, file_hash, at, state) VALUES (gen_random_uuid(), 'x', '\\x00', now(), 'running')`,
    )
    await expect(load(test.db, '案件.csv', manyCases(1))).rejects.toThrow(LoadRunning)
    await test.db.query(`UPDATE loads SET alive_at = now() - interval '10 minutes'`)
    expect(await load(test.db, '案件.csv', manyCases(1))).toMatchObject({ state: 'done' })
    expect(await test.db.query(`SELECT state, message FROM loads WHERE file_name = 'x'`)).toMatchObject([
      { state: 'cancelled', message: expect.stringContaining('broke off') },
    ])
  })

  it('a fault in the last transaction leaves nothing, and says so', async () => {
    await test.db.query(`ALTER TABLE departments ADD CONSTRAINT for_this_test CHECK (name <> '坏')`)
    try {
      const before = await test.db.query('SELECT 1 FROM departments')
      await expect(load(test.db, '单位.csv', lines('责任单位', '好', '坏'))).rejects.toThrow(/for_this_test/)
      expect(await test.db.query('SELECT 1 FROM departments')).toEqual(before)
      expect(await test.db.query('SELECT state FROM loads ORDER BY at DESC LIMIT 1')).toEqual([{ state: 'cancelled' }])
      expect(await load(test.db, '单位.csv', lines('责任单位', '好'))).toMatchObject({ state: 'done' })
    } finally {
      await test.db.query('ALTER TABLE departments DROP CONSTRAINT for_this_test')
    }
  })

  it('refused rows may be left out, in every kind of fault', async () => {
    const [longitude, latitude] = middleOf(0, 0)
    const bowTie = [
      [114, 22.7],
      [114.01, 22.71],
      [114.01, 22.7],
      [114, 22.71],
      [114, 22.7],
    ]
    const report = await load(
      test.db,
      'buildings.geojson',
      geoJson(
        [{ type: 'Point', coordinates: [longitude, latitude] }, { 楼栋编码: 'B1' }],
        [{ type: 'Polygon', coordinates: [bowTie] }, { 楼栋编码: 'B2' }],
        [null, { 楼栋编码: 'B3' }],
        [{ type: 'Point', coordinates: [longitude, latitude] }, { 楼栋编码: 'B1' }],
      ),
      { skipRefused: true },
    )
    expect(report).toMatchObject({ state: 'done', added: 1, refusedCount: 3 })
    expect(report.refused.map(({ index, code }) => [index, code])).toEqual([
      [2, 'crosses_itself'],
      [3, 'geometry_missing'],
      [4, 'code_twice'],
    ])
    expect(await test.db.query('SELECT code FROM buildings')).toEqual([{ code: 'B1' }])
  })
})
