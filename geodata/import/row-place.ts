/** The place of a row: its geometry through the gate, or its longitude and latitude columns; in WGS-84. */
import type { Position } from 'geojson'
import type { LonLat } from '#contract/geo'
import type { Datum } from '#contract/loads'
import type { AxisWatch } from './axis-watch.ts'
import type { ColumnMap } from './column-map.ts'
import { toWgs84 } from './datum.ts'
import { checkPlace, type GateResult, passGeometry, type Shape } from './geometry-gate.ts'
import type { Kind } from './kinds/kind.ts'
import { Refused } from './refused.ts'
import type { RowFields } from './row-fields.ts'
import type { SourceRecord } from './source.ts'

export interface PlaceReader {
  /** Null when the row has no place and needs none. Throws Refused. */
  read(record: SourceRecord, fields: RowFields): GateResult | null
}

/** Places are judged as they stand in the file, and converted last. */
export function createPlaceReader(kind: Kind, columns: ColumnMap, datum: Datum, axis: AxisWatch): PlaceReader {
  return {
    read(record, fields) {
      if (kind.shapes.length === 0) return null
      const found = hasGeometry(record) ? passGeometry(record.geometry) : pointOf(fields, columns)
      if (!found) {
        if (kind.needsPlace) throw new Refused('geometry_missing', {}, 'geometry')
        return null
      }
      const { shape } = found
      if (!kind.shapes.includes(shape.type))
        throw new Refused('geometry_type_wrong', { needed: kind.shapes.join(', '), type: shape.type }, 'geometry.type')
      const [longitude, latitude] = firstPlace(shape)
      if (shape.type === 'Point' && longitude === 0 && latitude === 0)
        throw new Refused('position_zero', {}, 'geometry')
      if (axis.isSwapped(record.index, [longitude, latitude]))
        throw new Refused('axis_swapped', { longitude, latitude }, 'geometry.coordinates')
      return { ...found, shape: toWgs84(shape, datum) }
    },
  }
}

const hasGeometry = ({ geometry }: SourceRecord) => geometry !== null && geometry !== undefined

function pointOf(fields: RowFields, columns: ColumnMap): GateResult | null {
  const [longitude, latitude] = [fields.number('longitude', -1e9, 1e9), fields.number('latitude', -1e9, 1e9)]
  if (longitude === null && latitude === null) return null
  const path = `${columns.get('longitude')?.[0] ?? 'longitude'}, ${columns.get('latitude')?.[0] ?? 'latitude'}`
  if (longitude === null || latitude === null) throw new Refused('position_half', {}, path)
  const coordinates = checkPlace(longitude, latitude, path)
  return { shape: { type: 'Point', coordinates }, hadHeights: false, repeatsDropped: 0, wasWindingMended: false }
}

function firstPlace(shape: Shape): LonLat {
  const position = first(shape)
  return [position[0] ?? 0, position[1] ?? 0]
}

function first(shape: Shape): Position {
  switch (shape.type) {
    case 'Point':
      return shape.coordinates
    case 'LineString':
      return shape.coordinates[0] ?? []
    case 'MultiLineString':
    case 'Polygon':
      return shape.coordinates[0]?.[0] ?? []
    case 'MultiPolygon':
      return shape.coordinates[0]?.[0]?.[0] ?? []
  }
}
