/** Who works and helps in the district: 1,485 people and their posts, from the street's directors to member households. */
import type { Post } from '#contract/members'
import type { AreaRow, BuildingRow, MemberRow, PostRow, ServicePointRow } from './district.ts'
import { createRandom, type Random } from './random.ts'
import { Roster } from './roster.ts'

export const MEMBER_COUNT = 1_485

/** Posts one person holds for several neighbouring grids: how many grids each answers for. */
const sharedPosts: { post: Post; grids: number; partyShare: number }[] = [
  { post: 'police', grids: 6, partyShare: 0.9 },
  { post: 'informant', grids: 1, partyShare: 0.4 },
  { post: 'security', grids: 2, partyShare: 0.4 },
  { post: 'sanitation', grids: 2, partyShare: 0.25 },
  { post: 'civilAffairs', grids: 3, partyShare: 0.6 },
]
/** A building head looks after at least this many buildings of an estate, where it has as many. */
const BUILDINGS_PER_HEAD = 3
/** People kept back for member households. */
const HOUSEHOLD_SHARE = 150
const HEADED_KINDS = new Set(['tower', 'slab', 'dormitory'])

export interface People {
  members: MemberRow[]
  posts: PostRow[]
}

export function appointPeople(
  seed: number,
  areas: AreaRow[],
  buildings: BuildingRow[],
  points: ServicePointRow[],
): People {
  const random = createRandom(seed, 'people')
  const roster = new Roster(random)
  const grids = areas.filter(({ level }) => level === 'grid')
  appointLeadership(roster, areas, grids)
  for (const grid of grids) appointGrid(roster, grid, random)
  appointShared(roster, areas, grids)
  appointPointStaff(roster, points, areas, random)
  appointBuildingHeads(roster, grids, buildings)
  fillWithHouseholds(roster, grids, buildings, random)
  return { members: roster.members, posts: roster.posts }
}

const branchOf = (grids: AreaRow[], areaCode: string) =>
  grids.find(({ code }) => code.startsWith(areaCode))?.branchCode ?? ''

function appointLeadership(roster: Roster, areas: AreaRow[], grids: AreaRow[]): void {
  for (const { level, code } of areas) {
    const branch = branchOf(grids, code)
    if (level === 'street')
      for (let count = 0; count < 3; count++) roster.appoint('streetDirector', branch, [{ areaCode: code }], 1)
    if (level === 'community') roster.appoint('communitySecretary', branch, [{ areaCode: code }], 1)
  }
  // A branch secretary leads the party group of every grid of the branch.
  for (const code of new Set(grids.map(({ branchCode }) => branchCode ?? ''))) {
    const own = grids.filter(({ branchCode }) => branchCode === code)
    roster.appoint(
      'partyGroupLeader',
      code,
      own.map((grid) => ({ areaCode: grid.code })),
      1,
    )
  }
}

/** One leader; one member, and another where there are many households. */
function appointGrid(roster: Roster, grid: AreaRow, random: Random): void {
  const place = [{ areaCode: grid.code }]
  roster.appoint('gridLeader', grid.branchCode ?? '', place, 0.85)
  roster.appoint('gridMember', grid.branchCode ?? '', place, 0.55)
  if (grid.households > 300 || random.chance(0.15)) roster.appoint('gridMember', grid.branchCode ?? '', place, 0.5)
}

function appointShared(roster: Roster, areas: AreaRow[], grids: AreaRow[]): void {
  for (const community of areas.filter(({ level }) => level === 'community')) {
    const own = grids.filter(({ parentCode }) => parentCode === community.code)
    for (const { post, grids: size, partyShare } of sharedPosts) {
      for (let at = 0; at < own.length; at += size) {
        const group = own.slice(at, at + size)
        roster.appoint(
          post,
          group[0]?.branchCode ?? '',
          group.map(({ code }) => ({ areaCode: code })),
          partyShare,
        )
      }
    }
  }
}

function appointPointStaff(roster: Roster, points: ServicePointRow[], areas: AreaRow[], random: Random): void {
  const branches = new Map(areas.map(({ code, branchCode }) => [code, branchCode]))
  for (const point of points) {
    const staff =
      { centre: 4, station: 2, microComplex: 2, mediationRoom: 1 }[point.kind] + (random.chance(0.3) ? 1 : 0)
    for (let count = 0; count < staff; count++) {
      const place = { areaCode: point.areaCode, servicePointCode: point.code }
      roster.appoint('pointStaff', branches.get(point.areaCode) ?? '', [place], 0.6)
    }
  }
}

/** Buildings of one estate in one grid, a head for a few of them; more each where there are too many for the roster. */
function appointBuildingHeads(roster: Roster, grids: AreaRow[], buildings: BuildingRow[]): void {
  const budget = MEMBER_COUNT - HOUSEHOLD_SHARE - roster.members.length
  const groups = grids.flatMap((grid) => estatesOf(grid, buildings))
  let perHead = BUILDINGS_PER_HEAD
  const heads = () => groups.reduce((sum, { houses }) => sum + Math.ceil(houses.length / perHead), 0)
  while (heads() > budget && perHead < 40) perHead++
  for (const { grid, houses } of groups) {
    for (let at = 0; at < houses.length; at += perHead) {
      const places = houses.slice(at, at + perHead).map(({ code }) => ({ areaCode: grid.code, buildingCode: code }))
      roster.appoint('buildingHead', grid.branchCode ?? '', places, 0.45)
    }
  }
}

function estatesOf(grid: AreaRow, buildings: BuildingRow[]): { grid: AreaRow; houses: BuildingRow[] }[] {
  const own = buildings.filter(({ areaCode, kind }) => areaCode === grid.code && HEADED_KINDS.has(kind))
  const estates = [...new Set(own.map(({ estate }) => estate))]
  return estates.map((estate) => ({ grid, houses: own.filter((building) => building.estate === estate) }))
}

/** Member households fill the roster up to its number, going round the grids; each at a building with homes. */
function fillWithHouseholds(roster: Roster, grids: AreaRow[], buildings: BuildingRow[], random: Random): void {
  const homes = new Map(
    grids.map(({ code }) => [
      code,
      random.shuffled(buildings.filter((each) => each.areaCode === code && each.households > 0)),
    ]),
  )
  if (roster.members.length > MEMBER_COUNT) throw new Error(`The posts need ${roster.members.length} people.`)
  for (let turn = 0; roster.members.length < MEMBER_COUNT; turn++) {
    const grid = grids[turn % grids.length]
    if (!grid) break
    const own = homes.get(grid.code) ?? []
    const home = own[Math.floor(turn / grids.length) % Math.max(1, own.length)]
    roster.appoint('memberHousehold', grid.branchCode ?? '', [{ areaCode: grid.code, buildingCode: home?.code }], 1)
  }
}
