/** Makes a MapLibre map the way this product needs it: no glyph, sprite or tile server but our own. */
import 'maplibre-gl/dist/maplibre-gl.css'
import { Map as MapLibreMap, type MapOptions, setWorkerUrl } from 'maplibre-gl'
import workerAddress from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { TILE_MAX_ZOOM } from '#contract/tiles'
import { allowOwnWorkers } from './trusted-types.ts'

allowOwnWorkers()
setWorkerUrl(workerAddress)

/** Closer than this the tiles have nothing more to tell. */
const MAX_ZOOM = TILE_MAX_ZOOM + 4

export type MapPlace = Pick<MapOptions, 'center' | 'zoom' | 'bounds' | 'fitBoundsOptions'>

/**
 * An empty map without controls: the page brings its own, in its language. Layers are mounted after 'style.load'.
 * `label` says to screen readers what the keys do.
 */
export function createMap(container: HTMLElement, place: MapPlace, label: string): MapLibreMap {
  const map = new MapLibreMap({
    container,
    ...place,
    // Without `glyphs` every letter is drawn from the machine's own fonts.
    style: { version: 8, sources: {}, layers: [] },
    maxZoom: MAX_ZOOM,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    rollEnabled: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    locale: { 'Map.Title': label },
  })
  // It takes keys of its own; the region around it is the page's.
  map.getCanvas().setAttribute('role', 'application')
  return map
}
