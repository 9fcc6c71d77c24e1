/** Who is nearest to a place: the place, the first few with their rank, and a line to each. */
import type { Feature, FeatureCollection } from 'geojson'
import type { LonLat } from '#contract/geo'
import { plainIcon, rankIcon } from '../icons/icon-id.ts'
import type { MapLayer } from '../layer.ts'
import type { MapModel } from '../map-model.ts'
import { toMapLngLat } from '../toMapLngLat.ts'

const SOURCE = 'nearest'

/** They move on between two answers; the frame knows better where they are. */
function placesOf({ nearest, people: { frame } }: MapModel): { rank: number; position: LonLat }[] {
  if (!nearest) return []
  const wanted = new Set(nearest.people.map(({ handle }) => handle))
  const seen = new Map(
    (frame?.people ?? []).filter(({ handle }) => wanted.has(handle)).map(({ handle, position }) => [handle, position]),
  )
  return nearest.people.map(({ rank, handle, position }) => ({
    rank,
    position: (handle === null ? undefined : seen.get(handle)) ?? position,
  }))
}

export function nearestFeatures(model: MapModel): FeatureCollection {
  const { nearest, theme } = model
  if (!nearest) return { type: 'FeatureCollection', features: [] }
  const from = toMapLngLat(nearest.place)
  const lines = placesOf(model).flatMap(({ rank, position }): Feature[] => {
    const to = toMapLngLat(position)
    return [
      { type: 'Feature', properties: { rank }, geometry: { type: 'LineString', coordinates: [from, to] } },
      {
        type: 'Feature',
        properties: { icon: rankIcon(rank, theme), order: -rank },
        geometry: { type: 'Point', coordinates: to },
      },
    ]
  })
  const spot: Feature = {
    type: 'Feature',
    properties: { icon: plainIcon('spot', theme), isSpot: true, order: 1 },
    geometry: { type: 'Point', coordinates: from },
  }
  return { type: 'FeatureCollection', features: [...lines, spot] }
}

export const nearestLines: MapLayer = {
  key: 'nearestLines',
  isMoving: true,
  features: (model) => ({ [SOURCE]: nearestFeatures(model) }),
  // People who move matter only while somebody asks who is nearest.
  featuresDependOn: (model) => [model.nearest, model.nearest && model.people.frame, model.theme],
  styles: (_model, colours) => [
    {
      id: 'nearest-line-halo',
      type: 'line',
      source: SOURCE,
      filter: ['has', 'rank'],
      paint: { 'line-color': colours.halo, 'line-width': 5, 'line-opacity': 0.6 },
    },
    {
      id: 'nearest-line',
      type: 'line',
      source: SOURCE,
      filter: ['has', 'rank'],
      paint: {
        'line-color': colours.accent,
        'line-width': ['case', ['==', ['get', 'rank'], 1], 2.5, 1.5],
        'line-opacity': ['case', ['==', ['get', 'rank'], 1], 1, 0.6],
        'line-dasharray': [3, 2],
      },
    },
  ],
}

/** Above the people, so that no mark hides a rank; a rank takes the room of no name. */
export const nearestRanks: MapLayer = {
  key: 'nearestRanks',
  styles: () => [
    {
      id: 'nearest-rank',
      type: 'symbol',
      source: SOURCE,
      filter: ['all', ['has', 'icon'], ['!', ['has', 'isSpot']]],
      layout: {
        'symbol-sort-key': ['get', 'order'],
        'icon-image': ['get', 'icon'],
        'icon-overlap': 'always',
        'icon-ignore-placement': true,
        'icon-offset': [-13, -13],
      },
    },
    {
      id: 'nearest-spot',
      type: 'symbol',
      source: SOURCE,
      filter: ['has', 'isSpot'],
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-overlap': 'always',
        'icon-ignore-placement': true,
        'icon-anchor': 'bottom',
      },
    },
  ],
}
