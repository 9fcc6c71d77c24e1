/** Areas: a tree of any depth (street › community › grid), each with people responsible for it. */
import * as z from 'zod/mini'
import { bounds, lonLat } from './geo.ts'

/** Levels of the tree in use. `grid` is the one that places are attributed to. */
export const areaLevels = ['street', 'community', 'grid'] as const
export const areaLevel = z.enum(areaLevels)
export type AreaLevel = z.infer<typeof areaLevel>

/** A 15-digit unit-cell code, or any external code of letters, digits, '-', '_' and '.'. */
export const areaCode = z.string().check(z.regex(/^[0-9A-Za-z._-]{1,40}$/))

export const area = z.object({
  id: z.string(),
  parentId: z.nullable(z.string()),
  level: areaLevel,
  code: z.string(),
  name: z.string(),
  centre: lonLat,
  bounds,
  squareMetres: z.number(),
  households: z.nullable(z.number()),
  branchName: z.nullable(z.string()),
})
export type Area = z.infer<typeof area>

/** One holder of a post: who answers for an area, a building or a service point. */
export const postHolder = z.object({
  memberId: z.string(),
  name: z.string(),
  post: z.string(),
  badge: z.nullable(z.string()),
  isPartyMember: z.boolean(),
  /** null where the viewer may not see it. */
  phone: z.nullable(z.string()),
  skills: z.array(z.string()),
})
export type PostHolder = z.infer<typeof postHolder>

/** One link of the chain of responsibility, from the street down. */
export const responsibilityLink = z.object({
  areaId: z.string(),
  level: areaLevel,
  areaName: z.string(),
  holders: z.array(postHolder),
})

/** Who is in charge of an area, the highest post first; an area without anyone is missing. */
export const areaLeaders = z.object({ areaId: z.string(), names: z.array(z.string()) })
export type AreaLeaders = z.infer<typeof areaLeaders>

/** What a dispatcher reads after clicking a cell. */
export const areaCard = z.object({
  area,
  chain: z.array(responsibilityLink),
  /** Everyone with a post in this grid, its leader and members first. */
  roster: z.array(postHolder),
  /** Teams that serve it: its own, those below it and those of the areas above, the nearest in the tree first. */
  teams: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      leader: z.nullable(z.string()),
      people: z.number(),
    }),
  ),
  buildings: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      households: z.nullable(z.number()),
      buildingHead: z.nullable(z.string()),
      centre: lonLat,
    }),
  ),
  buildingCount: z.number(),
  memberHouseholds: z.number(),
  /** The nearest service points to the middle of the area, straight distance in metres. */
  servicePoints: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      isOpen: z.boolean(),
      opensUntil: z.nullable(z.string()),
      closedReason: z.nullable(z.string()),
      metres: z.number(),
    }),
  ),
  /** Last 7 local days, oldest first. */
  week: z.array(z.object({ day: z.string(), reported: z.number(), closed: z.number() })),
})
export type AreaCard = z.infer<typeof areaCard>
