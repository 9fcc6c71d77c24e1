/** A building before it has a name, and what helps to make one. */

import { add, type Point, rotate } from '../plane.ts'
import type { Random } from '../random.ts'
import { type Lot, type Plot, placeOutline } from './lot.ts'
import type { Outline } from './shapes.ts'

export const buildingKinds = [
  'tower',
  'slab',
  'house',
  'shop',
  'kindergarten',
  'clubhouse',
  'factory',
  'warehouse',
  'dormitory',
  'mall',
  'office',
  'school',
  'gym',
  'hospital',
  'government',
  'market',
  'station',
  'stadium',
  'shed',
] as const
export type BuildingKind = (typeof buildingKinds)[number]

export interface PlainBuilding {
  kind: BuildingKind
  outline: Outline
  centre: Point
  floors: number
  heightMetres: number
  households: number
  block: number
  face: number
}

/** Open ground that belongs to buildings: a running track, a pond. */
export interface Yard {
  kind: 'pitch' | 'pond' | 'square'
  ring: Point[]
}

/** Where a layout puts what it makes. */
export interface Site {
  lot: Lot
  block: number
  face: number
  random: Random
  buildings: PlainBuilding[]
  yards: Yard[]
}

export interface Body {
  kind: BuildingKind
  outline: Outline
  floors: number
  floorHeight?: number
  households?: number
  quarterTurns?: number
  lean?: number
}

/** Puts a building on a plot that was found free, and takes the plot. */
export function build(site: Site, plot: Plot, body: Body): void {
  const { lot } = site
  lot.taken.push(plot)
  const outline = placeOutline(lot, plot, body.outline, body.quarterTurns, body.lean)
  site.buildings.push({
    kind: body.kind,
    outline,
    centre: add(lot.origin, rotate([plot.x, plot.y], lot.direction)),
    floors: body.floors,
    heightMetres: Math.round((body.floors * (body.floorHeight ?? 2.95) + 1.2) * 10) / 10,
    households: body.households ?? 0,
    block: site.block,
    face: site.face,
  })
}
