/** Service points: a house, closed ones grey. */
import type { FeatureCollection } from 'geojson'
import { regular } from '../fonts.ts'
import { servicePointIcon } from '../icons/icon-id.ts'
import { type MapLayer, visibility } from '../layer.ts'
import type { MapModel } from '../map-model.ts'
import { toMapLngLat } from '../toMapLngLat.ts'

const SOURCE = 'service-points'
export const SERVICE_POINT_LAYER = 'service-point'

/** Open ones, and centres before the small ones, find room first. */
const rank = { centre: 0, station: 1, microComplex: 2, mediationRoom: 3 } as const

export function servicePointFeatures({ servicePoints, theme }: MapModel): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: servicePoints.map(({ id, kind, name, isOpen, position }) => ({
      type: 'Feature',
      properties: {
        id,
        name,
        icon: servicePointIcon(kind, isOpen, theme),
        order: rank[kind] + (isOpen ? 0 : 10),
      },
      geometry: { type: 'Point', coordinates: toMapLngLat(position) },
    })),
  }
}

export const servicePoints: MapLayer = {
  key: 'servicePoints',
  features: (model) => ({ [SOURCE]: servicePointFeatures(model) }),
  featuresDependOn: ({ servicePoints: points, theme }) => [points, theme],
  styles: ({ visible, selected }, colours) => {
    const isSelected = selected?.kind === 'servicePoint' ? selected.id : ''
    return [
      {
        id: SERVICE_POINT_LAYER,
        type: 'symbol',
        source: SOURCE,
        minzoom: 13,
        layout: {
          ...visibility(visible.servicePoints),
          'symbol-sort-key': ['get', 'order'],
          'icon-image': ['get', 'icon'],
          'icon-size': ['case', ['==', ['get', 'id'], isSelected], 1.25, 1],
          // Further out they give way to pins and to each other; near, all are there.
          'icon-overlap': ['step', ['zoom'], 'never', 15, 'always'],
          'icon-padding': 1,
          'text-field': ['step', ['zoom'], '', 16, ['get', 'name']],
          'text-font': regular,
          'text-size': 11,
          'text-anchor': 'top',
          'text-offset': [0, 1.1],
          'text-optional': true,
          'text-max-width': 9,
        },
        paint: {
          'text-color': ['case', ['==', ['get', 'id'], isSelected], colours.accent, colours.ink2],
          'text-halo-color': colours.halo,
          'text-halo-width': 1.6,
        },
      },
    ]
  },
}
