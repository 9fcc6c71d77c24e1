/**
 * The one gate every geometry passes before the database sees it. What it lets through is WGS-84 [longitude, latitude],
 * finite, closed, wound as RFC 7946 asks, without repeated positions and without heights. Crossing borders need the
 * database (`ST_IsValidReason`), which the staging asks before anything is computed from a shape.
 */
import type { LineString, MultiLineString, MultiPolygon, Point, Polygon, Position } from 'geojson'
import { Refused } from './refused.ts'
import { doubledArea, isInsideRing } from './ring.ts'

export type Shape = Point | LineString | MultiLineString | Polygon | MultiPolygon

export interface GateResult {
  shape: Shape
  hadHeights: boolean
  repeatsDropped: number
  wasWindingMended: boolean
}

/** More in one feature is not a grid or a building but somebody's whole data set. */
export const MAX_VERTICES = 10_000
const ROOT = 'geometry.coordinates'

interface Pass {
  vertices: number
  hadHeights: boolean
  repeatsDropped: number
  wasWindingMended: boolean
}

/** Checks one geometry of unknown make. Throws Refused with the path inside it. */
export function passGeometry(input: unknown): GateResult {
  if (input === null || input === undefined) throw new Refused('geometry_missing', {}, 'geometry')
  const pass: Pass = { vertices: 0, hadHeights: false, repeatsDropped: 0, wasWindingMended: false }
  const shape = readGeometry(input, pass)
  const { hadHeights, repeatsDropped, wasWindingMended } = pass
  return { shape, hadHeights, repeatsDropped, wasWindingMended }
}

function readGeometry(input: unknown, pass: Pass): Shape {
  const { type, coordinates, geometries } = members(input)
  if (type === 'GeometryCollection') return readCollection(geometries, pass)
  const read = readers.get(String(type))
  if (!read) throw new Refused('geometry_type_unknown', { type: String(type) }, 'geometry.type')
  if (!Array.isArray(coordinates)) throw new Refused('coordinates_missing', {}, ROOT)
  if (coordinates.length === 0) throw new Refused('geometry_empty', {}, ROOT)
  countVertices(coordinates)
  return read(coordinates, pass)
}

function members(input: unknown): { type?: unknown; coordinates?: unknown; geometries?: unknown } {
  if (typeof input !== 'object' || input === null) throw new Refused('geometry_missing', {}, 'geometry')
  return input
}

type Reader = (coordinates: unknown[], pass: Pass) => Shape

const readers: ReadonlyMap<string, Reader> = new Map(
  Object.entries<Reader>({
    Point: (coordinates, pass) => ({ type: 'Point', coordinates: readPosition(coordinates, ROOT, pass) }),
    MultiPoint: (coordinates, pass) => {
      if (coordinates.length > 1)
        throw new Refused('geometry_type_wrong', { needed: 'Point', type: 'MultiPoint' }, 'geometry.type')
      return { type: 'Point', coordinates: readPosition(coordinates[0], `${ROOT}[0]`, pass) }
    },
    LineString: (coordinates, pass) => ({ type: 'LineString', coordinates: readLine(coordinates, ROOT, pass) }),
    MultiLineString: (coordinates, pass) => ({
      type: 'MultiLineString',
      coordinates: coordinates.map((line, at) => readLine(line, `${ROOT}[${at}]`, pass)),
    }),
    Polygon: (coordinates, pass) => ({ type: 'Polygon', coordinates: readPolygon(coordinates, ROOT, pass) }),
    MultiPolygon: (coordinates, pass) => ({
      type: 'MultiPolygon',
      coordinates: coordinates.map((polygon, at) => readPolygon(polygon, `${ROOT}[${at}]`, pass)),
    }),
  }),
)

/** A flat collection of one kind becomes the multi geometry it stands for. */
function readCollection(geometries: unknown, pass: Pass): Shape {
  if (!Array.isArray(geometries)) throw new Refused('coordinates_missing', {}, 'geometry.geometries')
  if (geometries.length === 0) throw new Refused('geometry_empty', {}, 'geometry.geometries')
  const shapes = geometries.map((geometry: unknown) => {
    if (members(geometry).type === 'GeometryCollection')
      throw new Refused('collection_nested', {}, 'geometry.geometries')
    return readGeometry(geometry, pass)
  })
  const [first] = shapes
  if (first && shapes.length === 1) return first
  const polygons = shapes.flatMap((shape) =>
    shape.type === 'Polygon' ? [shape.coordinates] : shape.type === 'MultiPolygon' ? shape.coordinates : [],
  )
  const lines = shapes.flatMap((shape) =>
    shape.type === 'LineString' ? [shape.coordinates] : shape.type === 'MultiLineString' ? shape.coordinates : [],
  )
  if (shapes.every(({ type }) => type.endsWith('Polygon'))) return { type: 'MultiPolygon', coordinates: polygons }
  if (shapes.every(({ type }) => type.endsWith('LineString'))) return { type: 'MultiLineString', coordinates: lines }
  throw new Refused('collection_mixed', {}, 'geometry.geometries')
}

/** Counts before anything else is done, so that a million vertices cost no more than the counting. */
function countVertices(coordinates: readonly unknown[]): void {
  const count = leaves(coordinates, 0)
  if (count > MAX_VERTICES) throw new Refused('too_many_vertices', { count, max: MAX_VERTICES }, ROOT)
}

function leaves(value: readonly unknown[], depth: number): number {
  // A MultiPolygon is four arrays deep; deeper is refused where positions are read.
  if (depth > 3 || !Array.isArray(value[0])) return 1
  let count = 0
  for (const inner of value) count += Array.isArray(inner) ? leaves(inner, depth + 1) : 1
  return count
}

function readPosition(value: unknown, path: string, pass: Pass): Position {
  if (!Array.isArray(value) || value.length < 2 || value.length > 4) throw new Refused('position_unreadable', {}, path)
  const [longitude, latitude, ...more] = value as unknown[]
  const isNumber = (part: unknown) => typeof part === 'number' && Number.isFinite(part)
  if (!isNumber(longitude) || !isNumber(latitude) || !more.every(isNumber))
    throw new Refused('position_unreadable', {}, path)
  if (more.length > 0) pass.hadHeights = true
  return checkPlace(Number(longitude), Number(latitude), path)
}

/** Bounds and the plainest swap of axes. Shared with places that come as two columns. */
export function checkPlace(longitude: number, latitude: number, path: string): [number, number] {
  if (Math.abs(latitude) > 90 && Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90)
    throw new Refused('axis_swapped', { longitude, latitude }, path)
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90)
    throw new Refused('out_of_bounds', { longitude, latitude }, path)
  return [longitude, latitude]
}

/** Positions of a line or ring, without neighbours that are the same. */
function readPositions(value: unknown, path: string, pass: Pass): Position[] {
  if (!Array.isArray(value)) throw new Refused('position_unreadable', {}, path)
  if (value.length === 0) throw new Refused('geometry_empty', {}, path)
  const kept: Position[] = []
  for (const [at, item] of value.entries()) {
    const position = readPosition(item, `${path}[${at}]`, pass)
    const before = kept.at(-1)
    if (before && before[0] === position[0] && before[1] === position[1]) pass.repeatsDropped++
    else if (before && Math.abs((before[0] ?? 0) - (position[0] ?? 0)) > 180)
      throw new Refused('crosses_antimeridian', {}, `${path}[${at}]`)
    else kept.push(position)
  }
  return kept
}

function readLine(value: unknown, path: string, pass: Pass): Position[] {
  const line = readPositions(value, path, pass)
  if (line.length < 2) throw new Refused('line_too_short', {}, path)
  return line
}

function readRing(value: unknown, path: string, pass: Pass): Position[] {
  const ring = readPositions(value, path, pass)
  const [first, last] = [ring[0], ring.at(-1)]
  const isClosed = ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1]
  if (!isClosed && ring.length >= 3) throw new Refused('ring_open', {}, path)
  if (ring.length < 4) throw new Refused('ring_too_short', { count: ring.length }, path)
  return ring
}

function readPolygon(value: unknown, path: string, pass: Pass): Position[][] {
  if (!Array.isArray(value)) throw new Refused('position_unreadable', {}, path)
  if (value.length === 0) throw new Refused('geometry_empty', {}, path)
  const rings = value.map((ring, at) => readRing(ring, `${path}[${at}]`, pass))
  return rings.map((ring, at) => {
    const area = doubledArea(ring)
    if (area === 0 && isOnOneLine(ring)) throw new Refused('ring_flat', {}, `${path}[${at}]`)
    const outer = rings[0]
    if (at > 0 && outer && !ring.some((position) => isInsideRing(position, outer)))
      throw new Refused('hole_outside', {}, `${path}[${at}]`)
    // RFC 7946, 3.1.6: outer rings counter-clockwise, holes clockwise.
    const isWound = at === 0 ? area >= 0 : area <= 0
    if (isWound) return ring
    pass.wasWindingMended = true
    return ring.toReversed()
  })
}

/** A figure of eight can have no area either, and is for the database to name. */
function isOnOneLine(ring: readonly Position[]): boolean {
  const [[originX = 0, originY = 0] = []] = ring
  const [endX = 0, endY = 0] = ring.find(([x, y]) => x !== originX || y !== originY) ?? []
  return ring.every(([x = 0, y = 0]) => (endX - originX) * (y - originY) === (endY - originY) * (x - originX))
}
