import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import { expect, it } from 'vitest'
import type { MapLayer } from '../../../client/map/layer.ts'
import { mountLayer } from '../../../client/map/mountLayer.ts'
import { everything, mapModel, openCase } from '../../support/map-model.ts'

/** Writes down what a map is told. */
function recordingMap() {
  const told: unknown[][] = []
  const tell =
    (name: string) =>
    (...args: unknown[]) => {
      told.push([name, ...args])
    }
  const map = {
    addSource: tell('addSource'),
    addLayer: tell('addLayer'),
    setPaintProperty: tell('paint'),
    setLayoutProperty: tell('layout'),
    setFilter: tell('filter'),
    setLayerZoomRange: tell('zooms'),
    getSource: (id: string) => ({ setData: tell(`data of ${id}`) }),
  }
  return { map: map as unknown as MapLibreMap, take: () => told.splice(0) }
}

const layer: MapLayer = {
  key: 'tested',
  features: ({ cases }) => ({
    places: {
      type: 'FeatureCollection',
      features: cases.map(() => ({
        type: 'Feature',
        properties: {},
        geometry: { type: 'Point', coordinates: [0, 0] },
      })),
    },
  }),
  featuresDependOn: ({ cases }) => [cases],
  styles: ({ visible, selected, areaList }, colours): LayerSpecification[] => [
    {
      id: 'marks',
      type: 'circle',
      source: 'places',
      minzoom: areaList.length,
      filter: ['==', ['get', 'id'], selected?.id ?? ''],
      layout: { visibility: visible.cases ? 'visible' : 'none' },
      paint: { 'circle-color': colours.active, 'circle-radius': 4 },
    },
  ],
}

it('adds sources and layers once, and sends nothing when nothing changed', () => {
  const { map, take } = recordingMap()
  const model = mapModel()
  const mounted = mountLayer(map, layer, model)
  expect(take().map(([name]) => name)).toEqual(['addSource', 'addLayer'])
  mounted.update({ ...model, now: model.now + 1 })
  expect(take()).toEqual([])
})

it('sends only what differs', () => {
  const { map, take } = recordingMap()
  const model = mapModel()
  const mounted = mountLayer(map, layer, model)
  take()
  mounted.update({ ...model, theme: 'light' })
  expect(take()).toEqual([['paint', 'marks', 'circle-color', '#0b6bae']])
  mounted.update({ ...model, theme: 'light', selected: { kind: 'case', id: '1' } })
  expect(take()).toEqual([['filter', 'marks', ['==', ['get', 'id'], '1']]])
  mounted.update({ ...model, theme: 'light', selected: { kind: 'case', id: '1' }, areaList: [] })
  expect(take()).toEqual([['zooms', 'marks', 0, 24]])
})

it('hides by visibility and brings new features without taking the layer away', () => {
  const { map, take } = recordingMap()
  const model = mapModel()
  const mounted = mountLayer(map, layer, model)
  take()
  mounted.update({ ...model, visible: everything(false), cases: [openCase('9')] })
  expect(take()).toEqual([
    ['data of places', expect.objectContaining({ features: [expect.anything()] })],
    ['layout', 'marks', 'visibility', 'none'],
  ])
})
