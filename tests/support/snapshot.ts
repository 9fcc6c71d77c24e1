/** A fingerprint of everything a database holds, to show that nothing changed. */
import type { Queryable } from '../../server/database/connect.ts'

/** Who of several processes does a regular task, renewed by the clock alone; and PostGIS's own table. */
const NOT_DATA = ['leases', 'spatial_ref_sys']

/** Table name → count and digest of its rows, in one question: it is asked before and after each attack. */
export async function snapshot(db: Queryable): Promise<Record<string, string>> {
  const each = (await tables(db)).map(
    (table) =>
      `SELECT '${table}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS digest
       FROM "${table}" t`,
  )
  const rows = await db.query<{ name: string; digest: string }>(each.join(' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

async function tables(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> ALL($1) ORDER BY 1`,
    [NOT_DATA],
  )
  return rows.map(({ name }) => name)
}

/** Every column name of every table of ours. */
export async function columnNames(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `SELECT DISTINCT a.attname AS name FROM pg_attribute a
       JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'spatial_ref_sys' AND a.attnum > 0 ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}
