/** The inner edge of a grid says how bad its worst case is: yellow dashed 9-6 when a limit is near, red solid when one is passed. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Supervision } from '#contract/cases'
import { byZoom } from '../basemap/widths.ts'
import { AREAS, type MapLayer, visibility } from '../layer.ts'
import type { MapModel } from '../map-model.ts'

/** Visible width near; further out the cells are too small for it. */
const WIDTH = 3.5
const widthByZoom = byZoom(
  [
    [11, 1.5],
    [14, WIDTH],
  ],
  1,
)
/** Rings run clockwise, so to the right is inside: half the width, plus half a border line to keep clear of it. */
const offsetByZoom = byZoom(
  [
    [11, 0.75],
    [14, WIDTH / 2 + 0.5],
  ],
  1,
)

const shownFor = (worst: Supervision): ExpressionSpecification => [
  'case',
  ['==', ['feature-state', 'worst'], worst],
  1,
  0,
]

function edge(worst: Exclude<Supervision, 'onTime'>, model: MapModel, colour: string): LayerSpecification {
  return {
    id: `inner-edge-${worst}`,
    type: 'line',
    source: AREAS,
    'source-layer': 'edge',
    filter: ['==', ['get', 'level'], 'grid'],
    layout: { ...visibility(model.visible.choropleth), 'line-join': 'miter' },
    paint: {
      'line-color': colour,
      'line-width': widthByZoom,
      'line-offset': offsetByZoom,
      'line-opacity': shownFor(worst),
      ...(worst === 'nearLimit' && { 'line-dasharray': [9 / WIDTH, 6 / WIDTH] }),
    },
  }
}

export const innerEdges: MapLayer = {
  key: 'innerEdges',
  styles: (model, colours) => [
    edge('nearLimit', model, colours.warningMark),
    edge('overdue', model, colours.urgentMark),
  ],
}
