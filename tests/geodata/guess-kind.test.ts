import { expect, it } from 'vitest'
import { guessKind, guessLevel, inLoadingOrder } from '../../geodata/import/guess-kind.ts'

const guess = (fileName: string, columns: string[], more: { kinds?: string[]; hasLevel?: boolean } = {}) =>
  guessKind({
    fileName,
    columns,
    isGeoJson: /json$/.test(fileName),
    hasLevel: more.hasLevel ?? false,
    kinds: more.kinds ?? [],
  })?.kind ?? null

it.each([
  ['roads.geojson', ['kind', 'name'], ['path', 'major_road'], 'base'],
  ['extract.geojson', ['kind', 'name'], ['water', 'park'], 'base'],
  ['buildings.geojson', ['kind', 'height'], ['building', 'building', 'address'], 'buildings'],
  ['extract.geojson', ['kind', 'height'], ['building', 'building_part', 'entrance'], 'buildings'],
  // Points of interest are service points only when somebody says so.
  ['pois.geojson', ['kind', 'name'], ['restaurant', 'toilets'], 'base'],
  ['网格.geojson', ['编码', '名称'], [], 'areas'],
  ['社区边界.json', ['name'], [], 'areas'],
  ['service_points.geojson', ['name', 'kind', 'hours'], ['station', 'centre'], 'servicePoints'],
  ['楼栋.geojson', ['楼栋编码', '层数'], [], 'buildings'],
])('%s with %j is %s', (fileName, columns, kinds, kind) => {
  expect(guess(fileName, columns, { kinds })).toBe(kind)
})

it.each([
  ['a.csv', ['姓名', '电话', '岗位', '网格编码'], 'members'],
  ['网格员花名册.csv', ['姓名', '电话'], 'members'],
  ['a.csv', ['队伍名称', '网格编码', '队长', '队员'], 'teams'],
  ['a.csv', ['名称', '开放时间', '经度', '纬度'], 'servicePoints'],
  ['a.csv', ['Unique Key', 'Created Date', 'Closed Date', 'Complaint Type', 'Latitude', 'Longitude'], 'cases'],
  ['a.csv', ['案件编号', '上报时间', '案件类型', '状态'], 'cases'],
  ['责任单位.csv', ['编码', '名称'], 'departments'],
  ['a.csv', ['责任单位', '电话'], 'departments'],
  ['a.csv', ['楼栋名称', '层数', '户数', '经度', '纬度'], 'buildings'],
])('%s with %j is %s', (fileName, columns, kind) => {
  expect(guess(fileName, columns)).toBe(kind)
})

it('does not pretend to know', () => {
  expect(guess('data.csv', ['a', 'b'])).toBeNull()
  expect(guess('data.geojson', ['a', 'b'])).toBeNull()
})

it('takes a level as word that these are areas', () => {
  expect(guess('anything.geojson', ['BoroCD'], { hasLevel: true })).toBe('areas')
})

it.each([
  ['grids.geojson', 'grid'],
  ['网格.geojson', 'grid'],
  ['community_districts.geojson', 'community'],
  ['社区.geojson', 'community'],
  ['街道.geojson', 'street'],
  ['areas.geojson', null],
])('the level of %s is %s', (fileName, level) => expect(guessLevel(fileName)).toBe(level))

it('loads first what others refer to, and keeps the order otherwise', () => {
  expect(
    inLoadingOrder([
      'x/teams.csv',
      'x/cases.csv',
      'x/花名册.csv',
      'x/roads.geojson',
      'x/water.geojson',
      'x/grids.geojson',
    ]),
  ).toEqual(['x/grids.geojson', 'x/roads.geojson', 'x/water.geojson', 'x/花名册.csv', 'x/teams.csv', 'x/cases.csv'])
})
