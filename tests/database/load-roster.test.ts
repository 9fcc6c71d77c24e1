/** Loading the people of a street: members with posts and skills, teams, service points, departments. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertBuilding, insertStreet, middleOf, type StreetIds } from '../support/builders.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { emptyTables, load } from '../support/load.ts'

let test: TestDatabase
let street: StreetIds
beforeAll(async () => {
  test = await createTestDatabase()
  street = await insertStreet(test.db)
})
beforeEach(() => emptyTables(test.db, 'members', 'teams', 'service_points', 'departments'))
afterAll(() => test.drop())

const versions = async () =>
  Object.fromEntries(
    (await test.db.query<{ layer: string; version: number }>('SELECT layer, version FROM data_versions')).map((row) => [
      row.layer,
      row.version,
    ]),
  )
const lines = (...rows: string[]) => `${rows.join('\n')}\n`

describe('members', () => {
  const roster = lines(
    '人员编号,姓名,电话,工牌,党员,党支部,岗位,网格编码,技能',
    'R-1,林静,13800001234,0412,是,第一党支部,网格长、党小组长,440311001001001,水管维修;急救',
    'R-2,王五,０７５５－１２３４５６７８,,否,,网格员,网格2,',
    'R-3,赵敏,,,中共党员,第一党支部,网格员、信息员,440311001001001、440311001002001,电工',
    'R-4,钱多,,,群众,,,,',
    'R-1,林静,13800001234,0412,是,第一党支部,民政助理员,网格3,',
  )
  const people = () =>
    test.db.query(
      `SELECT m.code, m.name, m.phone, m.badge, m.is_party_member, b.name AS branch, m.skills, m.version,
              ARRAY(SELECT p.post || '@' || a.name FROM posts p JOIN areas a ON a.id = p.area_id
                    WHERE p.member_id = m.id ORDER BY 1) AS posts
       FROM members m LEFT JOIN branches b ON b.id = m.branch_id ORDER BY m.code`,
    )

  it('come in with posts, skills and branches; several rows may be one person', async () => {
    expect(await load(test.db, '花名册.csv', roster)).toMatchObject({
      state: 'done',
      kind: 'members',
      rowsRead: 5,
      added: 4,
    })
    expect(await people()).toMatchObject([
      {
        code: 'R-1',
        name: '林静',
        phone: '13800001234',
        badge: '0412',
        is_party_member: true,
        branch: '第一党支部',
        skills: ['firstAid', 'plumber'],
        posts: ['civilAffairs@网格3', 'gridLeader@网格1', 'partyGroupLeader@网格1'],
      },
      { code: 'R-2', phone: '0755-12345678', is_party_member: false, branch: null, posts: ['gridMember@网格2'] },
      { code: 'R-3', phone: null, is_party_member: true, posts: ['gridMember@网格1', 'informant@网格3'] },
      { code: 'R-4', posts: [], skills: [] },
    ])
  })

  it('the same file again changes nothing, not even a version', async () => {
    await load(test.db, '花名册.csv', roster)
    const before = [await versions(), await people()]
    expect(await load(test.db, '花名册.csv', roster)).toMatchObject({ added: 0, changed: 0, unchanged: 4 })
    expect([await versions(), await people()]).toEqual(before)
  })

  it('a later file moves a person, and leaves alone what it is silent about', async () => {
    await load(test.db, '花名册.csv', roster)
    const later = lines('人员编号,姓名,岗位,网格编码', 'R-2,王五,网格长,网格4', 'R-4,钱多,,')
    expect(await load(test.db, '花名册.csv', later)).toMatchObject({ added: 0, changed: 1, unchanged: 1 })
    const [, wang] = await people()
    expect(wang).toMatchObject({ phone: '0755-12345678', posts: ['gridLeader@网格4'], version: 2 })
  })

  it('who has no code is known by name and phone', async () => {
    const roster = lines('姓名,电话', '林静,13800001234', '林静,13900001234')
    expect(await load(test.db, '花名册.csv', roster)).toMatchObject({ added: 2 })
    expect(await load(test.db, '花名册.csv', roster)).toMatchObject({ unchanged: 2 })
  })

  it('building heads answer for their building', async () => {
    const building = await insertBuilding(test.db, { code: 'B-77', area_id: street.grids[0] })
    await load(test.db, '花名册.csv', lines('姓名,岗位,网格,楼栋编码', '林静,楼栋长,网格1,B-77'))
    expect(await test.db.query('SELECT post, building_id FROM posts')).toEqual([
      { post: 'buildingHead', building_id: building },
    ])
  })

  it('are refused all together, each row with its column and reason', async () => {
    const before = await versions()
    const report = await load(
      test.db,
      '花名册.csv',
      lines(
        '人员编号,姓名,电话,党员,岗位,网格编码,技能',
        'R-1,林静,13800001234,是,网格员,网格1,',
        'R-2,,13800001234,是,网格员,网格1,',
        'R-3,王五,1.38E+10,是,网格员,网格1,',
        'R-4,王五,,也许,网格员,网格1,',
        'R-5,王五,,是,飞行员,网格1,',
        'R-6,王五,,是,网格员,网格99,',
        'R-7,王五,,是,网格员,,',
        'R-8,王五,,是,网格员、网格长、警长,网格1、网格2,',
        'R-9,王五,,是,,,开飞机',
        'R-1,王六,,是,,,',
        `R-10,${'长'.repeat(41)},,是,,,`,
        'R-11,王五',
      ),
    )
    expect(report).toMatchObject({ state: 'refused', rowsRead: 12, refusedCount: 11, added: 0 })
    expect(report.refused.map(({ index, path, code }) => `${index} ${path} ${code}`)).toEqual([
      '2 姓名 value_missing',
      '3 电话 phone_unreadable',
      '4 党员 choice_unknown',
      '5 岗位 choice_unknown',
      '6 网格编码 area_unknown',
      '7 网格编码 post_needs_area',
      '8 网格编码 lists_uneven',
      '9 技能 choice_unknown',
      '10 name rows_disagree',
      '11 姓名 text_too_long',
      '12  row_ragged',
    ])
    expect(await people()).toEqual([])
    expect(await versions()).toEqual(before)
  })

  it('keeps the first 200 refused rows and counts all', async () => {
    const rows = Array.from({ length: 450 }, (_, at) => `R-${at},`)
    const report = await load(test.db, '花名册.csv', lines('人员编号,姓名', ...rows))
    expect([report.refused.length, report.refusedCount]).toEqual([200, 450])
  })
})

describe('teams', () => {
  beforeEach(async () => {
    await load(
      test.db,
      '花名册.csv',
      lines('人员编号,姓名,电话', 'R-1,林静,13800000001', 'R-2,王五,13800000002', 'R-3,赵敏,'),
    )
  })
  const found = () =>
    test.db.query(
      `SELECT t.name, t.kind, a.name AS area, l.name AS leader,
              ARRAY(SELECT m.name FROM team_members tm JOIN members m ON m.id = tm.member_id
                    WHERE tm.team_id = t.id ORDER BY m.code) AS members
       FROM teams t JOIN areas a ON a.id = t.area_id LEFT JOIN members l ON l.id = t.leader_id ORDER BY t.name`,
    )

  it('name their people by code, phone or name, in one row or several', async () => {
    const file = lines(
      '队伍名称,类型,网格,队长,队员',
      '红小二一队,服务队,网格1,林静,R-2、赵敏',
      '夜间巡逻队,,社区1,13800000002,R-1',
      '夜间巡逻队,,社区1,,R-3',
    )
    expect(await load(test.db, '队伍.csv', file)).toMatchObject({ state: 'done', kind: 'teams', added: 2 })
    expect(await found()).toEqual([
      { name: '夜间巡逻队', kind: 'patrol', area: '社区1', leader: '王五', members: ['林静', '王五', '赵敏'] },
      { name: '红小二一队', kind: 'service', area: '网格1', leader: '林静', members: ['林静', '王五', '赵敏'] },
    ])
    const before = await versions()
    expect(await load(test.db, '队伍.csv', file)).toMatchObject({ unchanged: 2, changed: 0 })
    expect(await versions()).toEqual(before)
    await load(test.db, '队伍.csv', lines('队伍名称,类型,网格,队长,队员', '红小二一队,服务队,网格1,赵敏,R-2'))
    expect(await found()).toContainEqual(
      expect.objectContaining({ name: '红小二一队', leader: '赵敏', members: ['王五', '赵敏'] }),
    )
  })

  it('refuse people who are not there', async () => {
    const report = await load(test.db, '队伍.csv', lines('队伍名称,网格,队员', '一队,网格1,没有的人', '二队,网格1,'))
    expect(report.refused.map(({ index, code }) => [index, code])).toEqual([
      [1, 'member_unknown'],
      [2, 'team_empty'],
    ])
  })
})

describe('service points', () => {
  const [longitude, latitude] = middleOf(1, 0)
  const file = lines(
    '服务点编号,名称,类型,地址,电话,服务事项,开放时间,经度,纬度',
    `S-1,光明党群服务中心,中心,光明大道1号,0755-12345678,饮水、充电,周一至周五 08:30-17:30;周六 09:00-12:00,${longitude},${latitude}`,
    `S-2,老王调解室,,,,,Mo-Fr 09:00-12:00,115,23`,
  )
  const found = () =>
    test.db.query(
      `SELECT s.code, s.kind, s.services, s.hours->5 AS saturday, a.name AS grid
       FROM service_points s LEFT JOIN areas a ON a.id = s.area_id ORDER BY s.code`,
    )

  it('come with hours, and find their grid', async () => {
    const report = await load(test.db, '服务点.csv', file)
    expect(report).toMatchObject({ state: 'done', kind: 'servicePoints', added: 2 })
    expect(report.notes).toContainEqual({ code: 'outside_every_grid', values: { count: 1 } })
    expect(await found()).toEqual([
      { code: 'S-1', kind: 'centre', services: ['饮水', '充电'], saturday: [['09:00', '12:00']], grid: '网格2' },
      { code: 'S-2', kind: 'mediationRoom', services: [], saturday: [], grid: null },
    ])
    const before = await versions()
    expect(await load(test.db, '服务点.csv', file)).toMatchObject({ unchanged: 2 })
    expect(await versions()).toEqual(before)
  })

  it('as GeoJSON, and points of interest only when told', async () => {
    const point = (properties: object) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Point', coordinates: [longitude, latitude] },
    })
    const text = JSON.stringify({
      type: 'FeatureCollection',
      features: [point({ kind: 'restaurant', name: '小馆' }), point({ kind: 'toilets' })],
    })
    expect(await load(test.db, 'pois.geojson', text)).toMatchObject({ kind: 'base', added: 1 })
    expect(await found()).toEqual([])
    expect(await load(test.db, 'pois.geojson', text, { kind: 'servicePoints', skipRefused: true })).toMatchObject({
      kind: 'servicePoints',
      added: 1,
      refused: [{ index: 2, code: 'value_missing' }],
      notes: expect.arrayContaining([expect.objectContaining({ code: 'kind_taken_as' })]),
    })
  })

  it.each([
    ['0,0', 'position_zero'],
    ['114.015,', 'position_half'],
    [',', 'geometry_missing'],
    ['22.705,114.015', 'axis_swapped'],
    ['500000,2500000', 'out_of_bounds'],
    ['东经114度,22', 'number_unreadable'],
    ['1e999,22', 'number_out_of_range'],
  ])('at %s are refused', async (place, code) => {
    const report = await load(test.db, '服务点.csv', lines('名称,经度,纬度', `驿站,${place}`))
    expect(report).toMatchObject({ state: 'refused', refused: [{ index: 1, code }] })
  })
})

it('departments come with code, name and phone, whatever the encoding', async () => {
  // 编码,责任单位 / D-1,城管中队 in GBK.
  const gbk = Uint8Array.from('b1e0c2eb2cd4f0c8ceb5a5cebb0a442d312cb3c7b9dcd6d0b6d30a'.match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  )
  expect(await load(test.db, 'x.csv', gbk)).toMatchObject({
    state: 'done',
    kind: 'departments',
    notes: expect.arrayContaining([{ code: 'encoding_found', values: { encoding: 'GB18030' } }]),
  })
  expect(await test.db.query('SELECT code, name FROM departments')).toEqual([{ code: 'D-1', name: '城管中队' }])
})
