/** The vector tile sources, and what follows when the data behind them changes. */
import type { Map as MapLibreMap, VectorTileSource } from 'maplibre-gl'
import { areaTileAddress, baseTileAddress, TILE_MAX_ZOOM } from '#contract/tiles'
import { AREAS, BASE } from './layer.ts'
import type { MapModel } from './map-model.ts'

/** Tiles are asked for by whole address: the map library's worker has no page to be relative to. */
export function tileAddresses({ district }: MapModel, origin: string): Record<typeof BASE | typeof AREAS, string> {
  return {
    base: origin + baseTileAddress(district.versions),
    areas: origin + areaTileAddress(district.versions),
  }
}

/** A tile that failed, because the server was starting or the line was cut, is asked for again after this long. */
const RETRY_MS = 5_000

/** Ids of areas and buildings, as feature states name them. */
const promoteId = {
  base: { building: 'id', buildingPoint: 'id' },
  areas: { area: 'id', edge: 'id' },
}

export function mountTiles(map: MapLibreMap, model: MapModel, origin: string) {
  let shown = tileAddresses(model, origin)
  for (const id of [BASE, AREAS] as const)
    map.addSource(id, {
      type: 'vector',
      tiles: [shown[id]],
      maxzoom: TILE_MAX_ZOOM,
      promoteId: promoteId[id],
    })
  retryFailedTiles(map)
  return {
    update(next: MapModel) {
      const wanted = tileAddresses(next, origin)
      for (const id of [BASE, AREAS] as const)
        if (wanted[id] !== shown[id]) map.getSource<VectorTileSource>(id)?.setTiles([wanted[id]])
      shown = wanted
    },
  }
}

type TileNumber = { x: number; y: number; z: number }

/** What the library says about a tile that failed, beyond what its types tell; null when the error is another. */
export function failedTile(event: object): { sourceId: string; tile: TileNumber } | null {
  const { sourceId, tile } = event as { sourceId?: unknown; tile?: { tileID?: { canonical?: Partial<TileNumber> } } }
  const { x, y, z } = tile?.tileID?.canonical ?? {}
  if (typeof sourceId !== 'string' || x === undefined || y === undefined || z === undefined) return null
  return { sourceId, tile: { x, y, z } }
}

/** The map library itself gives a failed tile up until the viewer goes elsewhere and comes back. */
function retryFailedTiles(map: MapLibreMap): void {
  const failed = new Map<string, TileNumber[]>()
  let waiting: ReturnType<typeof setTimeout> | undefined
  const retry = () => {
    waiting = undefined
    // Named one by one: asked to refresh a whole source, the library waits for ever for those that failed.
    for (const [sourceId, tiles] of failed) map.refreshTiles(sourceId, tiles)
    failed.clear()
  }
  map.on('error', (event) => {
    const found = failedTile(event)
    if (!found) return
    failed.set(found.sourceId, [...(failed.get(found.sourceId) ?? []), found.tile])
    waiting ??= setTimeout(retry, RETRY_MS)
  })
  map.on('remove', () => clearTimeout(waiting))
  map.on('webglcontextlost', () => clearTimeout(waiting))
}
