/** A GeoJSON text as features: FeatureCollection, Feature or bare geometry, with the old `crs` member judged. */
import { parseJson } from './json-text.ts'
import { Refused } from './refused.ts'

export interface SourceFeature {
  properties: Readonly<Record<string, unknown>>
  /** Not checked yet. */
  geometry: unknown
}

const GEOMETRIES = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
])
/** WGS-84 and CGCS2000 in degrees; they differ by centimetres. Axis order is GeoJSON's whatever the name says. */
const ACCEPTED_CRS = /(^|[:/])(CRS:?84h?|(EPSG:{1,2}|EPSG\/0\/|EPSG:[\d.]*:)?(4326|4490|4979))$/i

type Members = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Throws Refused for what is not GeoJSON. Geometries are for the gate to judge. */
export function readFeatures(text: string): SourceFeature[] {
  const root = parseJson(text)
  if (!isObject(root)) throw new Refused('not_geojson', { found: Array.isArray(root) ? 'an array' : typeof root })
  checkCrs(root, 'crs')
  if (root.type === 'FeatureCollection') {
    if (!Array.isArray(root.features))
      throw new Refused('not_geojson', { found: 'a FeatureCollection without features' })
    return root.features.map(toFeature)
  }
  if (root.type === 'Feature') return [toFeature(root)]
  if (typeof root.type === 'string' && GEOMETRIES.has(root.type)) return [{ properties: {}, geometry: root }]
  throw new Refused('not_geojson', { found: typeof root.type === 'string' ? root.type : 'JSON without a type' })
}

function toFeature(value: unknown): SourceFeature {
  if (!isObject(value) || value.type !== 'Feature')
    return { properties: {}, geometry: isObject(value) && typeof value.type === 'string' ? value : undefined }
  checkCrs(value, 'features.crs')
  const properties = isObject(value.properties) ? value.properties : {}
  // The identifier may stand beside the properties (RFC 7946, 3.2).
  const id = typeof value.id === 'string' || typeof value.id === 'number' ? { 'feature:id': value.id } : {}
  return { properties: { ...properties, ...id }, geometry: value.geometry }
}

function checkCrs(value: Members, path: string): void {
  const { crs } = value
  if (crs === undefined || crs === null) return
  const name = isObject(crs) && isObject(crs.properties) ? crs.properties.name : crs
  if (typeof name !== 'string' || !ACCEPTED_CRS.test(name.trim()))
    throw new Refused('crs_not_accepted', { name: typeof name === 'string' ? name : JSON.stringify(crs) }, path)
}
