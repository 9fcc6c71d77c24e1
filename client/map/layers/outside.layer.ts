/** A veil over everything the viewer's district does not cover; water, drawn above the first, gets less of it. */
import { AREAS, type MapLayer } from '../layer.ts'

export const outsideGround: MapLayer = {
  key: 'outsideGround',
  styles: (_model, colours) => [
    {
      id: 'outside-ground',
      type: 'fill',
      source: AREAS,
      'source-layer': 'outside',
      paint: { 'fill-color': colours.veil, 'fill-opacity': 0.45, 'fill-antialias': false },
    },
  ],
}

export const outside: MapLayer = {
  key: 'outside',
  styles: (_model, colours) => [
    {
      id: 'outside',
      type: 'fill',
      source: AREAS,
      'source-layer': 'outside',
      paint: { 'fill-color': colours.veil, 'fill-opacity': 0.32, 'fill-antialias': false },
    },
  ],
}
