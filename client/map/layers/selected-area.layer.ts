/** The selected area: a tint, and a 3 px line on a 6 px halo. */
import type { FilterSpecification } from 'maplibre-gl'
import { AREAS, type MapLayer } from '../layer.ts'
import type { MapModel } from '../map-model.ts'

const isSelected = ({ selected }: MapModel): FilterSpecification => [
  '==',
  ['get', 'id'],
  selected?.kind === 'area' ? selected.id : '',
]

export const selectedTint: MapLayer = {
  key: 'selectedTint',
  styles: (model, colours) => [
    {
      id: 'selected-area-tint',
      type: 'fill',
      source: AREAS,
      'source-layer': 'area',
      filter: isSelected(model),
      paint: { 'fill-color': colours.accent, 'fill-opacity': colours.selectedTint, 'fill-antialias': false },
    },
  ],
}

export const selectedLine: MapLayer = {
  key: 'selectedLine',
  styles: (model, colours) => [
    {
      id: 'selected-area-halo',
      type: 'line',
      source: AREAS,
      'source-layer': 'edge',
      filter: isSelected(model),
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': colours.halo, 'line-width': 6 },
    },
    {
      id: 'selected-area',
      type: 'line',
      source: AREAS,
      'source-layer': 'edge',
      filter: isSelected(model),
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': colours.accent, 'line-width': 3 },
    },
  ],
}
