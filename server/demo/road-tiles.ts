/** Reads the roads of a district from the public base tiles. */
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { Bounds, LonLat } from '#contract/geo'
import type { GatewayClient } from './gateway-client.ts'

/** Footways appear at this zoom. */
const ZOOM = 15
const MOST_TILES = 400

/** Lines of all roads and ways in a box, in [longitude, latitude]. */
export async function readRoads(tiles: Pick<GatewayClient, 'tile'>, bounds: Bounds): Promise<LonLat[][]> {
  const lines: LonLat[][] = []
  for (const [x, y] of tilesOf(bounds)) {
    const data = await tiles.tile(ZOOM, x, y)
    if (data) lines.push(...roadsOf(data, x, y))
  }
  return lines
}

function roadsOf(data: ArrayBuffer, x: number, y: number): LonLat[][] {
  const roads = new VectorTile(new PbfReader(new Uint8Array(data))).layers.road
  if (!roads) return []
  return Array.from(
    { length: roads.length },
    (_, index) => roads.feature(index).toGeoJSON(x, y, ZOOM).geometry,
  ).flatMap((shape) => {
    if (shape.type === 'LineString') return [shape.coordinates as LonLat[]]
    return shape.type === 'MultiLineString' ? (shape.coordinates as LonLat[][]) : []
  })
}

/** Tiles that cover a box, at most so many. */
export function tilesOf([west, south, east, north]: Bounds): [x: number, y: number][] {
  const across = 2 ** ZOOM
  const column = (longitude: number) => Math.floor(((longitude + 180) / 360) * across)
  const row = (latitude: number) => {
    const angle = (latitude * Math.PI) / 180
    return Math.floor(((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * across)
  }
  const all: [number, number][] = []
  for (let x = column(west); x <= column(east); x++)
    for (let y = row(north); y <= row(south); y++) if (all.length < MOST_TILES) all.push([x, y])
  return all
}
