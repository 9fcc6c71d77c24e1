/** Live calls: a mark each, and a line to whoever is rung or comes. */
import type { Feature, FeatureCollection } from 'geojson'
import { callIcon } from '../icons/icon-id.ts'
import type { MapLayer } from '../layer.ts'
import type { MapModel } from '../map-model.ts'
import { toMapLngLat } from '../toMapLngLat.ts'

const SOURCE = 'calls'
const LINES = 'call-lines'
export const CALL_LAYER = 'call'

export const callFeatures = ({ calls, theme }: MapModel): FeatureCollection => ({
  type: 'FeatureCollection',
  features: calls.map(({ id, position, look }) => ({
    type: 'Feature',
    // What waits for a dispatcher is drawn over the others.
    properties: { id, icon: callIcon(look, theme), order: look === 'urgent' ? 1 : 0 },
    geometry: { type: 'Point', coordinates: toMapLngLat(position) },
  })),
})

export function callLineFeatures({ calls, people: { frame } }: MapModel): FeatureCollection {
  const wanted = new Set(calls.flatMap(({ helper }) => helper ?? []))
  if (wanted.size === 0 || !frame) return { type: 'FeatureCollection', features: [] }
  const places = new Map(
    frame.people.filter(({ handle }) => wanted.has(handle)).map(({ handle, position }) => [handle, position]),
  )
  const features = calls.flatMap(({ helper, position, look }): Feature[] => {
    const to = helper === null ? undefined : places.get(helper)
    if (!to) return []
    const coordinates = [toMapLngLat(to), toMapLngLat(position)]
    return [{ type: 'Feature', properties: { look }, geometry: { type: 'LineString', coordinates } }]
  })
  return { type: 'FeatureCollection', features }
}

/** Under the people; they move, and the lines with them. */
export const callLines: MapLayer = {
  key: 'callLines',
  isMoving: true,
  features: (model) => ({ [LINES]: callLineFeatures(model) }),
  featuresDependOn: (model) => [
    model.calls,
    model.calls.some(({ helper }) => helper !== null) && model.people.frame,
    model.theme,
  ],
  styles: (_model, colours) => [
    {
      id: 'call-line-halo',
      type: 'line',
      source: LINES,
      paint: { 'line-color': colours.halo, 'line-width': 5, 'line-opacity': 0.6 },
    },
    {
      id: 'call-line-ringing',
      type: 'line',
      source: LINES,
      filter: ['!=', ['get', 'look'], 'coming'],
      paint: { 'line-color': colours.accent, 'line-width': 2, 'line-dasharray': [3, 2] },
    },
    {
      id: 'call-line-coming',
      type: 'line',
      source: LINES,
      filter: ['==', ['get', 'look'], 'coming'],
      paint: { 'line-color': colours.done, 'line-width': 2.5 },
    },
  ],
}

/** Above everything: nobody may overlook a call. */
export const callMarks: MapLayer = {
  key: 'callMarks',
  features: (model) => ({ [SOURCE]: callFeatures(model) }),
  featuresDependOn: (model) => [model.calls, model.theme],
  styles: ({ selected }, colours) => [
    {
      id: 'call-selected',
      type: 'circle',
      source: SOURCE,
      filter: ['==', ['get', 'id'], selected?.kind === 'call' ? selected.id : ''],
      paint: {
        'circle-radius': 9,
        'circle-color': colours.accent,
        'circle-opacity': 0.25,
        'circle-stroke-color': colours.accent,
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: CALL_LAYER,
      type: 'symbol',
      source: SOURCE,
      layout: {
        'symbol-sort-key': ['get', 'order'],
        'icon-image': ['get', 'icon'],
        'icon-anchor': 'bottom',
        'icon-overlap': 'always',
        'icon-ignore-placement': true,
      },
    },
  ],
}
