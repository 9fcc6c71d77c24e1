/** Writes a generated district: all of it or nothing, with ids that follow from the seed. */
import { v5 as uuid } from 'uuid'
import type { AccountRow, District } from './generate/district.ts'
import { multiPolygonText, shapeText } from './wkt.ts'
import type { Columns, WriteDistrictQueries } from './write-district.queries.ts'

/** Any fixed namespace makes ids repeatable; this one is Gelin's own. */
const NAMESPACE = '5f6f0f5e-2b0c-4c0e-9a3e-8f4a7f3f0b11'
/** So many rows travel in one statement. */
const BATCH_ROWS = 4_000

export type Say = (line: string) => void

/** Ids of a seed's records by table and code. The same record has the same id in every installation of that seed. */
export function createIds(seed: number) {
  const known = new Map<string, string>()
  return (table: string, code: string | null): string | null => {
    if (code === null) return null
    const key = `${seed}/${table}/${code}`
    const id = known.get(key) ?? uuid(key, NAMESPACE)
    known.set(key, id)
    return id
  }
}

export async function writeDistrict(
  queries: WriteDistrictQueries,
  district: District,
  timeZone: string,
  say: Say,
): Promise<void> {
  const id = createIds(district.seed)
  await queries.setting('districtName', district.name)
  await queries.setting('timeZone', timeZone)
  await queries.setting('demoSeed', district.seed)
  await queries.setting('attribution', '演示数据，由种子生成，人名、地名、机构均为虚构')
  await writePlaces(queries, district, id, say)
  await writePeople(queries, district, id, say)
  await writeCases(queries, district, id, say)
  await writeAccounts(queries, district.accounts, id)
}

type IdOf = ReturnType<typeof createIds>

async function writePlaces(queries: WriteDistrictQueries, district: District, id: IdOf, say: Say): Promise<void> {
  const { branches, areas, baseFeatures, buildings } = district
  await inBatches(branches, (rows) =>
    queries.branches(columnsOf(rows, ({ code, name }) => ({ id: id('branch', code), code, name }))),
  )
  for (const level of ['street', 'community', 'grid']) {
    await inBatches(
      areas.filter((area) => area.level === level),
      (rows) =>
        queries.areas(
          columnsOf(rows, ({ parentCode, branchCode, border, ...rest }) => ({
            ...rest,
            id: id('area', rest.code),
            parentId: id('area', parentCode),
            branchId: id('branch', branchCode),
            border: multiPolygonText(border),
            borderFrom: BORDERS_FROM,
          })),
        ),
    )
  }
  await inBatches(baseFeatures, (rows) =>
    queries.baseFeatures(
      columnsOf(rows, ({ shape, ...rest }) => ({ ...rest, id: id('base', rest.code), shape: shapeText(shape) })),
    ),
  )
  await inBatches(buildings, (rows) =>
    queries.buildings(
      columnsOf(rows, ({ shape, centre, areaCode, ...rest }) => ({
        ...rest,
        id: id('building', rest.code),
        shape: multiPolygonText([shape]),
        longitude: centre[0],
        latitude: centre[1],
        areaId: id('area', areaCode),
      })),
    ),
  )
  say(`区域 ${areas.length} · 底图要素 ${baseFeatures.length} · 楼栋 ${buildings.length}`)
}

/** The borders of the demo have been in force since then. */
const BORDERS_FROM = '2025-01-01'

async function writePeople(queries: WriteDistrictQueries, district: District, id: IdOf, say: Say): Promise<void> {
  const { members, servicePoints, posts, teams, departments } = district
  await inBatches(members, (rows) =>
    queries.members(
      columnsOf(rows, ({ branchCode, skills, ...rest }) => ({
        ...rest,
        id: id('member', rest.code),
        branchId: id('branch', branchCode),
        // An empty text splits into no skills.
        skills: skills.join(','),
      })),
    ),
  )
  await inBatches(servicePoints, (rows) =>
    queries.servicePoints(
      columnsOf(rows, ({ services, hours, position, areaCode, ...rest }) => ({
        ...rest,
        id: id('servicePoint', rest.code),
        services: services.join(','),
        hours: JSON.stringify(hours),
        longitude: position[0],
        latitude: position[1],
        areaId: id('area', areaCode),
      })),
    ),
  )
  await inBatches(posts, (rows) =>
    queries.posts(
      columnsOf(rows, (row) => ({
        id: id('post', [row.memberCode, row.post, row.areaCode, row.buildingCode, row.servicePointCode].join('/')),
        memberId: id('member', row.memberCode),
        post: row.post,
        areaId: id('area', row.areaCode),
        buildingId: id('building', row.buildingCode),
        servicePointId: id('servicePoint', row.servicePointCode),
      })),
    ),
  )
  await inBatches(teams, (rows) =>
    queries.teams(
      columnsOf(rows, ({ code, name, kind, areaCode, leaderCode }) => ({
        id: id('team', code),
        code,
        name,
        kind,
        areaId: id('area', areaCode),
        leaderId: id('member', leaderCode),
      })),
    ),
  )
  const teamMembers = teams.flatMap(({ code, memberCodes }) => memberCodes.map((memberCode) => ({ code, memberCode })))
  await inBatches(teamMembers, (rows) =>
    queries.teamMembers(
      columnsOf(rows, ({ code, memberCode }) => ({ teamId: id('team', code), memberId: id('member', memberCode) })),
    ),
  )
  await inBatches(departments, (rows) =>
    queries.departments(columnsOf(rows, (row) => ({ ...row, id: id('department', row.code) }))),
  )
  say(`人员 ${members.length} · 岗位 ${posts.length} · 队伍 ${teams.length} · 服务点 ${servicePoints.length}`)
}

async function writeCases(queries: WriteDistrictQueries, district: District, id: IdOf, say: Say): Promise<void> {
  const { cases, caseSteps } = district
  await inBatches(cases, (rows) =>
    queries.cases(
      columnsOf(rows, ({ position, areaCode, buildingCode, departmentCode, handlerCode, ...rest }) => ({
        ...rest,
        id: id('case', rest.code),
        longitude: position?.[0] ?? null,
        latitude: position?.[1] ?? null,
        areaId: id('area', areaCode),
        buildingId: id('building', buildingCode),
        departmentId: id('department', departmentCode),
        handlerId: id('member', handlerCode),
      })),
    ),
  )
  await inBatches(caseSteps, (rows) =>
    queries.caseSteps(columnsOf(rows, ({ caseCode, ...rest }) => ({ ...rest, caseId: id('case', caseCode) }))),
  )
  const open = cases.filter(({ closedAt }) => closedAt === null).length
  say(`案件 ${cases.length}（未结 ${open}）· 办理步骤 ${caseSteps.length}`)
}

export async function writeAccounts(queries: WriteDistrictQueries, accounts: AccountRow[], id: IdOf): Promise<void> {
  await queries.accounts(
    columnsOf(accounts, ({ signInName, name, role, memberCode, departmentCode }) => ({
      id: id('account', signInName),
      signInName,
      name,
      role,
      memberId: id('member', memberCode),
      departmentId: id('department', departmentCode),
    })),
  )
  const scopes = accounts.flatMap(({ signInName, scopeCodes }) =>
    scopeCodes.map((scopeCode) => ({ signInName, scopeCode })),
  )
  await queries.accountScopes(
    columnsOf(scopes, ({ signInName, scopeCode }) => ({
      accountId: id('account', signInName),
      areaId: id('area', scopeCode),
    })),
  )
}

/** Rows turned into columns. */
export function columnsOf<Row>(rows: Row[], toRecord: (row: Row) => Record<string, unknown>): Columns {
  const columns: Columns = {}
  for (const row of rows) {
    for (const [name, value] of Object.entries(toRecord(row))) {
      columns[name] ??= []
      columns[name].push(value)
    }
  }
  return columns
}

export async function inBatches<Row>(rows: Row[], write: (batch: Row[]) => Promise<void>): Promise<void> {
  for (let at = 0; at < rows.length; at += BATCH_ROWS) await write(rows.slice(at, at + BATCH_ROWS))
}
