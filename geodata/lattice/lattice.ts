/** A plain lattice of any size for benchmarks: square grids in square communities in one street, and people in turn. */
import type { LonLat } from '#contract/geo'
import type { Polygon } from '../generate/district.ts'

export interface LatticeSize {
  grids: number
  members: number
}

/** The most a lattice can hold: 999 communities of 900 grids have three-digit numbers. */
export const MAX_GRIDS = 999 * 900
export const MAX_MEMBERS = 2_000_000

const WEST = 113
const SOUTH = 22
/** About 300 metres. */
const SIDE_DEGREES = 0.003
/** A community is a square of so many grids by so many. */
const COMMUNITY_SIDE = 30
export const STREET_CODE = '440399001'

export interface LatticeArea {
  code: string
  parentCode: string | null
  level: 'street' | 'community' | 'grid'
  name: string
  border: Polygon[]
}

const three = (value: number) => String(value).padStart(3, '0')

/** Communities stand in rows; each is filled before the next begins. */
function communitiesAcross(grids: number): number {
  const communities = Math.ceil(grids / COMMUNITY_SIDE ** 2)
  return Math.ceil(Math.sqrt(communities))
}

/** [column, row] of a community's south-western grid. */
function cornerOf(community: number, across: number): [number, number] {
  return [(community % across) * COMMUNITY_SIDE, Math.floor(community / across) * COMMUNITY_SIDE]
}

function rectangle(column: number, row: number, columns: number, rows: number): Polygon[] {
  // Rounded, so that neighbours share their corners to the last digit.
  const at = (x: number, y: number): LonLat => [
    Math.round((WEST + x * SIDE_DEGREES) * 1e7) / 1e7,
    Math.round((SOUTH + y * SIDE_DEGREES) * 1e7) / 1e7,
  ]
  const [east, north] = [column + columns, row + rows]
  return [[[at(column, row), at(east, row), at(east, north), at(column, north), at(column, row)]]]
}

/** The street and its communities; the last one may be filled in part. */
export function latticeTop(grids: number): LatticeArea[] {
  const count = Math.ceil(grids / COMMUNITY_SIDE ** 2)
  const across = communitiesAcross(grids)
  const rows = Math.ceil(count / across)
  const street: LatticeArea = {
    code: STREET_CODE,
    parentCode: null,
    level: 'street',
    name: '格网街道',
    border: rectangle(0, 0, across * COMMUNITY_SIDE, rows * COMMUNITY_SIDE),
  }
  const communities = Array.from({ length: count }, (_, index): LatticeArea => {
    const [column, row] = cornerOf(index, across)
    return {
      code: `${STREET_CODE}${three(index + 1)}`,
      parentCode: STREET_CODE,
      level: 'community',
      name: `第${index + 1}社区`,
      border: rectangle(column, row, COMMUNITY_SIDE, COMMUNITY_SIDE),
    }
  })
  return [street, ...communities]
}

/** Grid number `index` of a lattice of `grids`, counted from 0. */
export function latticeGrid(index: number, grids: number): LatticeArea {
  const community = Math.floor(index / COMMUNITY_SIDE ** 2)
  const own = index % COMMUNITY_SIDE ** 2
  const [column, row] = cornerOf(community, communitiesAcross(grids))
  const parentCode = `${STREET_CODE}${three(community + 1)}`
  return {
    code: `${parentCode}${three(own + 1)}`,
    parentCode,
    level: 'grid',
    name: `${community + 1}-${own + 1}`,
    border: rectangle(column + (own % COMMUNITY_SIDE), row + Math.floor(own / COMMUNITY_SIDE), 1, 1),
  }
}
