/** The demo district from a seed: the same seed and instant always give the same rows. Nothing in it is real. */
import type { CategoryRow } from '../categories/read-categories.ts'
import { openAccounts } from './accounts.ts'
import { organise } from './areas.ts'
import { drawBaseMap } from './base-map.ts'
import { layBlocks } from './blocks.ts'
import { nameBuildings } from './building-names.ts'
import { layBuildings } from './buildings/lay-buildings.ts'
import { generateCases } from './cases/generate-cases.ts'
import { listDepartments } from './departments.ts'
import type { District } from './district.ts'
import { createFrame } from './frame.ts'
import { divide } from './grids.ts'
import { bendGround } from './ground.ts'
import { createPlaceNames } from './names.ts'
import { appointPeople } from './people.ts'
import { createQuarters } from './quarters.ts'
import { openServicePoints } from './service-points.ts'
import { layWays } from './streets.ts'
import { formTeams } from './teams.ts'
import { createTerrain } from './terrain.ts'
import { nameTown } from './town-names.ts'

/** Guangming street's size. */
export const SQUARE_METRES = 30_110_000

export interface DistrictWish {
  seed: number
  /** Milliseconds since the epoch: where the history of cases ends. */
  now: number
  categories: CategoryRow[]
}

export function generateDistrict({ seed, now, categories }: DistrictWish): District {
  const terrain = createTerrain(seed)
  const frame = createFrame(seed, terrain)
  const town = bendGround(layBlocks(seed, frame, createQuarters(seed, frame, terrain)), terrain, SQUARE_METRES)
  const { buildings: plain, yards } = layBuildings(seed, town)
  const communities = divide(town, plain)

  const placeNames = createPlaceNames(seed)
  const names = nameTown(seed, town, placeNames)
  const ways = layWays(town, placeNames)
  const { areas, branches, gridOfFace } = organise(town, communities, names)
  const named = nameBuildings(town, plain, ways, names, (face) => gridOfFace.get(face) ?? '')
  const buildings = named.map(({ row }) => row)

  const servicePoints = openServicePoints(seed, areas, buildings, now)
  const { members, posts } = appointPeople(seed, areas, buildings, servicePoints)
  const departments = listDepartments(names.town)
  const { cases, caseSteps } = generateCases({
    seed,
    now,
    town,
    buildings,
    places: named.map(({ place }) => place),
    gridOfFace,
    members,
    posts,
    categories,
    departmentNames: new Map(departments.map(({ code, name }) => [code, name])),
  })
  return {
    seed,
    name: names.street,
    branches,
    areas,
    baseFeatures: drawBaseMap({ seed, town, ways, yards, names }),
    buildings,
    members,
    posts,
    teams: formTeams(seed, areas, members, posts),
    servicePoints,
    departments,
    cases,
    caseSteps,
    accounts: openAccounts(areas, members, posts, departments),
  }
}
