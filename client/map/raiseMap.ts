/** One MapLibre map with everything of ours on it, until its drawing context is lost. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import { createMap, type MapPlace } from './createMap.ts'
import { drawIcon, ICON_PIXEL_RATIO } from './icons/draw-icon.ts'
import { parseIcon } from './icons/icon-id.ts'
import { paintOrder } from './layers/index.ts'
import type { MapModel } from './map-model.ts'
import { mountAreaStates } from './mountAreaStates.ts'
import { mountLayer } from './mountLayer.ts'
import { mountTiles } from './mountTiles.ts'

export interface RaisedMap {
  map: MapLibreMap
  /** Whether the layers are there to be asked and changed. */
  isReady(): boolean
  update(model: MapModel): void
  /** Draws people anew and nothing else. */
  move(model: MapModel): void
}

/** How long a lost drawing context may take to come back before nobody waits for it any more. */
const CONTEXT_RETURNS_MS = 4_000

/**
 * `modelNow` gives the model of the moment the layers are mounted. `onLost` is called once, when the map cannot be mended
 * and is to be removed and raised again: feature states, icons and programs went with the context.
 */
export function raiseMap(parts: {
  container: HTMLElement
  label: string
  place: MapPlace
  modelNow: () => MapModel
  onLost: () => void
}): RaisedMap {
  const { container, label, place, modelNow, onLost } = parts
  const map = createMap(container, place, label)
  let mounted: { update(next: MapModel): void }[] | null = null
  let moving: { update(next: MapModel): void }[] = []
  let waiting: ReturnType<typeof setTimeout> | undefined

  map.setMissingStyleImageResolver(async (id) => {
    const icon = parseIcon(id)
    if (icon && !map.hasImage(id)) map.addImage(id, drawIcon(icon), { pixelRatio: ICON_PIXEL_RATIO })
  })
  map.once('style.load', () => {
    const model = modelNow()
    const tiles = mountTiles(map, model, window.location.origin)
    const layers = paintOrder.map((layer) => mountLayer(map, layer, model))
    mounted = [tiles, ...layers, mountAreaStates(map, model)]
    moving = layers.filter((_, index) => paintOrder[index]?.isMoving)
  })
  map.once('webglcontextlost', () => {
    mounted = null
    moving = []
    waiting = setTimeout(onLost, CONTEXT_RETURNS_MS)
  })
  map.once('webglcontextrestored', () => {
    clearTimeout(waiting)
    queueMicrotask(onLost)
  })
  map.once('remove', () => clearTimeout(waiting))

  return {
    map,
    isReady: () => mounted !== null,
    update(model) {
      for (const part of mounted ?? []) part.update(model)
    },
    move(model) {
      for (const part of moving) part.update(model)
    },
  }
}
