import type { Geometry } from 'geojson'
import type { Bounds } from '#contract/geo'
import type { Queryable } from '../database/connect.ts'

export interface BaseRow {
  layer: 'water' | 'green' | 'land' | 'road' | 'rail' | 'place'
  kind: string
  name: string | null
  isBridge: boolean
  isTunnel: boolean
  /** null when simplification left nothing. */
  geometry: Geometry | null
}

export interface BuildingRow {
  id: string
  name: string | null
  /** Longitude and latitude. */
  centre: [number, number]
  /** null: known as a point only. */
  geometry: Geometry | null
}

export interface AreaRow {
  id: string
  level: 'street' | 'community' | 'grid'
  /** No area above it is in scope. */
  isRoot: boolean
  geometry: Geometry | null
}

export interface BaseQuestion {
  bounds: Bounds
  /** Surfaces smaller than this across are left out, in degrees. */
  smallest: number
  /** Detail finer than this may go, in degrees. */
  tolerance: number
  /** Kinds of road to ask for; null = all but `hiddenRoadKinds`. */
  shownRoadKinds: readonly string[] | null
  hiddenRoadKinds: readonly string[]
  limit: number
}

/** Past so many vertices a shape is cut to the tile's surroundings before it travels. Cutting an invalid one can fail. */
const LONG_SHAPE = 800
const cut = (shape: string) => `
  CASE WHEN ST_NPoints(${shape}) > ${LONG_SHAPE} AND ST_IsValid(${shape})
       THEN ST_ClipByBox2D(${shape}, ST_Expand(box.area, box.margin)) ELSE ${shape} END`
/** What the tile shows ($1–$4) as `box.area`, and how far around it a cut shape reaches, as `box.margin`. */
const BOX = `
  (SELECT ST_MakeEnvelope($1, $2, $3, $4, 4326) AS area, ($3::float8 - $1::float8) / 4 AS margin) AS box`

export const tilesQueries = (db: Queryable) => ({
  async versions(): Promise<Record<'base' | 'areas' | 'buildings', number>> {
    const [row] = await db.query<Record<'base' | 'areas' | 'buildings', number>>(
      `SELECT max(version) FILTER (WHERE layer = 'base') AS base,
              max(version) FILTER (WHERE layer = 'areas') AS areas,
              max(version) FILTER (WHERE layer = 'buildings') AS buildings
       FROM data_versions`,
    )
    return row ?? { base: 0, areas: 0, buildings: 0 }
  },

  /** Base features of a tile, the large and important first. Lines keep their ends, so that streets stay joined. */
  async baseFeatures(question: BaseQuestion): Promise<BaseRow[]> {
    const { bounds, smallest, tolerance, shownRoadKinds, hiddenRoadKinds, limit } = question
    return db.query(
      `SELECT f.layer, f.kind, f.name, f.is_bridge AS "isBridge", f.is_tunnel AS "isTunnel",
              ST_AsGeoJSON(ST_Simplify(${cut('f.shape')}, $6), 7)::json AS geometry
       FROM base_features f, ${BOX}
       WHERE f.shape && box.area
         AND (ST_Dimension(f.shape) < 2
              OR ST_XMax(f.shape) - ST_XMin(f.shape) > $5 OR ST_YMax(f.shape) - ST_YMin(f.shape) > $5)
         AND (f.layer <> 'road'
              OR (($7::text[] IS NULL OR regexp_replace(lower(f.kind), '_link$', '') = ANY ($7))
                  AND regexp_replace(lower(f.kind), '_link$', '') <> ALL ($8)))
       ORDER BY array_position(ARRAY['water', 'road', 'rail', 'green', 'land', 'place'], f.layer),
                ST_XMax(f.shape) - ST_XMin(f.shape) + ST_YMax(f.shape) - ST_YMin(f.shape) DESC, f.id
       LIMIT $9`,
      [...bounds, smallest, tolerance, shownRoadKinds, hiddenRoadKinds, limit],
    )
  },

  /** Buildings that touch a tile: shapes larger than `smallest` degrees, and points of those without a shape. */
  async buildings(bounds: Bounds, smallest: number, tolerance: number, limit: number): Promise<BuildingRow[]> {
    return db.query(
      `SELECT b.id, b.name, json_build_array(ST_X(b.centre), ST_Y(b.centre)) AS centre,
              ST_AsGeoJSON(ST_Simplify(b.shape, $6, true), 7)::json AS geometry
       FROM buildings b, ST_MakeEnvelope($1, $2, $3, $4, 4326) AS area
       WHERE (b.shape && area
              AND ST_XMax(b.shape) - ST_XMin(b.shape) + ST_YMax(b.shape) - ST_YMin(b.shape) > $5)
          OR (b.shape IS NULL AND b.centre && area)
       ORDER BY ST_XMax(b.shape) - ST_XMin(b.shape) + ST_YMax(b.shape) - ST_YMin(b.shape) DESC NULLS FIRST, b.id
       LIMIT $7`,
      [...bounds, smallest, tolerance, limit],
    )
  },

  /** One building a cell of `cell` degrees; without a shape only, or all. */
  async buildingPoints(bounds: Bounds, cell: number, withShapes: boolean, limit: number): Promise<BuildingRow[]> {
    return db.query(
      `SELECT DISTINCT ON (floor(ST_X(b.centre) / $5), floor(ST_Y(b.centre) / $5))
              b.id, b.name, json_build_array(ST_X(b.centre), ST_Y(b.centre)) AS centre, NULL AS geometry
       FROM buildings b
       WHERE b.centre && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND (b.shape IS NULL OR $6)
       ORDER BY floor(ST_X(b.centre) / $5), floor(ST_Y(b.centre) / $5), b.id
       LIMIT $7`,
      [...bounds, cell, withShapes, limit],
    )
  },

  /**
   * Areas of a scope that touch a tile. Vertices are moved to the corners of `cell`-degree squares and never dropped
   * one by one: neighbours share their vertices, so the borders stay gap-free. 0 leaves them where they are.
   */
  async areas(question: {
    bounds: Bounds
    scope: readonly string[]
    levels: readonly string[]
    smallestSquareMetres: number
    cell: number
    limit: number
  }): Promise<AreaRow[]> {
    const { bounds, scope, levels, smallestSquareMetres, cell, limit } = question
    return db.query(
      `SELECT * FROM (
         SELECT a.id, a.level, a.path, a.square_metres,
                NOT EXISTS (SELECT 1 FROM areas p WHERE p.id = a.parent_id AND in_scope(p.path, $5)) AS "isRoot",
                ST_AsGeoJSON(ST_SnapToGrid(${cut('a.border')}, $8), 7)::json AS geometry
         FROM areas a, ${BOX}
         WHERE a.border && box.area AND in_scope(a.path, $5)
       ) found
       WHERE "isRoot" OR (level = ANY ($6) AND square_metres > $7)
       ORDER BY "isRoot" DESC, array_position(ARRAY['street', 'community', 'grid'], level), square_metres DESC, path
       LIMIT $9`,
      [...bounds, scope, levels, smallestSquareMetres, cell, limit],
    )
  },

  async hasAreas(scope: readonly string[]): Promise<boolean> {
    const rows = await db.query('SELECT 1 FROM areas WHERE in_scope(path, $1) LIMIT 1', [scope])
    return rows.length > 0
  },
})
export type TilesQueries = ReturnType<typeof tilesQueries>
