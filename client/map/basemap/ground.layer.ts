/** Land, built-up ground and green. */
import { BASE, type MapLayer } from '../layer.ts'

const PAVED = ['pedestrian', 'parking', 'pier', 'square', 'plaza']
const FIELDS = ['farmland', 'farm', 'orchard', 'meadow', 'grass', 'grassland', 'scrub']
const PITCHES = ['pitch', 'recreation_ground', 'playground', 'stadium', 'golf_course']

export const ground: MapLayer = {
  key: 'ground',
  styles: (_model, colours) => [
    { id: 'land', type: 'background', paint: { 'background-color': colours.land } },
    {
      id: 'built-up',
      type: 'fill',
      source: BASE,
      'source-layer': 'land',
      paint: {
        'fill-color': ['match', ['get', 'kind'], PAVED, colours.paved, colours.builtUp],
        'fill-antialias': false,
      },
    },
    {
      id: 'green',
      type: 'fill',
      source: BASE,
      'source-layer': 'green',
      paint: { 'fill-color': ['match', ['get', 'kind'], PITCHES, colours.pitch, FIELDS, colours.field, colours.park] },
    },
  ],
}
