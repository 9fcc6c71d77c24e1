/** Vector tiles: their layers, their addresses and how far they go. Both sides read this. */
import type { DataLayer } from './district.ts'

/** Tiles exist from 0 to this zoom; closer in, the last ones are enlarged. */
export const TILE_MAX_ZOOM = 16
/** Buildings have shapes from this zoom; further out they are points. */
export const BUILDING_SHAPE_ZOOM = 14
/** Grids are drawn from this zoom, communities from one before; streets always. */
export const GRID_MIN_ZOOM = 9

/** Layers of a base tile. */
export const baseTileLayers = [
  'land',
  'green',
  'water',
  'waterway',
  'road',
  'roadName',
  'rail',
  'place',
  'building',
  'buildingPoint',
  'buildingName',
] as const
export type BaseTileLayer = (typeof baseTileLayers)[number]

/**
 * Layers of an area tile: `area` the surfaces, `edge` their outlines running clockwise (so that a line offset to the
 * right lies inside), `border` each shared line once with the highest level it parts, `outside` what no area covers.
 */
export const areaTileLayers = ['area', 'edge', 'border', 'outside'] as const
export type AreaTileLayer = (typeof areaTileLayers)[number]

type Versions = Readonly<Record<DataLayer, number>>

/** Versions of everything a base tile shows, as they stand in its address. */
export const baseTileVersion = (versions: Pick<Versions, 'base' | 'buildings'>) =>
  `${versions.base}-${versions.buildings}`
export const areaTileVersion = (versions: Pick<Versions, 'areas'>) => `${versions.areas}`

/** Addresses for a map library: it fills in {z}, {x} and {y}. */
export const baseTileAddress = (versions: Versions) => `/tiles/base/${baseTileVersion(versions)}/{z}/{x}/{y}`
export const areaTileAddress = (versions: Versions) => `/tiles/areas/${areaTileVersion(versions)}/{z}/{x}/{y}`
