/** Water above the fill of the grids: a river stays a river however many cases lie along it. */
import { BASE, type MapLayer } from '../layer.ts'
import { byZoom } from './widths.ts'

export const water: MapLayer = {
  key: 'water',
  styles: (_model, colours) => [
    {
      id: 'waterway',
      type: 'line',
      source: BASE,
      'source-layer': 'waterway',
      filter: ['match', ['get', 'kind'], ['river', 'canal', 'stream', 'drain', 'ditch'], true, false],
      minzoom: 12,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': colours.water,
        'line-width': byZoom([
          [12, 0.6],
          [16, 4],
          [18, 10],
        ]),
      },
    },
    {
      id: 'water',
      type: 'fill',
      source: BASE,
      'source-layer': 'water',
      paint: {
        'fill-color': colours.water,
        // From afar a pond is a dark spot that means nothing; it comes with the buildings around it.
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 14, ['match', ['get', 'kind'], 'pond', 0, 1], 15.5, 1],
      },
    },
    {
      id: 'ferry',
      type: 'line',
      source: BASE,
      'source-layer': 'waterway',
      filter: ['==', ['get', 'kind'], 'ferry'],
      minzoom: 13,
      paint: {
        'line-color': colours.waterLabel,
        'line-width': 1,
        'line-opacity': 0.5,
        'line-dasharray': [4, 4],
      },
    },
  ],
}
