/** How many people are on duty in each part of the map, where it shows too much ground to draw them one by one. */
import type { FeatureCollection } from 'geojson'
import { bold } from '../fonts.ts'
import { type MapLayer, visibility } from '../layer.ts'
import type { MapModel } from '../map-model.ts'
import { toMapLngLat } from '../toMapLngLat.ts'

const SOURCE = 'people-cells'

export function peopleCellFeatures({ people: { frame } }: MapModel): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: (frame?.cells ?? []).map(({ position, people }) => ({
      type: 'Feature',
      properties: { people },
      geometry: { type: 'Point', coordinates: toMapLngLat(position) },
    })),
  }
}

export const peopleCells: MapLayer = {
  key: 'peopleCells',
  features: (model) => ({ [SOURCE]: peopleCellFeatures(model) }),
  featuresDependOn: (model) => [model.people, model.theme],
  styles: ({ visible }, colours) => [
    {
      id: 'people-cell',
      type: 'circle',
      source: SOURCE,
      layout: visibility(visible.people),
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'people']], 1, 9, 10, 15, 50, 24],
        'circle-color': colours.people,
        'circle-stroke-color': colours.halo,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'people-cell-count',
      type: 'symbol',
      source: SOURCE,
      layout: {
        ...visibility(visible.people),
        'text-field': ['to-string', ['get', 'people']],
        'text-font': bold,
        'text-size': 11,
        'text-overlap': 'always',
      },
      paint: { 'text-color': colours.bg },
    },
  ],
}
