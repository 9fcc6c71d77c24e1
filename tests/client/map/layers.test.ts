import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { describe, expect, it } from 'vitest'
import type { MapLayer } from '../../../client/map/layer.ts'
import { areaLabelFeatures, areaLabels, labelRanges } from '../../../client/map/layers/area-labels.layer.ts'
import { borderLooks, borders } from '../../../client/map/layers/borders.layer.ts'
import { choropleth, choroplethAlpha, choroplethStep } from '../../../client/map/layers/choropleth.layer.ts'
import { innerEdges } from '../../../client/map/layers/inner-edges.layer.ts'
import { selectedLine } from '../../../client/map/layers/selected-area.layer.ts'
import { servicePointFeatures } from '../../../client/map/layers/service-points.layer.ts'
import type { MapModel } from '../../../client/map/map-model.ts'
import { palettes } from '../../../client/map/palette.ts'
import { evaluate, mapModel } from '../../support/map-model.ts'

const stylesOf = (layer: MapLayer, model: MapModel = mapModel()) => layer.styles(model, palettes[model.theme])
const paintOf = (style: LayerSpecification | undefined) =>
  (style?.paint ?? {}) as Record<string, ExpressionSpecification>

describe('choropleth', () => {
  it.each([
    [0, 0],
    [1, 0.2],
    [2, 0.36],
    [3, 0.36],
    [4, 0.52],
    [5, 0.52],
    [6, 0.6],
    [400, 0.6],
  ])('fills a grid of %i open cases with alpha %d', (open, alpha) => {
    expect(evaluate(choroplethAlpha(palettes.dark), 14, { open })).toBe(alpha)
  })

  it('fills nothing where no state is known yet', () => {
    expect(evaluate(choroplethAlpha(palettes.light), 14)).toBe(0)
  })

  it('tells the legend the same steps', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 99].map(choroplethStep)).toEqual([0, 1, 2, 2, 3, 3, 4, 4])
  })

  it('fills grids only', () => {
    expect(stylesOf(choropleth).find(({ id }) => id === 'choropleth')).toMatchObject({
      filter: ['==', ['get', 'level'], 'grid'],
    })
  })
})

describe('inner edges', () => {
  const [near, late] = stylesOf(innerEdges).map(paintOf)

  it('show yellow dashed for a near limit, red solid for a passed one, nothing otherwise', () => {
    const shown = (worst: string) => [near, late].map((paint) => evaluate(paint?.['line-opacity'], 14, { worst }))
    expect(shown('nearLimit')).toEqual([1, 0])
    expect(shown('overdue')).toEqual([0, 1])
    expect(shown('onTime')).toEqual([0, 0])
    expect(shown('none')).toEqual([0, 0])
    expect(near?.['line-dasharray']).toBeDefined()
    expect(late?.['line-dasharray']).toBeUndefined()
  })

  it('lie wholly inside: to the right of a clockwise ring, by at least half their width', () => {
    for (const zoom of [9, 11, 12.5, 14, 17]) {
      const width = evaluate(late?.['line-width'], zoom) as number
      const offset = evaluate(late?.['line-offset'], zoom) as number
      expect(offset, `zoom ${zoom}`).toBeGreaterThanOrEqual(width / 2)
    }
    expect(evaluate(late?.['line-width'], 16)).toBe(3.5)
  })

  it('are dashed 9-6 pixels', () => {
    const dashes = near?.['line-dasharray'] as unknown as number[]
    expect(dashes.map((length) => Math.round(length * 3.5))).toEqual([9, 6])
  })
})

describe('borders', () => {
  it('grow heavier with the level, each with a pattern of its own', () => {
    expect(borderLooks.map(({ level }) => level)).toEqual(['grid', 'community', 'street'])
    const widths = borderLooks.map(({ width }) => width)
    expect(widths).toEqual([1, 1.6, 2.2])
    expect(new Set(stylesOf(borders).map((style) => JSON.stringify(paintOf(style)['line-dasharray']))).size).toBe(3)
  })
})

describe('selection', () => {
  it('outlines the selected area and none when something else is selected', () => {
    const filterOf = (model: MapModel) =>
      stylesOf(selectedLine, model).map((style) => ('filter' in style ? style.filter : null))
    expect(filterOf(mapModel({ selected: { kind: 'area', id: 'g2' } }))[0]).toEqual(['==', ['get', 'id'], 'g2'])
    expect(filterOf(mapModel({ selected: { kind: 'case', id: 'g2' } }))[0]).toEqual(['==', ['get', 'id'], ''])
  })

  it('is a 3 px line on a 6 px halo', () => {
    expect(stylesOf(selectedLine).map((style) => paintOf(style)['line-width'])).toEqual([6, 3])
  })
})

describe('area labels', () => {
  it('carry name and open count, the busiest first in the choice of room', () => {
    const properties = areaLabelFeatures(mapModel()).features.map(({ properties }) => properties)
    expect(properties).toEqual([
      expect.objectContaining({ id: 's1', level: 'street', name: '光明街道' }),
      expect.objectContaining({ id: 'g1', name: '望山02', count: 'count:2:dark', order: -2 }),
      expect.objectContaining({ id: 'g2', name: '望山03' }),
    ])
    expect(properties[2]).not.toHaveProperty('count')
  })

  const sized = (level: 'street' | 'community' | 'grid', squareMetres: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${level} ${index}`,
      level,
      name: `${index}`,
      centre: [113.93, 22.75] as [number, number],
      squareMetres,
    }))

  it('show one level at a time, without a gap between, each when its areas are large enough to carry a name', () => {
    const ranges = labelRanges([
      ...sized('street', 30_000_000, 1),
      ...sized('community', 5_000_000, 6),
      ...sized('grid', 200_000, 150),
    ])
    expect(ranges.street.from).toBe(0)
    expect(ranges.street.to).toBe(ranges.community.from)
    expect(ranges.community.to).toBe(ranges.grid.from)
    expect(ranges.grid.from).toBeGreaterThan(13)
    expect(ranges.grid.from).toBeLessThan(14)
  })

  it('name the districts of a great city from afar, though they are the lowest level and the only one', () => {
    const { grid, street } = labelRanges(sized('grid', 11_000_000, 71))
    expect(grid.from).toBe(0)
    expect(street.from).toBe(street.to)
  })

  it('read large areas sooner than small ones', () => {
    const from = (squareMetres: number) =>
      labelRanges([...sized('street', 900_000_000, 1), ...sized('grid', squareMetres, 9)]).grid.from
    expect(from(11_000_000)).toBeLessThan(from(200_000))
  })

  it('colour the selected name', () => {
    const [grid] = stylesOf(areaLabels, mapModel({ selected: { kind: 'area', id: 'g1' } }))
    expect(paintOf(grid)['text-color']).toEqual([
      'case',
      ['==', ['get', 'id'], 'g1'],
      palettes.dark.accent,
      palettes.dark.ink,
    ])
  })
})

describe('service points', () => {
  const point = {
    id: 'p1',
    code: 'P1',
    name: '望山驿站',
    kind: 'station' as const,
    address: null,
    phone: null,
    services: [],
    hours: [],
    closedOn: null,
    closedReason: null,
    position: [113.93, 22.75] as [number, number],
    areaId: null,
    areaName: null,
    version: 1,
    isOpen: true,
  }

  it('say kind, whether open, and theme in the name of their icon', () => {
    const icons = servicePointFeatures(
      mapModel({ servicePoints: [point, { ...point, id: 'p2', kind: 'centre', isOpen: false }], theme: 'light' }),
    ).features.map(({ properties }) => properties?.icon)
    expect(icons).toEqual(['servicePoint:station:open:light', 'servicePoint:centre:closed:light'])
  })

  it('let open ones find room before closed ones', () => {
    const [open, closed] = servicePointFeatures(
      mapModel({ servicePoints: [point, { ...point, kind: 'centre', isOpen: false }] }),
    ).features.map(({ properties }) => Number(properties?.order))
    expect(open).toBeLessThan(closed ?? 0)
  })
})
