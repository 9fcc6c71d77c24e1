/** What a feature of a base file is on our map: its layer and kind, or why it is left out. Names follow OpenStreetMap. */
import type { Shape } from './geometry-gate.ts'

export type BaseLayer = 'water' | 'green' | 'land' | 'road' | 'rail' | 'place'

export interface BaseFacts {
  kind: string
  /** Finer than the kind, such as `footway` of a `path`. */
  detail: string | null
  name: string | null
  /** A point that only says where the name of a surface goes; the surface carries the name itself. */
  isLabel: boolean
  /** A line that only repeats the rim of a surface. */
  isOutline: boolean
  foot: string | null
  access: string | null
  isTunnel: boolean
}

const set = (words: string) => new Set(words.split(' '))

const WATER = set(
  'water riverbank river canal lake pond reservoir stream basin dock swimming_pool fountain wetland bay ocean sea',
)
const WATERWAYS = set('river canal stream drain ditch')
const GREEN = set(
  'grass park forest natural_wood wood garden recreation_ground meadow scrub orchard farmland village_green cemetery nature_reserve protected_area golf_course pitch playground heath green hill allotments common dog_park',
)
const RAILS = set('rail subway light_rail tram funicular monorail narrow_gauge railway')
const ROADS = set(
  'major_road minor_road path highway main major minor expressway motorway trunk primary secondary tertiary unclassified residential living_street service lane alley local track footway pedestrian cycleway steps bridleway corridor pier road',
)
const ROADS_FOR_CARS_ONLY = set('motorway trunk expressway')
const PATHS_NOT_ON_FOOT = set('cycleway bridleway')
const YES_ON_FOOT = set('yes designated permissive official destination')
const CLOSED = set('no private military')

/** Layer and kind, or null when the map has no use for it. */
export function classifyBase(facts: BaseFacts, type: Shape['type']): { layer: BaseLayer; kind: string } | null {
  const kind = facts.kind.toLowerCase()
  const detail = facts.detail?.toLowerCase() ?? null
  if (type === 'Point') return facts.name !== null && !facts.isLabel ? { layer: 'place', kind: detail ?? kind } : null
  if (type === 'Polygon' || type === 'MultiPolygon') {
    if (WATER.has(kind)) return { layer: 'water', kind }
    return { layer: GREEN.has(kind) ? 'green' : 'land', kind }
  }
  if (facts.isOutline) return null
  if (WATERWAYS.has(kind) || kind === 'ferry') return { layer: 'water', kind }
  if (RAILS.has(kind)) return { layer: 'rail', kind: detail ?? kind }
  if (ROADS.has(kind)) return { layer: 'road', kind: detail ?? kind }
  return null
}

/** Whether the walking network may use a road: never a tunnel or a fast road that does not say so. */
export function isWalkable(layer: BaseLayer, facts: BaseFacts): boolean {
  if (layer !== 'road') return false
  const says = facts.foot?.toLowerCase() ?? null
  if (says !== null) return YES_ON_FOOT.has(says) || says === 'true'
  const kind = (facts.detail ?? facts.kind).toLowerCase().replace(/_link$/, '')
  if (CLOSED.has(facts.access?.toLowerCase() ?? '')) return false
  if (ROADS_FOR_CARS_ONLY.has(kind) || PATHS_NOT_ON_FOOT.has(kind)) return false
  const isPath = facts.kind.toLowerCase() === 'path' || kind === 'footway' || kind === 'steps' || kind === 'pedestrian'
  return isPath || !facts.isTunnel
}
