/**
 * Heat of the unresolved cases. One case warms the same patch of ground at every zoom, and the same colour means the same
 * heat at every zoom: the radius follows the ground, and where it may not shrink any more the intensity falls instead.
 */
import type { ExpressionSpecification } from 'maplibre-gl'
import type { OpenCase } from '#contract/cases'
import { HEAT_RADIUS_METRES, heatFull } from '#contract/heat'
import { zoomAt } from '../ground-scale.ts'
import { type MapLayer, visibility } from '../layer.ts'
import type { MapModel, MapTheme } from '../map-model.ts'
import { CASES_SOURCE, caseFeatures } from './case-features.ts'
import { casePlaces, casesSignature } from './case-places.ts'
import { heatStops } from './heat-ramp.ts'

/** Height of the bell in the map library's heat map (its GAUSS_COEF). */
const BELL = 0.3989422804014327
/** A blot of fewer pixels cannot be seen, one of more hides the district. */
const MIN_PIXELS = 9
const MAX_PIXELS = 150

const fulls = new WeakMap<readonly OpenCase[], number>()

/** The heat at which the scale ends for these cases; the legend shows the same number. */
export function heatFullOf(cases: readonly OpenCase[], now: number): number {
  const known = fulls.get(cases)
  if (known !== undefined) return known
  const full = heatFull(casePlaces(cases, now))
  fulls.set(cases, full)
  return full
}

/** Zoom at which the radius is so many pixels. */
const zoomOf = (pixels: number, latitude: number) => zoomAt(HEAT_RADIUS_METRES / pixels, latitude)

/** Radius in pixels: true to the ground between the two bounds. */
export function heatRadius(latitude: number): ExpressionSpecification {
  const [near, far] = [zoomOf(MIN_PIXELS, latitude), zoomOf(MAX_PIXELS, latitude)]
  return ['interpolate', ['exponential', 2], ['zoom'], near, MIN_PIXELS, far, MAX_PIXELS]
}

/** One at the zooms where the radius is true; a quarter for each zoom further out, where it is drawn too large. */
export function heatIntensity(full: number, latitude: number): ExpressionSpecification {
  const near = zoomOf(MIN_PIXELS, latitude)
  const whole = 1 / (BELL * full)
  return ['interpolate', ['exponential', 4], ['zoom'], near - 6, whole / 4 ** 6, near, whole]
}

export const heatColour = (theme: MapTheme): ExpressionSpecification =>
  [
    'interpolate',
    ['linear'],
    ['heatmap-density'],
    ...heatStops(theme).flatMap(({ share, colour }) => [share, colour]),
  ] as ExpressionSpecification

const latitudeOf = ({ district: { bounds } }: MapModel) => (bounds ? (bounds[1] + bounds[3]) / 2 : 0)

export const heat: MapLayer = {
  key: 'heat',
  // The marks above draw the same features; the lower of the two brings them.
  features: (model) => ({ [CASES_SOURCE]: caseFeatures(model) }),
  featuresDependOn: (model) => [model.cases, casesSignature(model.cases, model.now), model.theme],
  styles: (model) => [
    {
      id: 'heat',
      type: 'heatmap',
      source: CASES_SOURCE,
      layout: visibility(model.visible.heat),
      paint: {
        'heatmap-weight': ['get', 'weight'],
        'heatmap-radius': heatRadius(latitudeOf(model)),
        'heatmap-intensity': heatIntensity(heatFullOf(model.cases, model.now), latitudeOf(model)),
        'heatmap-color': heatColour(model.theme),
        'heatmap-opacity': 0.9,
      },
    },
  ],
}
