/** SQL of the ways that the walking network is made of. */
import type { LonLat } from '#contract/geo'
import type { Queryable } from '../database/connect.ts'

type Shape = { type: 'LineString'; coordinates: LonLat[] } | { type: 'MultiLineString'; coordinates: LonLat[][] }

/** Small enough that reading a page and its JSON holds nobody up. */
const PAGE = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

export const walkingQueries = (db: Queryable) => ({
  /** The lines one may walk, page by page. */
  async *ways(): AsyncGenerator<LonLat[][]> {
    for (let after = FIRST; ; ) {
      const rows = await db.query<{ id: string; shape: Shape }>(
        `SELECT id, ST_AsGeoJSON(shape, 7)::json AS shape FROM base_features
         WHERE is_walkable AND GeometryType(shape) IN ('LINESTRING', 'MULTILINESTRING') AND id > $1
         ORDER BY id LIMIT $2`,
        [after, PAGE],
      )
      yield rows.flatMap(({ shape }) => (shape.type === 'LineString' ? [shape.coordinates] : shape.coordinates))
      const last = rows.at(-1)
      if (!last || rows.length < PAGE) return
      after = last.id
    }
  },
})
export type WalkingQueries = ReturnType<typeof walkingQueries>
