/** The administrative tree: one street, its communities, their grids and branches, with 15-digit codes. */
import type { AreaRow, BranchRow, Polygon } from './district.ts'
import type { PlainCommunity } from './grids.ts'
import { shareOut } from './grids.ts'
import type { Town } from './ground.ts'
import { chineseNumber } from './names.ts'
import { signedArea, toPolygon } from './plane.ts'
import type { TownNames } from './town-names.ts'

/** A district code that is not in use. */
const DISTRICT_CODE = '440390'
export const STREET_CODE = `${DISTRICT_CODE}001`
export const BRANCH_COUNT = 48

const three = (value: number) => String(value).padStart(3, '0')

export interface Organisation {
  areas: AreaRow[]
  branches: BranchRow[]
  /** The grid's code of each face. */
  gridOfFace: Map<number, string>
}

export function organise(town: Town, communities: PlainCommunity[], names: TownNames): Organisation {
  const branchCounts = shareOut(
    BRANCH_COUNT,
    communities.map(({ grids }) => grids.length),
    1,
  )
  const areas: AreaRow[] = []
  const branches: BranchRow[] = []
  const gridOfFace = new Map<number, string>()
  for (const [at, community] of communities.entries()) {
    const code = `${STREET_CODE}${three(at + 1)}`
    const name = names.communities[at] ?? `第${at + 1}`
    areas.push({
      code,
      parentCode: STREET_CODE,
      level: 'community',
      name: `${name}社区`,
      branchCode: null,
      households: sum(community.grids.map(({ households }) => households)),
      border: borderOf(
        town,
        community.grids.flatMap(({ faces }) => faces),
      ),
    })
    const ownBranches = Array.from({ length: branchCounts[at] ?? 1 }, (_, index) => ({
      code: `${code}-B${index + 1}`,
      name: `${name}社区第${chineseNumber(index + 1)}网格党支部`,
    }))
    branches.push(...ownBranches)
    for (const [index, grid] of community.grids.entries()) {
      const branch = ownBranches[Math.floor((index * ownBranches.length) / community.grids.length)]
      const gridCode = `${code}${three(index + 1)}`
      for (const face of grid.faces) gridOfFace.set(face, gridCode)
      areas.push({
        code: gridCode,
        parentCode: code,
        level: 'grid',
        name: `${name}${String(index + 1).padStart(2, '0')}`,
        branchCode: branch?.code ?? null,
        households: grid.households,
        border: borderOf(town, grid.faces),
      })
    }
  }
  const street: AreaRow = {
    code: STREET_CODE,
    parentCode: null,
    level: 'street',
    name: names.street,
    branchCode: null,
    households: sum(areas.filter(({ level }) => level === 'community').map(({ households }) => households)),
    border: borderOf(
      town,
      communities.flatMap(({ grids }) => grids.flatMap(({ faces }) => faces)),
    ),
  }
  return {
    areas: [
      street,
      ...areas.filter(({ level }) => level === 'community'),
      ...areas.filter(({ level }) => level === 'grid'),
    ],
    branches,
    gridOfFace,
  }
}

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)

/** One polygon, its holes after the outer ring: faces of an area hang together. */
function borderOf(town: Town, faces: number[]): Polygon[] {
  const [outer, ...holes] = town.map.outline(faces).map((ring) => ring.map(town.placeOf))
  if (!outer || holes.some((hole) => signedArea(hole) > 0)) throw new Error('An area fell into pieces.')
  return [toPolygon(outer, ...holes)]
}
