/** What a base tile asks of the database at each zoom, and how its rows become layers. */
import type { Feature, Geometry, Position } from 'geojson'
import { type RoadClass, roadClassOf, roadKindsOf } from '#contract/base-map'
import { type BaseTileLayer, BUILDING_SHAPE_ZOOM } from '#contract/tiles'
import type { TileContent } from './encode-tile.ts'
import { groupBy } from './group-by.ts'
import { joinedLines } from './line-chains.ts'
import { pixelDegrees, TILE_BUFFER, TILE_EXTENT, type TileId, tileBounds } from './tile-id.ts'
import type { BaseQuestion, BaseRow, BuildingRow, TilesQueries } from './tiles.queries.ts'

/** More than this in one tile is a blot, not a map. */
const FEATURE_LIMIT = 12_000
const BUILDING_LIMIT = 10_000
/** One point a square of so many pixels, where buildings are points. */
const POINT_CELL_PIXELS = 3
/** Buildings with a shape show as points from here; those without one always. */
const BUILDING_POINT_ZOOM = 12
const BUILDING_NAME_ZOOM = 15
const ROAD_NAME_ZOOM = 12

/** The classes drawn from each zoom on. */
const roadZooms: Readonly<Record<RoadClass, number>> = { main: 8, secondary: 11, minor: 13, service: 14, path: 15 }

export async function baseTileContent(tile: TileId, queries: TilesQueries): Promise<TileContent> {
  const bounds = tileBounds(tile, TILE_BUFFER / TILE_EXTENT)
  const rows = await queries.baseFeatures({ bounds, ...baseDetail(tile) })
  const buildings = await buildingRows(tile, queries)
  return { features: { ...featureLayers(rows, tile.z), ...buildingLayers(buildings, tile.z) } }
}

/** What a zoom leaves out. Unknown kinds of road count as minor, so from there on it is the small ones that are named. */
export function baseDetail(tile: TileId): Omit<BaseQuestion, 'bounds'> {
  const pixel = pixelDegrees(tile)
  const classes = (Object.keys(roadZooms) as RoadClass[]).filter((roadClass) => tile.z >= roadZooms[roadClass])
  const hidden = (Object.keys(roadZooms) as RoadClass[]).filter((roadClass) => !classes.includes(roadClass))
  return {
    smallest: pixel,
    tolerance: pixel / 4,
    shownRoadKinds: classes.includes('minor') ? null : roadKindsOf(classes),
    hiddenRoadKinds: roadKindsOf(hidden),
    limit: FEATURE_LIMIT,
  }
}

async function buildingRows(tile: TileId, queries: TilesQueries): Promise<BuildingRow[]> {
  const bounds = tileBounds(tile, TILE_BUFFER / TILE_EXTENT)
  const pixel = pixelDegrees(tile)
  if (tile.z >= BUILDING_SHAPE_ZOOM) return queries.buildings(bounds, pixel, pixel / 4, BUILDING_LIMIT)
  const withShapes = tile.z >= BUILDING_POINT_ZOOM
  return queries.buildingPoints(bounds, pixel * POINT_CELL_PIXELS, withShapes, BUILDING_LIMIT)
}

type Layers = Partial<Record<BaseTileLayer, Feature[]>>

/** Base features by layer. Properties are what the style reads and no more. */
export function featureLayers(rows: readonly BaseRow[], zoom: number): Layers {
  const layers: Layers = {}
  const add = (layer: BaseTileLayer, geometry: Geometry, properties: object) => {
    layers[layer] ??= []
    layers[layer].push({ type: 'Feature', properties: { ...properties }, geometry })
  }
  // A river is often cut into many surfaces; its name is on its line, or else on the first and largest of them.
  const namedWaters = new Set(
    rows.flatMap(({ layer, name, geometry }) =>
      layer === 'water' && name !== null && geometry && isLine(geometry) ? [name] : [],
    ),
  )
  for (const { layer, kind, name, isBridge, isTunnel, geometry } of rows) {
    if (!geometry) continue
    const named = name === null ? {} : { name }
    const level = { ...(isBridge && { bridge: true }), ...(isTunnel && { tunnel: true }) }
    if (layer === 'road') add('road', geometry, { class: roadClassOf(kind), ...level })
    else if (layer === 'rail') add('rail', geometry, { kind, ...level })
    else if (layer === 'place') add('place', geometry, { kind, ...named })
    else if (layer === 'water' && isLine(geometry)) add('waterway', geometry, { kind, ...named })
    else if (layer === 'water' && name !== null && isSurface(geometry) && !namedWaters.has(name)) {
      namedWaters.add(name)
      add('water', geometry, { kind, name })
    } else if (isSurface(geometry)) add(layer, geometry, { kind })
  }
  if (zoom >= ROAD_NAME_ZOOM) layers.roadName = roadNames(rows)
  return layers
}

const isSurface = (geometry: Geometry) => geometry.type === 'Polygon' || geometry.type === 'MultiPolygon'
const isLine = (geometry: Geometry) => geometry.type === 'LineString' || geometry.type === 'MultiLineString'

/** One feature a street name: its pieces joined, so that the name finds room. */
function roadNames(rows: readonly BaseRow[]): Feature[] {
  const named = rows.filter(({ layer, name, isTunnel }) => layer === 'road' && name !== null && !isTunnel)
  const streets = groupBy(named, ({ name, kind }) => `${roadClassOf(kind)} ${name}`)
  return [...streets.values()].flatMap((pieces) => {
    const [{ name, kind } = { name: null, kind: '' }] = pieces
    if (name === null) return []
    const coordinates = joinedLines(pieces.flatMap(({ geometry }) => (geometry ? linesOf(geometry) : [])))
    if (coordinates.length === 0) return []
    const properties = { name, class: roadClassOf(kind) }
    return [{ type: 'Feature', properties, geometry: { type: 'MultiLineString', coordinates } } satisfies Feature]
  })
}

function linesOf(geometry: Geometry): Position[][] {
  if (geometry.type === 'LineString') return [geometry.coordinates]
  return geometry.type === 'MultiLineString' ? geometry.coordinates : []
}

/** Shapes, points where there is none, and points for the names. */
export function buildingLayers(rows: readonly BuildingRow[], zoom: number): Layers {
  const point = ({ id, centre }: BuildingRow, properties: object): Feature => ({
    type: 'Feature',
    properties: { id, ...properties },
    geometry: { type: 'Point', coordinates: centre },
  })
  const shaped = rows.filter(({ geometry }) => geometry !== null)
  const named = zoom >= BUILDING_NAME_ZOOM ? rows.filter(({ name }) => name !== null) : []
  return {
    building: shaped.flatMap(({ id, geometry }) =>
      geometry ? [{ type: 'Feature' as const, properties: { id }, geometry }] : [],
    ),
    buildingPoint: rows.filter(({ geometry }) => geometry === null).map((row) => point(row, {})),
    buildingName: named.map((row) => point(row, { name: row.name })),
  }
}
