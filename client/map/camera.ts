/** Where the map looks, and moving it. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Bounds } from '#contract/geo'
import type { MapCamera, MapCover, MapView } from './map-model.ts'
import { fromMapLngLat, toMapLngLat } from './toMapLngLat.ts'

export const FIT_PADDING = 32
const FIT_MAX_ZOOM = 17
/** No flight is longer; the library itself jumps for those who prefer less motion. */
const FLIGHT_MS = 1_000
const STEP_MS = 200
const SLIDE_MS = 600
/** Close enough to see one building among its neighbours. */
const PLACE_ZOOM = 16

/** Two opposite corners, as the map library takes a box. */
export const asBox = ([west, south, east, north]: Bounds): [[number, number], [number, number]] => [
  toMapLngLat([west, south]),
  toMapLngLat([east, north]),
]

/** What a map shows. */
export function viewOf(map: MapLibreMap): MapView {
  const bounds = map.getBounds()
  const [west, south] = fromMapLngLat(bounds.getSouthWest())
  const [east, north] = fromMapLngLat(bounds.getNorthEast())
  return { centre: fromMapLngLat(map.getCenter()), zoom: map.getZoom(), bounds: [west, south, east, north] }
}

/** `map` gives the map of the moment: it may be made anew. */
export function createCamera(map: () => MapLibreMap): MapCamera {
  let covered: MapCover = { left: 0, right: 0, bottom: 0 }
  const offset = (): [number, number] => [(covered.left - covered.right) / 2, -covered.bottom / 2]
  return {
    flyTo(place, zoom) {
      map().flyTo({
        center: toMapLngLat(place),
        zoom: zoom ?? Math.max(map().getZoom(), PLACE_ZOOM),
        offset: offset(),
        duration: FLIGHT_MS,
      })
    },
    fit(bounds) {
      const padding = {
        top: FIT_PADDING,
        right: FIT_PADDING + covered.right,
        bottom: FIT_PADDING + covered.bottom,
        left: FIT_PADDING + covered.left,
      }
      map().fitBounds(asBox(bounds), { padding, maxZoom: FIT_MAX_ZOOM, duration: FLIGHT_MS })
    },
    zoomBy(steps) {
      map().easeTo({ zoom: map().getZoom() + steps, duration: STEP_MS })
    },
    slideTo(place) {
      map().easeTo({ center: toMapLngLat(place), offset: offset(), duration: SLIDE_MS })
    },
    cover(sides) {
      covered = sides
    },
  }
}
