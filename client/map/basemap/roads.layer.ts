/** Roads in three storeys: tunnels faint below, roads on the ground, bridges above with a darker edge. */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { type RoadClass, roadClasses } from '#contract/base-map'
import { BASE, type MapLayer } from '../layer.ts'
import type { MapPalette } from '../palette.ts'
import { byZoom, casedWidth, roadWidth } from './widths.ts'

type Storey = 'tunnel' | 'ground' | 'bridge'

/** Widest last, so that it is drawn on top. */
const bottomUp = roadClasses.filter((roadClass) => roadClass !== 'path').toReversed()

const minZooms: Readonly<Record<RoadClass, number>> = { main: 8, secondary: 11, minor: 13, service: 14, path: 15 }

const storeyFilter: Readonly<Record<Storey, ExpressionSpecification>> = {
  tunnel: ['has', 'tunnel'],
  bridge: ['all', ['has', 'bridge'], ['!', ['has', 'tunnel']]],
  ground: ['all', ['!', ['has', 'bridge']], ['!', ['has', 'tunnel']]],
}

const where = (roadClass: RoadClass, storey: Storey): FilterSpecification => [
  'all',
  ['==', ['get', 'class'], roadClass],
  storeyFilter[storey],
]

function casing(roadClass: RoadClass, storey: Storey, colours: MapPalette): LayerSpecification {
  return {
    id: `road-${storey}-${roadClass}-casing`,
    type: 'line',
    source: BASE,
    'source-layer': 'road',
    // A casing thinner than a pixel only muddies the road.
    minzoom: Math.max(13, minZooms[roadClass]),
    filter: where(roadClass, storey),
    layout: { 'line-cap': storey === 'bridge' ? 'butt' : 'round', 'line-join': 'round' },
    paint: {
      'line-color': storey === 'bridge' ? colours.bridgeCasing : colours.roadCasing,
      'line-width': casedWidth(roadClass, storey === 'bridge' ? 1.2 : 0.8),
    },
  }
}

function surface(roadClass: RoadClass, storey: Storey, colours: MapPalette): LayerSpecification {
  const isTunnel = storey === 'tunnel'
  return {
    id: `road-${storey}-${roadClass}`,
    type: 'line',
    source: BASE,
    'source-layer': 'road',
    minzoom: minZooms[roadClass],
    filter: where(roadClass, storey),
    layout: { 'line-cap': isTunnel ? 'butt' : 'round', 'line-join': 'round' },
    paint: {
      'line-color': isTunnel ? colours.tunnel : colours.road,
      'line-width': roadWidth(roadClass),
      ...(isTunnel && { 'line-opacity': 0.6, 'line-dasharray': [1.5, 0.6] }),
    },
  }
}

function path(storey: Storey, colours: MapPalette): LayerSpecification {
  return {
    id: `road-${storey}-path`,
    type: 'line',
    source: BASE,
    'source-layer': 'road',
    minzoom: minZooms.path,
    filter: where('path', storey),
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': colours.path,
      'line-width': roadWidth('path'),
      'line-opacity': storey === 'tunnel' ? 0.4 : 0.9,
      'line-dasharray': [3, 1.5],
    },
  }
}

function rail(colours: MapPalette): LayerSpecification[] {
  const isSurface: FilterSpecification = ['!', ['has', 'tunnel']]
  return [
    {
      id: 'rail-underground',
      type: 'line',
      source: BASE,
      'source-layer': 'rail',
      minzoom: 13,
      filter: ['has', 'tunnel'],
      paint: { 'line-color': colours.rail, 'line-width': 1, 'line-opacity': 0.35, 'line-dasharray': [4, 4] },
    },
    {
      id: 'rail',
      type: 'line',
      source: BASE,
      'source-layer': 'rail',
      minzoom: 11,
      filter: isSurface,
      paint: {
        'line-color': colours.rail,
        'line-width': byZoom([
          [11, 0.8],
          [16, 2.4],
        ]),
      },
    },
    {
      id: 'rail-sleepers',
      type: 'line',
      source: BASE,
      'source-layer': 'rail',
      minzoom: 14,
      filter: isSurface,
      paint: { 'line-color': colours.rail, 'line-width': 6, 'line-dasharray': [0.2, 1.6] },
    },
  ]
}

export const roads: MapLayer = {
  key: 'roads',
  styles: (_model, colours) => [
    ...bottomUp.map((roadClass) => surface(roadClass, 'tunnel', colours)),
    path('tunnel', colours),
    path('ground', colours),
    ...bottomUp.map((roadClass) => casing(roadClass, 'ground', colours)),
    ...bottomUp.map((roadClass) => surface(roadClass, 'ground', colours)),
    ...rail(colours),
    path('bridge', colours),
    ...bottomUp.map((roadClass) => casing(roadClass, 'bridge', colours)),
    ...bottomUp.map((roadClass) => surface(roadClass, 'bridge', colours)),
  ],
}
