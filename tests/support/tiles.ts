/** Reads vector tiles in tests, by the library that the map reads them with. */
import { gunzipSync } from 'node:zlib'
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'

export interface ReadTile {
  /** Names of the layers that are there. */
  layers: string[]
  features(layer: string): VectorTileFeature[]
  properties(layer: string): Record<string, unknown>[]
}

/** A tile as it is in the cache (gzip) or as it came over the network (plain). */
export function readTile(bytes: Uint8Array): ReadTile {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
  const tile = new VectorTile(new PbfReader(plain))
  const features = (layer: string) => {
    const found = tile.layers[layer]
    return found ? Array.from({ length: found.length }, (_, index) => found.feature(index)) : []
  }
  return {
    layers: Object.keys(tile.layers),
    features,
    properties: (layer) => features(layer).map((feature) => ({ ...feature.properties })),
  }
}

/** The tile of a zoom that holds a place. */
export function tileAt(
  [longitude, latitude]: readonly [number, number],
  z: number,
): { z: number; x: number; y: number } {
  const radians = (latitude * Math.PI) / 180
  const across = 2 ** z
  return {
    z,
    x: Math.floor(((longitude + 180) / 360) * across),
    y: Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * across),
  }
}
