/** Grids filled by their open cases, in five steps of one blue. Under roads, buildings and water. */
import type { ExpressionSpecification } from 'maplibre-gl'
import { AREAS, type MapLayer, visibility } from '../layer.ts'
import type { MapPalette } from '../palette.ts'

/** The smallest number of open cases in each step: 0 · 1 · 2–3 · 4–5 · 6+. */
export const choroplethSteps = [0, 1, 2, 4, 6] as const

/** Alpha of the fill by the feature state `open`. */
export function choroplethAlpha({ choroplethAlpha: alphas }: MapPalette): ExpressionSpecification {
  const [first = 0, ...rest] = alphas
  const stops = rest.flatMap((alpha, index) => [choroplethSteps[index + 1] ?? 0, alpha])
  return ['step', ['coalesce', ['feature-state', 'open'], 0], first, ...stops] as ExpressionSpecification
}

/** Which of the five steps a number of open cases falls in, for the legend. */
export const choroplethStep = (openCases: number) => choroplethSteps.findLastIndex((least) => openCases >= least)

/** What a click on an area hits, whether the fill is shown or not. */
export const AREA_HIT_LAYER = 'area-hit'

export const choropleth: MapLayer = {
  key: 'choropleth',
  styles: ({ visible }, colours) => [
    {
      id: AREA_HIT_LAYER,
      type: 'fill',
      source: AREAS,
      'source-layer': 'area',
      paint: { 'fill-opacity': 0 },
    },
    {
      id: 'choropleth',
      type: 'fill',
      source: AREAS,
      'source-layer': 'area',
      filter: ['==', ['get', 'level'], 'grid'],
      layout: visibility(visible.choropleth),
      paint: {
        'fill-color': colours.choropleth,
        'fill-opacity': choroplethAlpha(colours),
        // Neighbours of one step must not show a seam.
        'fill-antialias': false,
      },
    },
  ],
}
