/** Buildings 楼栋: a shape where one is known, else a point. */
import * as z from 'zod/mini'
import { postHolder } from './areas.ts'
import { lonLat } from './geo.ts'

export const building = z.object({
  id: z.string(),
  code: z.string(),
  name: z.nullable(z.string()),
  estate: z.nullable(z.string()),
  address: z.nullable(z.string()),
  kind: z.nullable(z.string()),
  floors: z.nullable(z.number()),
  heightMetres: z.nullable(z.number()),
  households: z.nullable(z.number()),
  centre: lonLat,
  hasShape: z.boolean(),
  areaId: z.nullable(z.string()),
  areaName: z.nullable(z.string()),
  people: z.array(postHolder),
  openCases: z.number(),
})
export type Building = z.infer<typeof building>
