/** Buildings: shapes near, dots far away; one whose shape is not known is a dot at every zoom. */
import { BUILDING_SHAPE_ZOOM } from '#contract/tiles'
import { BASE, type MapLayer, visibility } from '../layer.ts'
import { byZoom } from './widths.ts'

/** Below this a click means the cell, not one of its thousand roofs. */
export const BUILDING_CLICK_ZOOM = 15

export const buildings: MapLayer = {
  key: 'buildings',
  styles: ({ visible, selected }, colours) => {
    const isSelected = selected?.kind === 'building' ? selected.id : ''
    return [
      {
        id: 'building',
        type: 'fill',
        source: BASE,
        'source-layer': 'building',
        minzoom: BUILDING_SHAPE_ZOOM,
        layout: visibility(visible.buildings),
        paint: {
          'fill-color': ['case', ['==', ['get', 'id'], isSelected], colours.accent, colours.building],
          'fill-opacity': ['case', ['==', ['get', 'id'], isSelected], 0.55, 0.82],
        },
      },
      {
        id: 'building-line',
        type: 'line',
        source: BASE,
        'source-layer': 'building',
        minzoom: BUILDING_SHAPE_ZOOM + 0.5,
        layout: { ...visibility(visible.buildings), 'line-join': 'round' },
        paint: {
          'line-color': ['case', ['==', ['get', 'id'], isSelected], colours.accent, colours.buildingLine],
          'line-width': ['case', ['==', ['get', 'id'], isSelected], 2.5, 0.8],
        },
      },
      {
        id: 'building-point',
        type: 'circle',
        source: BASE,
        'source-layer': 'buildingPoint',
        layout: visibility(visible.buildings),
        paint: {
          'circle-color': ['case', ['==', ['get', 'id'], isSelected], colours.accent, colours.buildingPoint],
          'circle-opacity': ['interpolate', ['linear'], ['zoom'], 12, 0.35, 15, 0.8],
          'circle-radius': byZoom([
            [11, 0.7],
            [13, 1],
            [14, 2],
            [17, 5],
          ]),
          'circle-stroke-color': colours.halo,
          'circle-stroke-width': byZoom([
            [13.5, 0],
            [15, 1],
          ]),
        },
      },
    ]
  },
}
