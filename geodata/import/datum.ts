/** Converts shapes of another datum to WGS-84, once, here. */

import gcoord from 'gcoord'
import type { Position } from 'geojson'
import type { Datum } from '#contract/loads'
import type { Shape } from './geometry-gate.ts'

const SYSTEMS = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const

/** A new shape in WGS-84; the given one stays as it is. */
export function toWgs84(shape: Shape, datum: Datum): Shape {
  if (datum === 'wgs84') return shape
  const system = SYSTEMS[datum]
  return movePositions(shape, ([longitude = 0, latitude = 0]) => {
    // gcoord writes into what it is given, so it is given a position of its own.
    const own: [number, number] = [longitude, latitude]
    return gcoord.transform(own, system, gcoord.WGS84)
  })
}

function movePositions(shape: Shape, move: (position: Position) => Position): Shape {
  switch (shape.type) {
    case 'Point':
      return { type: 'Point', coordinates: move(shape.coordinates) }
    case 'LineString':
      return { type: 'LineString', coordinates: shape.coordinates.map(move) }
    case 'MultiLineString':
    case 'Polygon':
      return { type: shape.type, coordinates: shape.coordinates.map((line) => line.map(move)) }
    case 'MultiPolygon':
      return {
        type: 'MultiPolygon',
        coordinates: shape.coordinates.map((polygon) => polygon.map((ring) => ring.map(move))),
      }
  }
}
