/** GeoJSON features of several layers → one vector tile (protocol buffer, gzip). */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { geoJSONToTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Feature } from 'geojson'
import type { TilePolygon } from './outside.ts'
import type { CachedTile } from './tile-cache.ts'
import { TILE_BUFFER, TILE_EXTENT, type TileId } from './tile-id.ts'

const compress = promisify(gzip)
const EMPTY: CachedTile = { bytes: null, etag: 'W/"empty"' }

export interface TileContent {
  /** By layer. They reach beyond the tile as they like and are clipped here, lines as lines; detail is not reduced. */
  features: Readonly<Partial<Record<string, readonly Feature[]>>>
  /** Surfaces by layer that are in tile units already, without properties. */
  surfaces?: Readonly<Record<string, readonly TilePolygon[]>>
}

type Sliced = ReturnType<typeof geoJSONToTile>

export async function encodeTile(tile: TileId, { features, surfaces = {} }: TileContent): Promise<CachedTile> {
  const encoded: Record<string, Sliced> = {}
  for (const [name, group = []] of Object.entries(features)) {
    const sliced = slice(tile, group)
    if (sliced.features.length > 0) encoded[name] = sliced
  }
  for (const [name, polygons] of Object.entries(surfaces)) {
    const features = polygons.map((geometry) => ({ type: 3 as const, tags: {}, geometry }))
    if (features.length > 0) encoded[name] = Object.assign(slice(tile, []), { features })
  }
  if (Object.keys(encoded).length === 0) return EMPTY
  const raw = fromGeojsonVt(encoded, { version: 2, extent: TILE_EXTENT })
  const hash = createHash('sha256').update(raw).digest('base64url').slice(0, 22)
  // Weak: the same tile goes out as it is or compressed.
  return { bytes: await compress(raw), etag: `W/"${hash}"` }
}

function slice(tile: TileId, features: readonly Feature[]): Sliced {
  const collection = { type: 'FeatureCollection' as const, features: [...features] }
  const options = { extent: TILE_EXTENT, buffer: TILE_BUFFER, tolerance: 0, maxZoom: tile.z, clip: true }
  return geoJSONToTile(collection, tile.z, tile.x, tile.y, options)
}
