/** What an area tile asks of the database at each zoom, and how its rows become layers. */
import type { Feature, Position } from 'geojson'
import type { AreaLevel } from '#contract/areas'
import { type AreaTileLayer, GRID_MIN_ZOOM } from '#contract/tiles'
import type { TileContent } from './encode-tile.ts'
import { commonOutline, sharedLines } from './line-chains.ts'
import { outsideOf, type TilePolygon } from './outside.ts'
import { clockwiseRings, startOnLongestSide } from './rings.ts'
import { pixelDegrees, pixelSquareMetres, TILE_BUFFER, TILE_EXTENT, type TileId, tileBounds } from './tile-id.ts'
import type { AreaRow, TilesQueries } from './tiles.queries.ts'

const AREA_LIMIT = 8_000
/** Areas smaller than so many pixels are left out; nobody could read or click them. */
const SMALLEST_PIXELS = 4
/** Vertices keep their exact place from here. */
const EXACT_ZOOM = 14

const levelZooms: Readonly<Record<AreaLevel, number>> = { street: 0, community: GRID_MIN_ZOOM - 1, grid: GRID_MIN_ZOOM }
/** Highest first: a line that parts two streets is a street's border, whatever else it parts. */
const levelRank: Readonly<Record<AreaLevel, number>> = { street: 0, community: 1, grid: 2 }
const levels = Object.keys(levelRank) as AreaLevel[]

export async function areaTileContent(
  tile: TileId,
  scope: readonly string[],
  queries: TilesQueries,
): Promise<TileContent> {
  const rows = await queries.areas({
    bounds: tileBounds(tile, TILE_BUFFER / TILE_EXTENT),
    scope,
    levels: levels.filter((level) => tile.z >= levelZooms[level]),
    smallestSquareMetres: pixelSquareMetres(tile) * SMALLEST_PIXELS,
    cell: tile.z >= EXACT_ZOOM ? 0 : pixelDegrees(tile) / 4,
    limit: AREA_LIMIT,
  })
  // Far from the district all is outside; without any district nothing is.
  if (rows.length === 0 && !(await queries.hasAreas(scope))) return { features: {} }
  return areaContent(rows, tile)
}

export function areaContent(rows: readonly AreaRow[], tile: TileId): TileContent {
  const areas = rows.flatMap(({ geometry, ...row }) =>
    geometry ? [{ ...row, geometry, rings: clockwiseRings(geometry) }] : [],
  )
  const borders = sharedLines(areas.map(({ level, rings }) => ({ rank: levelRank[level], rings })))
  const roots = areas.filter(({ isRoot }) => isRoot).flatMap(({ rings }) => rings)
  return {
    features: {
      area: areas.map(({ id, level, geometry }) => ({ type: 'Feature', properties: { id, level }, geometry })),
      edge: areas.map(({ id, level, rings }) => lines({ id, level }, rings.map(startOnLongestSide))),
      border: [...borders].map(([rank, coordinates]) => lines({ level: levels[rank] }, coordinates)),
    } satisfies Partial<Record<AreaTileLayer, Feature[]>>,
    surfaces: { outside: outsideOf(tile, commonOutline(roots)) } satisfies Partial<
      Record<AreaTileLayer, TilePolygon[]>
    >,
  }
}

const lines = (properties: object, coordinates: Position[][]): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'MultiLineString', coordinates },
})
