/** Writes a lattice in batches of one transaction, the rows made as they are needed. */
import type { Database } from '../../server/database/connect.ts'
import { personName } from '../generate/names.ts'
import { createRandom } from '../generate/random.ts'
import { memberPhone } from '../generate/roster.ts'
import { TIME_ZONE } from '../generate/service-points.ts'
import { multiPolygonText } from '../wkt.ts'
import { type WriteDistrictQueries, writeDistrictQueries } from '../write-district.queries.ts'
import { columnsOf, createIds, type Say } from '../write-district.ts'
import { type LatticeArea, type LatticeSize, latticeGrid, latticeTop, STREET_CODE } from './lattice.ts'

const BATCH_ROWS = 10_000
const SEED = 0

type IdOf = ReturnType<typeof createIds>

export function writeLattice(db: Database, size: LatticeSize, say: Say): Promise<void> {
  const id = createIds(SEED)
  return db.transaction(async (tx) => {
    const queries = writeDistrictQueries(tx)
    await queries.setting('districtName', '格网街道')
    await queries.setting('timeZone', TIME_ZONE)
    const top = latticeTop(size.grids)
    for (const level of ['street', 'community'])
      await writeAreas(
        queries,
        top.filter((area) => area.level === level),
        id,
      )
    for (const [from, to] of spans(size.grids)) {
      await writeAreas(
        queries,
        Array.from({ length: to - from }, (_, index) => latticeGrid(from + index, size.grids)),
        id,
      )
      say(`网格 ${to}/${size.grids}`)
    }
    const random = createRandom(SEED, 'lattice')
    for (const [from, to] of spans(size.members)) {
      const rows = Array.from({ length: to - from }, (_, index) => ({ number: from + index, name: personName(random) }))
      await writeMembers(queries, rows, size.grids, id)
      say(`人员 ${to}/${size.members}`)
    }
    await writeAccounts(queries, id)
  })
}

function* spans(total: number): Generator<[number, number]> {
  for (let from = 0; from < total; from += BATCH_ROWS) yield [from, Math.min(total, from + BATCH_ROWS)]
}

const writeAreas = (queries: WriteDistrictQueries, areas: LatticeArea[], id: IdOf) =>
  queries.areas(
    columnsOf(areas, ({ border, parentCode, ...rest }) => ({
      ...rest,
      id: id('area', rest.code),
      parentId: id('area', parentCode),
      branchId: null,
      households: rest.level === 'grid' ? 300 : null,
      border: multiPolygonText(border),
      borderFrom: '2025-01-01',
    })),
  )

/** People go round the grids: the first of each grid leads it. */
async function writeMembers(
  queries: WriteDistrictQueries,
  rows: { number: number; name: string }[],
  grids: number,
  id: IdOf,
): Promise<void> {
  const codeOf = (number: number) => `M${String(number + 1).padStart(7, '0')}`
  await queries.members(
    columnsOf(rows, ({ number, name }) => ({
      id: id('member', codeOf(number)),
      code: codeOf(number),
      name,
      badge: String(number + 1).padStart(7, '0'),
      phone: memberPhone(number),
      isPartyMember: number % 3 === 0,
      branchId: null,
      skills: '',
    })),
  )
  await queries.posts(
    columnsOf(rows, ({ number }) => ({
      id: id('post', codeOf(number)),
      memberId: id('member', codeOf(number)),
      post: number < grids ? 'gridLeader' : 'gridMember',
      areaId: id('area', latticeGrid(number % grids, grids).code),
      buildingId: null,
      servicePointId: null,
    })),
  )
}

async function writeAccounts(queries: WriteDistrictQueries, id: IdOf): Promise<void> {
  const accounts = [
    { signInName: 'admin', name: '街道管理员', role: 'streetAdmin', scope: null },
    { signInName: 'dispatcher', name: '派遣员', role: 'dispatcher', scope: STREET_CODE },
  ]
  await queries.accounts(
    columnsOf(accounts, ({ scope: _, ...rest }) => ({
      ...rest,
      id: id('account', rest.signInName),
      memberId: null,
      departmentId: null,
    })),
  )
  await queries.accountScopes(
    columnsOf(accounts, ({ signInName, scope }) => ({
      accountId: id('account', signInName),
      areaId: id('area', scope),
    })),
  )
}
