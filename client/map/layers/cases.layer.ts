/** Unresolved cases: diamonds thin out with the zoom, pins of near and overdue limits never do. */
import type { FilterSpecification } from 'maplibre-gl'
import { type MapLayer, visibility } from '../layer.ts'
import { CASES_SOURCE } from './case-features.ts'

export const CASE_LAYERS = ['case-on-time', 'case-pin'] as const
/** Further out the fill of the grids says where the on-time cases are. */
const DIAMOND_ZOOM = 13.2

const isDiamond: FilterSpecification = ['==', ['get', 'worst'], 'onTime']
const isPin: FilterSpecification = ['!=', ['get', 'worst'], 'onTime']

export const caseMarks: MapLayer = {
  key: 'caseMarks',
  styles: ({ visible, selected }, colours) => {
    const selectedId = selected?.kind === 'case' ? selected.id : null
    const hasSelected: FilterSpecification =
      selectedId === null ? ['boolean', false] : ['in', selectedId, ['get', 'ids']]
    const shown = visibility(visible.cases)
    return [
      {
        id: 'case-selected',
        type: 'circle',
        source: CASES_SOURCE,
        filter: hasSelected,
        layout: shown,
        paint: {
          'circle-radius': 11,
          'circle-color': colours.accent,
          'circle-opacity': 0.25,
          'circle-stroke-color': colours.accent,
          'circle-stroke-width': 2.5,
        },
      },
      {
        id: 'case-on-time',
        type: 'symbol',
        source: CASES_SOURCE,
        minzoom: DIAMOND_ZOOM,
        filter: isDiamond,
        layout: {
          ...shown,
          'symbol-sort-key': ['get', 'order'],
          'icon-image': ['get', 'icon'],
          'icon-overlap': ['step', ['zoom'], 'never', 15, 'always'],
          'icon-padding': 0,
        },
      },
      {
        id: 'case-on-time-stack',
        type: 'symbol',
        source: CASES_SOURCE,
        minzoom: 14,
        filter: ['all', isDiamond, ['has', 'stack']],
        layout: { ...shown, 'icon-image': ['get', 'stack'], 'icon-overlap': 'always', 'icon-offset': [9, -9] },
      },
      {
        id: 'case-pin',
        type: 'symbol',
        source: CASES_SOURCE,
        filter: isPin,
        layout: {
          ...shown,
          // Overdue last, so that it is drawn on top of its neighbours.
          'symbol-sort-key': ['-', 0, ['get', 'order']],
          'icon-image': ['get', 'icon'],
          'icon-anchor': 'bottom',
          'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.4, 12, 0.6, 14, 1],
          'icon-overlap': 'always',
        },
      },
      {
        id: 'case-pin-stack',
        type: 'symbol',
        source: CASES_SOURCE,
        minzoom: 12,
        filter: ['all', isPin, ['has', 'stack']],
        layout: { ...shown, 'icon-image': ['get', 'stack'], 'icon-overlap': 'always', 'icon-offset': [10, -25] },
      },
    ]
  },
}
