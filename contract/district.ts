/** The whole installation at a glance, the palette's search, departments and the audit trail. */
import * as z from 'zod/mini'
import { bounds, lonLat } from './geo.ts'

export const dataLayers = ['base', 'areas', 'buildings', 'members', 'servicePoints', 'cases'] as const
export type DataLayer = (typeof dataLayers)[number]

export const district = z.object({
  name: z.string(),
  /** null while nothing is loaded: the map is empty. */
  bounds: z.nullable(bounds),
  isDemo: z.boolean(),
  timeZone: z.string(),
  /** Rises whenever a layer's data changes; part of tile addresses. */
  versions: z.record(z.enum(dataLayers), z.number()),
  counts: z.object({
    areas: z.number(),
    grids: z.number(),
    buildings: z.number(),
    members: z.number(),
    teams: z.number(),
    servicePoints: z.number(),
    openCases: z.number(),
  }),
  serverTime: z.number(),
  attribution: z.nullable(z.string()),
})
export type District = z.infer<typeof district>

export const searchKinds = ['area', 'building', 'member', 'case', 'servicePoint'] as const
export const searchHit = z.object({
  kind: z.enum(searchKinds),
  id: z.string(),
  title: z.string(),
  detail: z.nullable(z.string()),
  position: z.nullable(lonLat),
})
export type SearchHit = z.infer<typeof searchHit>

export const department = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  phone: z.nullable(z.string()),
})
export type Department = z.infer<typeof department>

export const auditEntry = z.object({
  id: z.number(),
  at: z.number(),
  actor: z.nullable(z.string()),
  action: z.string(),
  resource: z.string(),
  resourceId: z.nullable(z.string()),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof auditEntry>
