/** Shapes as well-known text, [longitude, latitude]. */
import type { LonLat } from '#contract/geo'
import type { BaseFeatureRow, Polygon } from './generate/district.ts'

const points = (line: LonLat[]) => `(${line.map(([longitude, latitude]) => `${longitude} ${latitude}`).join(',')})`
const rings = (polygon: Polygon) => `(${polygon.map(points).join(',')})`

export const multiPolygonText = (polygons: Polygon[]) => `MULTIPOLYGON(${polygons.map(rings).join(',')})`

export function shapeText(shape: BaseFeatureRow['shape']): string {
  if (shape.type === 'Point') return `POINT${points([shape.at])}`
  return shape.type === 'LineString' ? `LINESTRING${points(shape.line)}` : `POLYGON${rings(shape.polygon)}`
}
