/** GeoJSON as people really send it: what must be refused, with its code and path, and what must load all the same. */
import type { LoadWord } from '../../contract/load-words.ts'

export interface GeoJsonFixture {
  name: string
  text: string
  /** The code of the refusal, with the row (from 1; 0 = the file) and the path; or how many areas load. */
  expected: { code: LoadWord; index: number; path?: string } | { loads: number }
}

type Json = unknown
type Place = readonly [number, number]

const square: Place[] = [
  [114, 22.7],
  [114.01, 22.7],
  [114.01, 22.71],
  [114, 22.71],
  [114, 22.7],
]
const hole: Place[] = [
  [114.002, 22.702],
  [114.002, 22.708],
  [114.008, 22.708],
  [114.008, 22.702],
  [114.002, 22.702],
]
const moved = (ring: Place[], east: number): Place[] => ring.map(([x, y]) => [x + east, y])
const polygon = (...rings: Json[]) => ({ type: 'Polygon', coordinates: rings })
const feature = (geometry: Json, properties: Json = { code: 'A1', name: '一' }) => ({
  type: 'Feature',
  properties,
  geometry,
})
const collection = (...features: Json[]) => ({ type: 'FeatureCollection', features })
const one = (geometry: Json) => JSON.stringify(collection(feature(geometry)))
const withCrs = (name: string) =>
  JSON.stringify({ ...collection(feature(polygon(square))), crs: { type: 'name', properties: { name } } })
/** A ring of many vertices round a middle. */
const circle = (count: number) => {
  const ring = Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count
    return [114 + 0.01 * Math.cos(angle), 22.7 + 0.01 * Math.sin(angle)]
  })
  return [...ring, ring[0]]
}

const refused = (name: string, text: string, code: LoadWord, index: number, path?: string): GeoJsonFixture => ({
  name,
  text,
  expected: { code, index, path },
})
const loaded = (name: string, text: string, loads = 1): GeoJsonFixture => ({ name, text, expected: { loads } })
const AT = 'geometry.coordinates'

const texts: GeoJsonFixture[] = [
  refused('trailing comma', '{"type":"FeatureCollection",\n"features":[],}', 'json_broken', 0, '2:15'),
  refused('cut off', '{"type":"FeatureCollection","features":[', 'json_broken', 0),
  refused('single quotes', "{'type':'FeatureCollection'}", 'json_broken', 0, '1:2'),
  refused('a comment', '{"type":"FeatureCollection", // grids\n"features":[]}', 'json_broken', 0, '1:30'),
  refused('NaN', one(polygon(square)).replace('22.71', 'NaN'), 'json_broken', 0),
  refused('Infinity', one(polygon(square)).replace('22.71', '-Infinity'), 'json_broken', 0),
  refused('two values', `${one(polygon(square))}${one(polygon(square))}`, 'json_broken', 0),
  refused('an array', '[]', 'not_geojson', 0),
  refused('no type', '{"features":[]}', 'not_geojson', 0),
  refused('TopoJSON', '{"type":"Topology","objects":{}}', 'not_geojson', 0),
  refused('features missing', '{"type":"FeatureCollection"}', 'not_geojson', 0),
  refused('features not a list', '{"type":"FeatureCollection","features":{}}', 'not_geojson', 0),
  refused('no features', '{"type":"FeatureCollection","features":[]}', 'file_empty', 0),
  refused('brackets a hundred thousand deep', '['.repeat(100_000), 'json_broken', 0),
  loaded('a byte order mark', `\ufeff${one(polygon(square))}`),
  loaded('blank lines around', `\n\n  ${one(polygon(square))}\n\n`),
  loaded('a bare feature', JSON.stringify(feature(polygon(square)))),
  loaded('a bare geometry', JSON.stringify(polygon(square))),
  loaded('an id beside the properties', JSON.stringify({ ...feature(polygon(square), {}), id: 'A7' })),
  loaded('no properties', JSON.stringify(collection(feature(polygon(square), null)))),
]

const systems: GeoJsonFixture[] = [
  refused('crs Web Mercator', withCrs('urn:ogc:def:crs:EPSG::3857'), 'crs_not_accepted', 0, 'crs'),
  refused('crs CGCS2000 in metres', withCrs('EPSG:4547'), 'crs_not_accepted', 0, 'crs'),
  refused('crs Beijing 1954', withCrs('EPSG:4214'), 'crs_not_accepted', 0, 'crs'),
  refused(
    'crs link',
    JSON.stringify({ ...collection(), crs: { type: 'link', properties: { href: 'x' } } }),
    'crs_not_accepted',
    0,
  ),
  refused('crs of a number', JSON.stringify({ ...collection(), crs: 4326 }), 'crs_not_accepted', 0),
  loaded('crs CRS84', withCrs('urn:ogc:def:crs:OGC:1.3:CRS84')),
  loaded('crs EPSG:4326', withCrs('EPSG:4326')),
  loaded('crs urn EPSG 4326', withCrs('urn:ogc:def:crs:EPSG::4326')),
  loaded('crs CGCS2000 degrees', withCrs('urn:ogc:def:crs:EPSG::4490')),
  loaded('crs null', JSON.stringify({ ...collection(feature(polygon(square))), crs: null })),
]

const geometries: GeoJsonFixture[] = [
  refused('null geometry', one(null), 'geometry_missing', 1),
  refused('no geometry', JSON.stringify(collection({ type: 'Feature', properties: {} })), 'geometry_missing', 1),
  refused('geometry of text', one('POLYGON((0 0))'), 'geometry_missing', 1),
  refused('unknown type', one({ type: 'Circle', coordinates: [] }), 'geometry_type_unknown', 1, 'geometry.type'),
  refused('type in lower case', one({ type: 'polygon', coordinates: [square] }), 'geometry_type_unknown', 1),
  refused('type of a built-in', one({ type: 'constructor', coordinates: [square] }), 'geometry_type_unknown', 1),
  refused('a point for an area', one({ type: 'Point', coordinates: [114, 22] }), 'geometry_type_wrong', 1),
  refused('a line for an area', one({ type: 'LineString', coordinates: square }), 'geometry_type_wrong', 1),
  refused('coordinates missing', one({ type: 'Polygon' }), 'coordinates_missing', 1, AT),
  refused('coordinates null', one({ type: 'Polygon', coordinates: null }), 'coordinates_missing', 1, AT),
  refused('coordinates empty', one({ type: 'Polygon', coordinates: [] }), 'geometry_empty', 1, AT),
  refused('a ring empty', one(polygon([])), 'geometry_empty', 1, `${AT}[0]`),
  refused('a multipolygon empty', one({ type: 'MultiPolygon', coordinates: [] }), 'geometry_empty', 1, AT),
  refused(
    'a polygon in it empty',
    one({ type: 'MultiPolygon', coordinates: [[square], []] }),
    'geometry_empty',
    1,
    `${AT}[1]`,
  ),
  refused('one array too few', one({ type: 'Polygon', coordinates: square }), 'position_unreadable', 1, `${AT}[0][0]`),
  refused('one array too many', one(polygon([square])), 'position_unreadable', 1, `${AT}[0][0]`),
  refused(
    'a multipolygon said, a polygon given',
    one({ type: 'MultiPolygon', coordinates: [square] }),
    'position_unreadable',
    1,
  ),
  refused(
    'a collection in a collection',
    one({ type: 'GeometryCollection', geometries: [{ type: 'GeometryCollection', geometries: [] }] }),
    'collection_nested',
    1,
  ),
  refused('a collection of nothing', one({ type: 'GeometryCollection', geometries: [] }), 'geometry_empty', 1),
  refused(
    'a mixed collection',
    one({ type: 'GeometryCollection', geometries: [polygon(square), { type: 'Point', coordinates: [114, 22] }] }),
    'collection_mixed',
    1,
  ),
  loaded(
    'a flat collection of polygons',
    one({ type: 'GeometryCollection', geometries: [polygon(square), polygon(moved(square, 0.05))] }),
  ),
]

const positions: GeoJsonFixture[] = [
  refused(
    'a position of one number',
    one(polygon([[114], ...square.slice(1)])),
    'position_unreadable',
    1,
    `${AT}[0][0]`,
  ),
  refused('a position of text', one(polygon([['114', '22.7'], ...square.slice(1)])), 'position_unreadable', 1),
  refused('a position null', one(polygon([null, ...square.slice(1)])), 'position_unreadable', 1, `${AT}[0][0]`),
  refused('a number null', one(polygon([[null, 22.7], ...square.slice(1)])), 'position_unreadable', 1),
  refused('five numbers', one(polygon([[114, 22.7, 1, 2, 3], ...square.slice(1)])), 'position_unreadable', 1),
  refused('beyond every float', one(polygon(square)).replace('22.71', '1e400'), 'position_unreadable', 1),
  refused('metres', one(polygon([[500_000, 2_511_000], ...square.slice(1)])), 'out_of_bounds', 1, `${AT}[0][0]`),
  refused('longitude 181', one(polygon([[181, 22.7], ...square.slice(1)])), 'out_of_bounds', 1),
  refused('latitude before longitude', one(polygon(square.map(([x, y]) => [y, x]))), 'axis_swapped', 1, `${AT}[0][0]`),
  refused(
    'one feature of several swapped where numbers alone do not tell',
    JSON.stringify(
      collection(
        ...[0, 1, 2, 3].map((at) =>
          feature(polygon(square.map(([x, y]) => [x - 188 + at / 50, y + 18])), { code: `N${at}` }),
        ),
        feature(polygon(square.map(([x, y]) => [y + 18, x - 188])), { code: 'N9' }),
      ),
    ),
    'axis_swapped',
    5,
  ),
  refused(
    'across the antimeridian',
    one(
      polygon([
        [179.9, 50],
        [-179.9, 50],
        [-179.9, 51],
        [179.9, 51],
        [179.9, 50],
      ]),
    ),
    'crosses_antimeridian',
    1,
    `${AT}[0][1]`,
  ),
  loaded('three numbers', one(polygon(square.map(([x, y]) => [x, y, 12.5])))),
  loaded('four numbers', one(polygon(square.map(([x, y]) => [x, y, 12.5, 0])))),
]

const rings: GeoJsonFixture[] = [
  refused('three positions', one(polygon([square[0], square[1], square[0]])), 'ring_too_short', 1, `${AT}[0]`),
  refused('one position four times', one(polygon([square[0], square[0], square[0], square[0]])), 'ring_too_short', 1),
  refused('two positions to and fro', one(polygon([square[0], square[1], square[1], square[0]])), 'ring_too_short', 1),
  refused('not closed', one(polygon(square.slice(0, 4))), 'ring_open', 1, `${AT}[0]`),
  refused('closed almost', one(polygon([...square.slice(0, 4), [114.000001, 22.7]])), 'ring_open', 1),
  refused('a hole not closed', one(polygon(square, hole.slice(0, 4))), 'ring_open', 1, `${AT}[1]`),
  refused(
    'flat',
    one(
      polygon([
        [114, 22.7],
        [114.01, 22.7],
        [114.02, 22.7],
        [114, 22.7],
      ]),
    ),
    'ring_flat',
    1,
  ),
  refused('too many vertices', one(polygon(circle(10_001))), 'too_many_vertices', 1, AT),
  refused('a million vertices', one(polygon(circle(1_000_000))), 'too_many_vertices', 1, AT),
  refused('a hole outside', one(polygon(square, moved(hole, 0.05))), 'hole_outside', 1, `${AT}[1]`),
  refused(
    'a hole outside, in the second polygon',
    one({ type: 'MultiPolygon', coordinates: [[square], [moved(square, 0.05), hole]] }),
    'hole_outside',
    1,
    `${AT}[1][1]`,
  ),
  loaded('wound clockwise', one(polygon(square.toReversed()))),
  loaded('a hole wound the wrong way', one(polygon(square, hole.toReversed()))),
  loaded('repeated neighbours', one(polygon(square.flatMap((place) => [place, place])))),
  loaded('vertices up to the cap', one(polygon(circle(9_999)))),
  loaded('a hole', one(polygon(square, hole))),
]

/** These pass the gate; the database finds them. */
const shapes: GeoJsonFixture[] = [
  refused(
    'a bow-tie',
    one(
      polygon([
        [114, 22.7],
        [114.01, 22.71],
        [114.01, 22.7],
        [114, 22.71],
        [114, 22.7],
      ]),
    ),
    'crosses_itself',
    1,
    AT,
  ),
  refused(
    'a bow-tie among good ones',
    JSON.stringify(
      collection(
        feature(polygon(square), { code: 'A1' }),
        feature(
          polygon([
            [115, 22.7],
            [115.01, 22.71],
            [115.01, 22.7],
            [115, 22.71],
            [115, 22.7],
          ]),
          { code: 'A2' },
        ),
      ),
    ),
    'crosses_itself',
    2,
    AT,
  ),
  refused('the same ring twice', one(polygon(square, square)), 'crosses_itself', 1),
  refused(
    'a spike',
    one(
      polygon([
        [114, 22.7],
        [114.01, 22.7],
        [114.01, 22.71],
        [114.01, 22.72],
        [114.01, 22.71],
        [114, 22.71],
        [114, 22.7],
      ]),
    ),
    'crosses_itself',
    1,
  ),
  refused('a hole across the border', one(polygon(square, moved(hole, 0.005))), 'crosses_itself', 1),
  refused(
    'two polygons over each other',
    one({ type: 'MultiPolygon', coordinates: [[square], [moved(square, 0.005)]] }),
    'crosses_itself',
    1,
  ),
  refused(
    'one polygon within another',
    one({ type: 'MultiPolygon', coordinates: [[square], [hole]] }),
    'shape_invalid',
    1,
  ),
  refused(
    'a hole that cuts it in two',
    one(
      polygon(square, [
        [114, 22.705],
        [114.005, 22.706],
        [114.01, 22.705],
        [114.005, 22.704],
        [114, 22.705],
      ]),
    ),
    'shape_invalid',
    1,
  ),
]

export const geoJsonFixtures: readonly GeoJsonFixture[] = [
  ...texts,
  ...systems,
  ...geometries,
  ...positions,
  ...rings,
  ...shapes,
]
