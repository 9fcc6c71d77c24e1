import { type StyleSpecification, validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { paintOrder } from '../../../client/map/layers/index.ts'
import type { MapModel, MapTheme } from '../../../client/map/map-model.ts'
import { palettes } from '../../../client/map/palette.ts'
import { everything, mapModel } from '../../support/map-model.ts'

const themes: MapTheme[] = ['dark', 'light']
const stylesOf = (model: MapModel) => paintOrder.flatMap((layer) => layer.styles(model, palettes[model.theme]))
const idsOf = (model: MapModel) => stylesOf(model).map(({ id }) => id)

function styleSheet(model: MapModel): StyleSpecification {
  const sources = Object.fromEntries(
    paintOrder.flatMap((layer) =>
      Object.entries(layer.features?.(model) ?? {}).map(([id, data]) => [id, { type: 'geojson' as const, data }]),
    ),
  )
  const vector = { type: 'vector' as const, tiles: ['http://localhost/{z}/{x}/{y}'] }
  return { version: 8, sources: { ...sources, base: vector, areas: vector }, layers: stylesOf(model) }
}

describe('the style as a whole', () => {
  it.each(themes)('is valid in %s, with and without a selection', (theme) => {
    for (const selected of [
      null,
      { kind: 'area', id: 'g1' },
      { kind: 'case', id: '1' },
      { kind: 'building', id: 'b' },
      { kind: 'member', id: 'm1' },
    ] as const)
      expect(validateStyleMin(styleSheet(mapModel({ theme, selected }))).map(({ message }) => message)).toEqual([])
  })

  it('asks for no glyphs and no sprites: letters and icons are made here', () => {
    expect(Object.keys(styleSheet(mapModel()))).toEqual(['version', 'sources', 'layers'])
  })

  it('has every id once, and the same ones whatever is shown', () => {
    const ids = idsOf(mapModel())
    expect(new Set(ids).size).toBe(ids.length)
    expect(
      idsOf(mapModel({ visible: everything(false), theme: 'light', selected: { kind: 'case', id: '2' } })),
    ).toEqual(ids)
  })

  it('names every mounted source once', () => {
    const sources = paintOrder.flatMap((layer) => Object.keys(layer.features?.(mapModel()) ?? {}))
    expect(new Set(sources).size).toBe(sources.length)
  })

  it('works features out again only when what they show changes', () => {
    const model = mapModel()
    for (const layer of paintOrder) {
      if (!layer.features) continue
      const before = layer.featuresDependOn?.(model)
      expect(
        layer.featuresDependOn?.({ ...model, selected: { kind: 'area', id: 'g1' }, now: model.now + 1_000 }),
      ).toEqual(before)
      expect(
        layer.featuresDependOn?.({ ...model, theme: 'light', cases: [], servicePoints: [], areaList: [] }),
      ).not.toEqual(before)
    }
  })
})

describe('paint order', () => {
  const ids = idsOf(mapModel())
  const isAbove = (upper: string, lower: string) =>
    expect(ids.indexOf(upper), `${upper} above ${lower}`).toBeGreaterThan(ids.indexOf(lower))

  it('puts the fill of the grids under water, buildings and roads', () => {
    for (const upper of ['water', 'building', 'road-ground-main']) isAbove(upper, 'choropleth')
  })

  it('puts bridges over water and ground roads, tunnels under both', () => {
    isAbove('road-bridge-main', 'water')
    isAbove('road-bridge-main', 'road-ground-main')
    isAbove('road-ground-main', 'road-tunnel-main')
    isAbove('road-bridge-main', 'road-bridge-main-casing')
  })

  it('puts the selected line over the inner edges and those over the borders', () => {
    isAbove('inner-edge-overdue', 'inner-edge-nearLimit')
    isAbove('inner-edge-nearLimit', 'border-street')
    isAbove('selected-area', 'inner-edge-overdue')
    isAbove('selected-area', 'selected-area-halo')
  })

  it('lets names yield to points, and points to pins', () => {
    for (const name of ['road-name-wide', 'building-name', 'water-name']) isAbove('area-label-grid', name)
    isAbove('service-point', 'area-label-grid')
    isAbove('case-on-time', 'service-point')
    isAbove('case-pin', 'case-on-time')
    isAbove('person', 'case-pin')
    isAbove('nearest-rank', 'person')
    isAbove('person', 'track-line')
  })

  it('lets the heat lie under every border, name and mark', () => {
    for (const upper of ['border-grid', 'inner-edge-overdue', 'area-label-grid', 'case-pin']) isAbove(upper, 'heat')
  })
})

describe('visibility', () => {
  const visibilityOf = (model: MapModel, id: string) => {
    const layout = stylesOf(model).find((style) => style.id === id)?.layout
    return layout && 'visibility' in layout ? layout.visibility : 'visible'
  }
  const layersOfKey = {
    people: [
      'people-cell',
      'people-cell-count',
      'person-accuracy',
      'person-accuracy-edge',
      'person-age',
      'person-dot',
      'person-fan',
      'person-selected',
      'person',
      'person-stack',
      'person-text',
    ],
    choropleth: ['choropleth', 'inner-edge-overdue', 'inner-edge-nearLimit'],
    borders: ['border-grid', 'border-community', 'border-street'],
    buildings: ['building', 'building-line', 'building-point', 'building-name'],
    servicePoints: ['service-point'],
    cases: ['case-on-time', 'case-on-time-stack', 'case-pin', 'case-pin-stack', 'case-selected'],
    heat: ['heat'],
    labels: ['area-label-grid', 'area-label-community', 'area-label-street'],
  } as const

  it.each(Object.entries(layersOfKey))('hides %s and nothing else', (key, layers) => {
    const hidden = idsOf(mapModel()).filter(
      (id) => visibilityOf(mapModel({ visible: { ...everything(true), [key]: false } }), id) === 'none',
    )
    expect(hidden.toSorted()).toEqual([...layers].toSorted())
  })

  it('keeps areas clickable when their fill is hidden', () => {
    expect(visibilityOf(mapModel({ visible: everything(false) }), 'area-hit')).toBe('visible')
  })
})
