/** Names of the base map. They come last in the choice of what finds room. */
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { bold, regular } from '../fonts.ts'
import { BASE, type MapLayer, visibility } from '../layer.ts'
import type { MapPalette } from '../palette.ts'

const isWide: FilterSpecification = ['match', ['get', 'class'], ['main', 'secondary'], true, false]
const isNarrow: FilterSpecification = ['match', ['get', 'class'], ['minor', 'service'], true, false]

function roadNames(id: string, filter: FilterSpecification, minzoom: number, colours: MapPalette): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: BASE,
    'source-layer': 'roadName',
    filter,
    minzoom,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['get', 'name'],
      'text-font': regular,
      'text-size': 12,
      'text-letter-spacing': 0.18,
      'text-max-angle': 35,
      'text-padding': 4,
    },
    paint: { 'text-color': colours.ink2, 'text-halo-color': colours.halo, 'text-halo-width': 1.6 },
  }
}

export const names: MapLayer = {
  key: 'names',
  styles: ({ visible }, colours) => [
    {
      id: 'building-name',
      type: 'symbol',
      source: BASE,
      'source-layer': 'buildingName',
      minzoom: 16,
      layout: {
        ...visibility(visible.buildings),
        'text-field': ['get', 'name'],
        'text-font': regular,
        'text-size': 11,
        'text-max-width': 7,
        'text-padding': 3,
      },
      paint: { 'text-color': colours.ink2, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
    },
    {
      id: 'water-name',
      type: 'symbol',
      source: BASE,
      'source-layer': 'water',
      filter: ['has', 'name'],
      minzoom: 12,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': bold,
        'text-size': 14,
        'text-letter-spacing': 0.5,
        'text-padding': 40,
      },
      paint: { 'text-color': colours.waterLabel, 'text-halo-color': colours.water, 'text-halo-width': 1.2 },
    },
    {
      id: 'waterway-name',
      type: 'symbol',
      source: BASE,
      'source-layer': 'waterway',
      filter: ['all', ['has', 'name'], ['!=', ['get', 'kind'], 'ferry']],
      minzoom: 13,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 500,
        'text-field': ['get', 'name'],
        'text-font': bold,
        'text-size': 13,
        'text-letter-spacing': 0.5,
      },
      paint: { 'text-color': colours.waterLabel, 'text-halo-color': colours.water, 'text-halo-width': 1.2 },
    },
    roadNames('road-name-narrow', isNarrow, 15.5, colours),
    roadNames('road-name-wide', isWide, 13, colours),
    {
      id: 'place-name',
      type: 'symbol',
      source: BASE,
      'source-layer': 'place',
      filter: ['has', 'name'],
      minzoom: 13,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': regular,
        'text-size': 12,
        'text-max-width': 8,
        'text-padding': 6,
      },
      paint: { 'text-color': colours.ink3, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
    },
  ],
}
