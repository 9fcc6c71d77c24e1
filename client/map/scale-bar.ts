/** The length of the scale: a round number of metres that fits into so many pixels. */

import { metresPerPixel } from './ground-scale.ts'

export interface ScaleBar {
  metres: number
  pixels: number
}

export function scaleBar(zoom: number, latitude: number, maxPixels: number): ScaleBar {
  const perPixel = metresPerPixel(zoom, latitude)
  const most = perPixel * maxPixels
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = ([5, 2].find((factor) => factor * power <= most) ?? 1) * power
  return { metres, pixels: Math.round(metres / perPixel) }
}
