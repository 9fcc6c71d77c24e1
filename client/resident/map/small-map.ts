/** The residents' small map: the base map in its light colours, with buttons for marks. Without borders, people or cases. */
import { type Map as MapLibreMap, Marker } from 'maplibre-gl'
import type { Bounds, LonLat } from '#contract/geo'
import type { ResidentHome } from '#contract/resident'
import { TILE_MAX_ZOOM } from '#contract/tiles'
import { buildings } from '../../map/basemap/buildings.layer.ts'
import { ground } from '../../map/basemap/ground.layer.ts'
import { names } from '../../map/basemap/names.layer.ts'
import { roads } from '../../map/basemap/roads.layer.ts'
import { water } from '../../map/basemap/water.layer.ts'
import { createMap } from '../../map/createMap.ts'
import { BASE } from '../../map/layer.ts'
import type { MapModel } from '../../map/map-model.ts'
import { palettes } from '../../map/palette.ts'
import { fromMapLngLat, toMapLngLat } from '../../map/toMapLngLat.ts'

export interface SmallMapMark {
  position: LonLat
  /** What screen readers and the mark say. */
  label: string
  kind: 'here' | 'open' | 'closed' | 'member'
}

export interface SmallMap {
  show(marks: readonly SmallMapMark[]): void
  zoomBy(steps: number): void
  close(): void
}

const NEAR_ZOOM = 16
const layers = [ground, water, buildings, roads, names]
/** All that the layers of the base map read of a model. */
const seen = {
  theme: 'light',
  selected: null,
  visible: {
    people: false,
    choropleth: false,
    borders: false,
    buildings: true,
    servicePoints: false,
    cases: false,
    heat: false,
    labels: true,
  },
} satisfies Pick<MapModel, 'theme' | 'selected' | 'visible'>

export function openSmallMap(parts: {
  container: HTMLElement
  label: string
  map: NonNullable<ResidentHome['map']>
  /** What it opens on; the whole district when nobody said where he is. */
  around: LonLat | null
  /** All of these are to be in sight. */
  fit: Bounds | null
  onPick: (place: LonLat) => void
}): SmallMap {
  const { container, label, map: ground, around, fit, onPick } = parts
  const bounds = fit ?? (around ? null : ground.bounds)
  const map: MapLibreMap = createMap(
    container,
    bounds
      ? {
          bounds: [toMapLngLat([bounds[0], bounds[1]]), toMapLngLat([bounds[2], bounds[3]])],
          fitBoundsOptions: { padding: 40, maxZoom: NEAR_ZOOM },
        }
      : { center: toMapLngLat(around ?? [0, 0]), zoom: NEAR_ZOOM },
    label,
  )
  map.once('style.load', () => {
    map.addSource(BASE, {
      type: 'vector',
      tiles: [`${location.origin}/tiles/base/${ground.baseVersion}/{z}/{x}/{y}`],
      maxzoom: TILE_MAX_ZOOM,
      ...(ground.attribution === null ? {} : { attribution: ground.attribution }),
    })
    for (const layer of layers) for (const style of layer.styles(seen as MapModel, palettes.light)) map.addLayer(style)
  })
  map.on('click', ({ lngLat }) => onPick(fromMapLngLat(lngLat)))
  let shown: Marker[] = []

  return {
    show(marks) {
      for (const marker of shown) marker.remove()
      shown = marks.map(({ position, label: text, kind }) => {
        const element = document.createElement('span')
        element.className = `resident-mark ${kind}`
        element.setAttribute('role', 'img')
        element.setAttribute('aria-label', text)
        element.title = text
        return new Marker({ element, anchor: kind === 'member' ? 'center' : 'bottom' })
          .setLngLat(toMapLngLat(position))
          .addTo(map)
      })
    },
    zoomBy: (steps) => map.zoomTo(map.getZoom() + steps),
    close: () => map.remove(),
  }
}
