/** Widths and sizes that grow with the zoom, in CSS pixels. */
import type { ExpressionSpecification } from 'maplibre-gl'
import type { RoadClass } from '#contract/base-map'

type Stops = readonly (readonly [zoom: number, pixels: number])[]

/** Interpolates between stops; the base makes lines grow about as fast as the ground does. */
export function byZoom(stops: Stops, base = 1.6): ExpressionSpecification {
  return ['interpolate', ['exponential', base], ['zoom'], ...stops.flat()] as ExpressionSpecification
}

const roadStops: Readonly<Record<RoadClass, Stops>> = {
  main: [
    [8, 0.6],
    [12, 2],
    [14, 5],
    [16, 15],
    [18, 38],
  ],
  secondary: [
    [11, 0.6],
    [13, 1.8],
    [14, 3.4],
    [16, 10],
    [18, 26],
  ],
  minor: [
    [13, 0.7],
    [14, 1.6],
    [16, 6],
    [18, 20],
  ],
  service: [
    [14, 0.6],
    [16, 3],
    [18, 11],
  ],
  path: [
    [15, 0.8],
    [16, 1.2],
    [18, 3],
  ],
}

/** How wide a road's surface is drawn. */
export const roadWidth = (roadClass: RoadClass) => byZoom(roadStops[roadClass])

/** The same with a line of `casing` pixels on both sides. */
export const casedWidth = (roadClass: RoadClass, casing: number) =>
  byZoom(roadStops[roadClass].map(([zoom, pixels]) => [zoom, pixels + 2 * casing] as const))
