/** Where somebody went: lines with arrows, times along them, beginning and end; nothing where nothing is known. */
import type { Feature, FeatureCollection } from 'geojson'
import type { LonLat } from '#contract/geo'
import { regular } from '../fonts.ts'
import { plainIcon } from '../icons/icon-id.ts'
import type { MapLayer } from '../layer.ts'
import type { MapModel } from '../map-model.ts'
import { toMapLngLat } from '../toMapLngLat.ts'

const SOURCE = 'track'
const PLACE_SOURCE = 'track-place'

const point = (position: LonLat, properties: Feature['properties']): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: toMapLngLat(position) },
})

export function trackFeatures({ track }: MapModel): FeatureCollection {
  if (!track) return { type: 'FeatureCollection', features: [] }
  // One fix between two gaps is a point, and is shown as one.
  const lines = track.lines.flatMap((line): Feature[] => {
    const [first] = line
    if (!first) return []
    return line.length > 1
      ? [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: line.map(toMapLngLat) } }]
      : [point(first, { kind: 'lone' })]
  })
  // The ends of a gap, so that it is seen where somebody was lost and found again.
  const gaps = track.lines.flatMap((line, index) => [
    ...(index > 0 ? line.slice(0, 1) : []),
    ...(index < track.lines.length - 1 ? line.slice(-1) : []),
  ])
  return {
    type: 'FeatureCollection',
    features: [
      ...lines,
      ...gaps.map((position) => point(position, { kind: 'gap' })),
      point(track.start, { kind: 'start' }),
      point(track.end, { kind: 'end' }),
      ...track.stamps.map(({ position, text }) => point(position, { kind: 'stamp', text })),
    ],
  }
}

export const track: MapLayer = {
  key: 'track',
  features: (model) => ({ [SOURCE]: trackFeatures(model) }),
  featuresDependOn: (model) => [model.track, model.theme],
  styles: ({ theme }, colours) => [
    {
      id: 'track-halo',
      type: 'line',
      source: SOURCE,
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': colours.halo, 'line-width': 7, 'line-opacity': 0.8 },
    },
    {
      id: 'track-line',
      type: 'line',
      source: SOURCE,
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': colours.accent, 'line-width': 3 },
    },
    {
      id: 'track-arrow',
      type: 'symbol',
      source: SOURCE,
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 70,
        'icon-image': plainIcon('arrow', theme),
        'icon-rotation-alignment': 'map',
        'icon-overlap': 'always',
      },
    },
    {
      id: 'track-point',
      type: 'circle',
      source: SOURCE,
      filter: ['match', ['get', 'kind'], ['start', 'end', 'gap', 'lone'], true, false],
      paint: {
        'circle-radius': ['match', ['get', 'kind'], ['start', 'end'], 6, 4],
        // Hollow where something is missing or only begins, full where it ends.
        'circle-color': ['match', ['get', 'kind'], ['end', 'lone'], colours.accent, colours.panel],
        'circle-stroke-color': ['match', ['get', 'kind'], 'gap', colours.warningMark, colours.accent],
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'track-stamp',
      type: 'symbol',
      source: SOURCE,
      filter: ['==', ['get', 'kind'], 'stamp'],
      layout: {
        'text-field': ['get', 'text'],
        'text-font': regular,
        'text-size': 12,
        'text-anchor': 'bottom',
        'text-offset': [0, -0.6],
        'text-padding': 4,
      },
      paint: { 'text-color': colours.ink, 'text-halo-color': colours.halo, 'text-halo-width': 2 },
    },
  ],
}

/** A source of its own: it moves ten times a second while the track, of thousands of places, stays. */
export const trackPlace: MapLayer = {
  key: 'trackPlace',
  features: ({ trackPlace: place }) => ({
    [PLACE_SOURCE]: { type: 'FeatureCollection', features: place ? [point(place, {})] : [] },
  }),
  featuresDependOn: (model) => [model.trackPlace, model.theme],
  styles: ({ theme }) => [
    {
      id: 'track-place',
      type: 'symbol',
      source: PLACE_SOURCE,
      layout: { 'icon-image': plainIcon('walked', theme), 'icon-overlap': 'always', 'icon-ignore-placement': true },
    },
  ],
}
