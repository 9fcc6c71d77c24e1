/** Colours of the heat map, shared by the layer and the legend: from cool and clear to hot and solid. */
import type { MapTheme } from '../map-model.ts'

export interface HeatStop {
  /** 0 = nothing, 1 = full heat (contract/heat.ts `heatFull`) and above. */
  share: number
  colour: string
}

type Rgb = readonly [number, number, number]

/** After the cividis scale, which reads the same with every kind of colour vision: lightness alone tells the order. */
const cividis: readonly (readonly [share: number, rgb: Rgb])[] = [
  [0, [0, 34, 78]],
  [0.2, [42, 63, 109]],
  [0.4, [87, 93, 109]],
  [0.6, [125, 124, 120]],
  [0.8, [182, 167, 107]],
  [1, [254, 232, 56]],
]

/** How solid each share is drawn; the map stays readable below. */
const alphas: readonly (readonly [share: number, alpha: number])[] = [
  [0, 0],
  [0.03, 0],
  [0.12, 0.45],
  [0.35, 0.66],
  [0.65, 0.78],
  [1, 0.88],
]

/** Hot stands out against the ground: light on dark, dark on light. */
const colourAt = (share: number, theme: MapTheme): Rgb => {
  const at = theme === 'dark' ? 0.42 + share * 0.58 : 1 - share
  return between(cividis, at, (a, b, t) => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)])
}

/** A contour at these shares outlines the hot spots. */
export const heatContours = [0.45, 0.8] as const
const CONTOUR_WIDTH = 0.014
const contourColour: Readonly<Record<MapTheme, string>> = { dark: 'rgba(255,246,196,0.9)', light: 'rgba(0,20,48,0.85)' }

/** The ramp without its contours, for a legend's gradient. */
export function heatRamp(theme: MapTheme): HeatStop[] {
  const shares = [0, 0.03, 0.12, 0.25, 0.35, 0.5, 0.65, 0.8, 0.9, 1]
  return shares.map((share) => ({ share, colour: heatColour(share, theme) }))
}

/** The same with its contours, as the map draws it. */
export function heatStops(theme: MapTheme): HeatStop[] {
  const stops = heatRamp(theme).filter(({ share }) => heatContours.every((at) => Math.abs(at - share) > CONTOUR_WIDTH))
  for (const at of heatContours) {
    const [from, to] = [at - CONTOUR_WIDTH / 2, at + CONTOUR_WIDTH / 2]
    stops.push(
      { share: round(from - 0.002), colour: heatColour(from, theme) },
      { share: round(from), colour: contourColour[theme] },
      { share: round(to), colour: contourColour[theme] },
      { share: round(to + 0.002), colour: heatColour(to, theme) },
    )
  }
  return stops.toSorted((a, b) => a.share - b.share)
}

function heatColour(share: number, theme: MapTheme): string {
  const [red, green, blue] = colourAt(share, theme).map(Math.round)
  return `rgba(${red},${green},${blue},${round(between(alphas, share, mix))})`
}

const round = (value: number) => Number(value.toFixed(3))
const mix = (a: number, b: number, t: number) => a + (b - a) * t

function between<Value>(
  stops: readonly (readonly [number, Value])[],
  at: number,
  blend: (a: Value, b: Value, t: number) => Value,
): Value {
  const upper = Math.max(
    1,
    stops.findIndex(([share]) => share >= at),
  )
  const [from, to] = [stops[upper - 1], stops[upper]]
  if (!from || !to) throw new Error('A ramp needs two stops.')
  return blend(from[1], to[1], Math.min(1, Math.max(0, (at - from[0]) / (to[0] - from[0]))))
}
