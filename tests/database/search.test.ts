import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../contract/roles.ts'
import { searchQueries } from '../../server/search/search.queries.ts'
import { createSearchService, type SearchService } from '../../server/search/search.service.ts'
import {
  insertBuilding,
  insertCase,
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
let search: SearchService

beforeAll(async () => {
  test = await createTestDatabase()
  const { db } = test
  street = await insertStreet(db)
  const [west, , east] = street.grids
  await insertMember(db, { name: '王建国', code: 'M-1', badge: '0412' }, [{ post: 'gridMember', area_id: west }])
  await insertMember(db, { name: '王建军', code: 'M-10' }, [{ post: 'gridMember', area_id: east }])
  await insertMember(db, { name: '王没岗', code: 'M-100' })
  const inTeam = await insertMember(db, { name: '王在队', code: 'M-11' })
  await insertTeam(db, { area_id: west }, [inTeam])
  await insertMember(db, { name: '王离岗', is_active: false }, [{ post: 'gridMember', area_id: west }])
  await insertBuilding(db, { name: '王府花园 1 号楼', estate: '王府花园', area_id: west, code: 'B-50%' })
  await insertBuilding(db, { name: '王府花园 2 号楼', estate: '王府花园', area_id: east })
  await insertServicePoint(db, { name: '王府驿站', area_id: east })
  await insertCase(db, { code: 'GL-20261122-000007', title: '王府花园积水', area_id: west })
  await insertCase(db, { title: '致电 13800001234 的王女士', area_id: east })
  search = createSearchService({ queries: searchQueries(db) })
})
afterAll(() => test.drop())

const found = async (typed: string, role: Role = 'dispatcher', scope: string[] = ['/']) =>
  (await search.run(viewerOf(role, scope), typed)).map(({ title }) => title)

describe('search', () => {
  it('finds areas, people, cases, buildings and service points by part of a name', async () => {
    const hits = await search.run(viewerOf('dispatcher'), '王')
    expect(new Set(hits.map(({ kind }) => kind))).toEqual(new Set(['member', 'case', 'building', 'servicePoint']))
    expect(hits.map(({ title }) => title)).not.toContain('王离岗')
    expect(await found('网格3')).toEqual(['网格3'])
  })

  it('puts the very code first, then what begins so', async () => {
    expect((await found('M-1'))[0]).toBe('王建国')
    expect(await found('m-10')).toEqual(['王建军', '王没岗'])
    expect((await found('440311001'))[0]).toBe('测试街道')
    expect(await found('gl-20261122-000007')).toEqual(['王府花园积水'])
  })

  it('needs every word, in any field of a record', async () => {
    expect(await found('王府 2号')).toEqual([])
    expect(await found('王府 2 号楼')).toEqual(['王府花园 2 号楼'])
    expect(await found('建国 0412')).toEqual(['王建国'])
  })

  it('stays within the scope; service points are public', async () => {
    const titles = await found('王', 'dispatcher', [WEST])
    expect(titles.sort()).toEqual(['王在队', '王府花园 1 号楼', '王府花园积水', '王府驿站', '王建国'].sort())
    expect(await found('王', 'dispatcher', [])).toEqual(['王府驿站'])
  })

  it('flies to a person by his grid', async () => {
    const [hit] = await search.run(viewerOf('dispatcher', [WEST]), '王建国')
    expect(hit).toMatchObject({ kind: 'member', detail: '0412 · 网格1', position: [114.005, 22.705] })
  })

  it('takes wildcards as letters', async () => {
    expect(await found('%')).toEqual(['王府花园 1 号楼'])
    expect(await found('_')).toEqual([])
    expect(await found('\\')).toEqual([])
  })

  it.each([`' OR 1=1 --`, `'; DROP TABLE members; --`, `$1`, `\\'`, `{"a":1}`, `%' ESCAPE '`, `\u202E王`])(
    'finds nothing for %s and does no harm',
    async (typed) => {
      expect(await found(typed)).toEqual([])
      expect(await found('王建国')).toEqual(['王建国'])
    },
  )

  it('gives at most twenty', async () => {
    for (let at = 0; at < 25; at++) await insertServicePoint(test.db, { name: `满 ${at}` })
    expect(await found('满')).toHaveLength(20)
  })
})

describe('search tells no more than the lists do', () => {
  it('gives the wall neither names nor what residents wrote', async () => {
    const hits = await search.run(viewerOf('wall'), '王')
    expect(new Set(hits.map(({ kind }) => kind))).toEqual(new Set(['servicePoint']))
  })

  it('does not let the street find a case by a number that is hidden from it', async () => {
    expect(await found('1380000', 'streetAdmin')).toEqual([])
    expect(await found('王女士', 'streetAdmin')).toEqual(['致电 **** 的王女士'])
    expect(await found('1380000', 'dispatcher')).toEqual(['致电 13800001234 的王女士'])
  })
})
