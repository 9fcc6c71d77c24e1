/** Reads what rows of a kind may refer to. */
import type { Bounds } from '#contract/geo'
import type { LoadKind } from '#contract/loads'
import type { Queryable } from '../../server/database/connect.ts'
import type { ColumnMap } from './column-map.ts'
import type { KnownArea, KnownCategory, KnownMember, KnownNamed, Lookups } from './lookups.ts'

/** Only what this kind can ask for; the rest stays empty. */
export async function readLookups(db: Queryable, kind: LoadKind, columns: ColumnMap): Promise<Lookups> {
  const named = (isNeeded: boolean, table: string): Promise<KnownNamed[]> =>
    isNeeded ? db.query(`SELECT id, code, name FROM ${table}`) : Promise.resolve([])
  const isPeople = kind === 'members' || kind === 'teams'
  return {
    areas:
      isPeople || kind === 'areas' || kind === 'cases'
        ? await db.query<KnownArea>('SELECT id, code, name, level FROM areas')
        : [],
    members: kind === 'teams' ? await db.query<KnownMember>('SELECT id, code, name, phone FROM members') : [],
    branches: await named(kind === 'members' || kind === 'areas', 'branches'),
    departments: await named(kind === 'cases', 'departments'),
    buildings: await named(kind === 'members' && columns.has('building'), 'buildings'),
    servicePoints: await named(kind === 'members' && columns.has('point'), 'service_points'),
    categories:
      kind === 'cases' ? await db.query<KnownCategory>('SELECT key, code, name FROM case_categories ORDER BY key') : [],
  }
}

/** The box around everything loaded so far; null on an empty installation. */
export async function readBounds(db: Queryable): Promise<Bounds | null> {
  const [row] = await db.query<{ bounds: Bounds | null }>(
    `SELECT CASE WHEN box IS NOT NULL
                 THEN json_build_array(ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)) END AS bounds
     FROM (SELECT ST_Extent(part) AS box
           FROM (SELECT ST_Extent(border)::geometry AS part FROM areas
                 UNION ALL SELECT ST_Extent(centre)::geometry FROM buildings
                 UNION ALL SELECT ST_Extent(shape)::geometry FROM base_features) parts) whole`,
  )
  return row?.bounds ?? null
}

/** IANA zone of the installation, if it is set. */
export async function readTimeZone(db: Queryable): Promise<string | null> {
  const [row] = await db.query<{ value: unknown }>(`SELECT value FROM settings WHERE key = 'timeZone'`)
  return typeof row?.value === 'string' ? row.value : null
}
