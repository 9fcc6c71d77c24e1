/** Vector tiles of our own server, taken apart here: a map library is fifty times the size of what a still picture needs. */
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { District } from '#contract/district'
import { areaTileAddress, baseTileAddress } from '#contract/tiles'
import type { Tile } from './map-view.ts'

export interface ReadTile {
  tile: Tile
  base: VectorTile
  areas: VectorTile
}

/** Rejects when either did not come. */
export async function readTile(tile: Tile, versions: District['versions'], signal: AbortSignal): Promise<ReadTile> {
  const [base, areas] = await Promise.all([
    read(baseTileAddress(versions), tile, signal),
    read(areaTileAddress(versions), tile, signal),
  ])
  return { tile, base, areas }
}

async function read(address: string, { z, x, y }: Tile, signal: AbortSignal): Promise<VectorTile> {
  const path = address.replace('{z}', `${z}`).replace('{x}', `${x}`).replace('{y}', `${y}`)
  const response = await fetch(path, { signal, credentials: 'same-origin' })
  if (!response.ok) throw new Error(`No tile: ${response.status}`)
  return new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())))
}
