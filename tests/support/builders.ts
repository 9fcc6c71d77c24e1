/** Frozen rows for tests. Places are on a lattice of squares of 0.01° from 114.00°E 22.70°N, WGS-84. */
import { v7 as uuid } from 'uuid'
import type { Queryable } from '../../server/database/connect.ts'

const WEST = 114
const SOUTH = 22.7
const SIDE = 0.01

/** A closed square of the lattice as WKT. */
export function squareWkt(column: number, row: number, columns = 1, rows = 1): string {
  const [west, south] = [WEST + column * SIDE, SOUTH + row * SIDE]
  const [east, north] = [west + columns * SIDE, south + rows * SIDE]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ].map((point) => point.join(' '))
  return `MULTIPOLYGON(((${ring.join(',')})))`
}

/** The middle of a square, [longitude, latitude]. */
export const middleOf = (column: number, row: number): [number, number] => [
  WEST + (column + 0.5) * SIDE,
  SOUTH + (row + 0.5) * SIDE,
]

export interface StreetIds {
  street: string
  /** Two communities: west and east. */
  communities: [string, string]
  /** Four grids: two in the west, two in the east. */
  grids: [string, string, string, string]
}

/** One street of two communities of two grids each, side by side: grid i is the square (i, 0). */
export async function insertStreet(db: Queryable): Promise<StreetIds> {
  const ids: StreetIds = {
    street: uuid(),
    communities: [uuid(), uuid()],
    grids: [uuid(), uuid(), uuid(), uuid()],
  }
  const insert = (id: string, parent: string | null, level: string, code: string, name: string, wkt: string) =>
    db.query(
      `INSERT INTO areas (id, parent_id, level, code, name, border)
       VALUES ($1, $2, $3, $4, $5, ST_GeomFromText($6, 4326))`,
      [id, parent, level, code, name, wkt],
    )
  await insert(ids.street, null, 'street', '440311001', '测试街道', squareWkt(0, 0, 4))
  for (const [index, community] of ids.communities.entries()) {
    const code = `44031100100${index + 1}`
    await insert(community, ids.street, 'community', code, `社区${index + 1}`, squareWkt(index * 2, 0, 2))
    for (const column of [0, 1]) {
      const at = index * 2 + column
      const grid = ids.grids[at]
      if (grid) await insert(grid, community, 'grid', `${code}00${column + 1}`, `网格${at + 1}`, squareWkt(at, 0))
    }
  }
  return ids
}

/** A place inside the square (column, row), by fractions of its side from the south-west. */
export const placeIn = (column: number, row: number, across = 0.5, up = 0.5): [number, number] => [
  WEST + (column + across) * SIDE,
  SOUTH + (row + up) * SIDE,
]

let lastNumber = 0
/** A code that no other row of this test file has. */
const nextCode = (prefix: string) => `${prefix}${String(++lastNumber).padStart(4, '0')}`

/** Inserts a row; [longitude, latitude] pairs become points. */
async function insert(db: Queryable, table: string, row: Record<string, unknown>): Promise<string> {
  const id = uuid()
  const entries = Object.entries({ id, ...row }).filter(([, value]) => value !== undefined)
  const isPlace = (column: string) => column === 'position' || column === 'centre'
  const slots = entries.map(([column], at) => (isPlace(column) ? `ST_GeomFromGeoJSON($${at + 1})` : `$${at + 1}`))
  const values = entries.map(([column, value]) =>
    isPlace(column) && value !== null ? JSON.stringify({ type: 'Point', coordinates: value }) : value,
  )
  const columns = entries.map(([column]) => column)
  await db.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${slots.join(', ')})`, values)
  return id
}

export interface MemberRow {
  code?: string
  name?: string
  badge?: string | null
  phone?: string | null
  is_party_member?: boolean
  skills?: string[]
  is_active?: boolean
}
/** A person on the roster, with the given posts. */
export async function insertMember(
  db: Queryable,
  row: MemberRow = {},
  posts: { post: string; area_id: string; building_id?: string; service_point_id?: string }[] = [],
): Promise<string> {
  const code = row.code ?? nextCode('M')
  const id = await insert(db, 'members', { name: '林小满', badge: null, phone: '13800001234', ...row, code })
  for (const post of posts) await insert(db, 'posts', { ...post, member_id: id })
  return id
}

export interface BuildingRow {
  code?: string
  name?: string | null
  estate?: string | null
  address?: string | null
  households?: number | null
  centre?: [number, number]
  area_id?: string | null
}
export const insertBuilding = (db: Queryable, row: BuildingRow = {}): Promise<string> =>
  insert(db, 'buildings', { code: nextCode('B'), name: '1 号楼', centre: middleOf(0, 0), ...row })

const alwaysOpen = JSON.stringify(Array.from({ length: 7 }, () => [['00:00', '24:00']]))
export interface ServicePointRow {
  code?: string
  name?: string
  kind?: string
  hours?: string
  closed_on?: string | null
  closed_reason?: string | null
  position?: [number, number]
  area_id?: string | null
}
/** Open day and night unless the row says otherwise. */
export const insertServicePoint = (db: Queryable, row: ServicePointRow = {}): Promise<string> =>
  insert(db, 'service_points', {
    code: nextCode('S'),
    name: '党群服务驿站',
    kind: 'station',
    hours: alwaysOpen,
    position: middleOf(0, 0),
    ...row,
  })

export interface TeamRow {
  code?: string
  name?: string
  kind?: string
  area_id: string
  leader_id?: string | null
}
export async function insertTeam(db: Queryable, row: TeamRow, memberIds: string[] = []): Promise<string> {
  const id = await insert(db, 'teams', { code: nextCode('T'), name: '红小二服务队', kind: 'service', ...row })
  for (const memberId of memberIds)
    await db.query('INSERT INTO team_members (team_id, member_id) VALUES ($1, $2)', [id, memberId])
  return id
}

export const insertDepartment = (db: Queryable, row: { code?: string; name?: string; phone?: string | null } = {}) =>
  insert(db, 'departments', { code: nextCode('D'), name: '城管中队', phone: null, ...row })

export interface CaseRow {
  code?: string
  title?: string
  text?: string | null
  category_name?: string
  stage?: string
  outcome?: string | null
  priority?: string
  reported_at?: Date
  due_at?: Date | null
  warn_at?: Date | null
  closed_at?: Date | null
  position?: [number, number] | null
  address?: string | null
  area_id?: string | null
  building_id?: string | null
  department_id?: string | null
  handler_id?: string | null
  reporter_name?: string | null
  reporter_phone?: string | null
}
/** An unresolved case, waiting to be accepted, unless the row says otherwise. */
export const insertCase = (db: Queryable, row: CaseRow = {}): Promise<string> =>
  insert(db, 'cases', {
    code: nextCode('GL-'),
    title: '楼道堆物',
    category_name: '楼道堆物',
    source: 'hotline',
    stage: 'accept',
    reported_at: new Date('2026-11-22T02:00:00Z'),
    ...row,
  })
