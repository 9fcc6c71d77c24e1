import { describe, expect, it } from 'vitest'
import { heat, heatColour, heatFullOf, heatIntensity, heatRadius } from '../../../client/map/layers/heat.layer.ts'
import { heatContours, heatRamp, heatStops } from '../../../client/map/layers/heat-ramp.ts'
import { palettes } from '../../../client/map/palette.ts'
import { HEAT_RADIUS_METRES } from '../../../contract/heat.ts'
import { evaluate, luminance, mapModel, NOW, openCase, over } from '../../support/map-model.ts'

const LATITUDE = 22.75
const metresPerPixel = (zoom: number) => (78_271.516964 * Math.cos((LATITUDE * Math.PI) / 180)) / 2 ** zoom

const at = (expression: unknown, zoom: number) => Number(evaluate(expression, zoom))
const parsed = (colour: string) => {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  const hex = `#${[red, green, blue].map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`
  return { hex, alpha }
}

describe('what is drawn', () => {
  it('warms the same ground at every zoom between the bounds', () => {
    for (const zoom of [12, 13, 14, 14.5])
      expect(at(heatRadius(LATITUDE), zoom) * metresPerPixel(zoom)).toBeCloseTo(HEAT_RADIUS_METRES, 0)
  })

  it('keeps the heat of the ground when the radius can shrink no further', () => {
    const full = 20
    const perGround = (zoom: number) => {
      const radiusMetres = at(heatRadius(LATITUDE), zoom) * metresPerPixel(zoom)
      return at(heatIntensity(full, LATITUDE), zoom) * radiusMetres ** 2
    }
    for (const zoom of [8, 9, 10, 11, 13]) expect(perGround(zoom) / perGround(14)).toBeCloseTo(1, 2)
  })

  it('comes to full colour where the weights at one place come to full heat', () => {
    const peakOfOne = 0.3989422804014327 * at(heatIntensity(20, LATITUDE), 14)
    expect(peakOfOne * 20).toBeCloseTo(1, 6)
  })

  it('weighs by the age of the cases', () => {
    const [style] = heat.styles(mapModel(), palettes.dark)
    expect(style?.paint).toMatchObject({ 'heatmap-weight': ['get', 'weight'] })
    const now = (cases: ReturnType<typeof openCase>[]) => heatFullOf(cases, NOW)
    expect(now(Array.from({ length: 200 }, (_, index) => openCase(String(index))))).toBeGreaterThan(
      now([openCase('1')]),
    )
  })
})

describe.each(['dark', 'light'] as const)('the ramp in %s', (theme) => {
  const ground = palettes[theme].land
  const shown = heatRamp(theme).map(({ share, colour }) => {
    const { hex, alpha } = parsed(colour)
    return { share, alpha, light: luminance(over(hex, alpha, ground)) }
  })

  it('begins clear and ends nearly solid, never thinner on the way', () => {
    expect(shown[0]?.alpha).toBe(0)
    expect(shown.at(-1)?.alpha).toBeGreaterThan(0.8)
    const alphas = shown.map(({ alpha }) => alpha)
    expect(alphas).toEqual(alphas.toSorted((a, b) => a - b))
  })

  it('tells hotter by lightness alone, away from the ground', () => {
    const lights = shown.filter(({ alpha }) => alpha > 0).map(({ light }) => light)
    const outward = theme === 'dark' ? lights.toSorted((a, b) => a - b) : lights.toSorted((a, b) => b - a)
    expect(lights).toEqual(outward)
    const [ends, base] = [lights.at(-1) ?? 0, luminance(ground)]
    const [lighter = 0, darker = 0] = [ends, base].toSorted((a, b) => b - a)
    expect((lighter + 0.05) / (darker + 0.05)).toBeGreaterThan(3)
  })

  it('is what the layer draws, contours besides', () => {
    const expression = heatColour(theme) as unknown[]
    const stops = heatStops(theme)
    expect(expression.slice(3)).toEqual(stops.flatMap(({ share, colour }) => [share, colour]))
    const shares = stops.map(({ share }) => share)
    expect(shares).toEqual([...new Set(shares)].toSorted((a, b) => a - b))
    for (const { share, colour } of heatRamp(theme)) {
      if (heatContours.some((contour) => Math.abs(contour - share) < 0.05)) continue
      expect(stops).toContainEqual({ share, colour })
    }
  })

  it('outlines the hot spots', () => {
    for (const contour of heatContours)
      expect(heatStops(theme).filter(({ share }) => Math.abs(share - contour) < 0.012).length).toBeGreaterThanOrEqual(2)
  })
})
