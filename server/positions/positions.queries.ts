/** SQL of positions: latest ones overwritten, history appended, both in batches. Coordinates are degrees × 1e7. */
import type { Bounds } from '#contract/geo'
import type { PositionSource } from '#contract/positions'
import type { Queryable } from '../database/connect.ts'

export interface LatestPosition {
  memberId: string
  fixAt: number
  longitude: number
  latitude: number
  accuracyMetres: number | null
  headingDegrees: number | null
  source: PositionSource
  reportsEveryMs: number
  isSuspect: boolean
}

export type HistoryFix = Pick<LatestPosition, 'memberId' | 'fixAt' | 'longitude' | 'latitude' | 'accuracyMetres'>

const E7 = 1e7
const toE7 = (degrees: number) => Math.round(degrees * E7)
/**
 * A column of rows as PostgreSQL writes an array. The driver would look at every value for what it is and quote it, dates
 * most slowly of all; ids, numbers and our own words need no quoting, and each is still read as its type.
 */
function column<Row>(rows: readonly Row[], of: (row: Row) => string | number | boolean | null): string {
  let text = '{'
  for (const row of rows) text += `${text.length === 1 ? '' : ','}${of(row) ?? 'NULL'}`
  return `${text}}`
}
const DAY_MS = 86_400_000
/** "position_history_20261122": one partition a UTC day. */
const partitionName = (day: number) =>
  `position_history_${new Date(day).toISOString().slice(0, 10).replaceAll('-', '')}`

export const positionsQueries = (db: Queryable) => ({
  /** Paths of all areas and the box that holds them, null while nothing is loaded. */
  async ground(): Promise<{ paths: string[]; bounds: Bounds | null }> {
    const [row] = await db.query<{ paths: string[]; bounds: Bounds | null }>(
      `SELECT coalesce(json_agg(path), '[]') AS paths,
         CASE WHEN count(*) = 0 THEN NULL ELSE json_build_array(ST_XMin(ST_Extent(border)), ST_YMin(ST_Extent(border)),
           ST_XMax(ST_Extent(border)), ST_YMax(ST_Extent(border))) END AS bounds
       FROM areas`,
    )
    return row ?? { paths: [], bounds: null }
  },

  /**
   * The newest fix of each member; one that is older than what is stored changes nothing, one of a person off duty is left
   * out. His duty is locked meanwhile, so that one which ends now waits, and then takes away what was just written.
   */
  async saveLatest(rows: readonly LatestPosition[]): Promise<void> {
    await db.query(
      `INSERT INTO latest_positions (member_id, fix_at, longitude, latitude, accuracy_metres, heading_degrees, source, reports_every_ms, is_suspect)
       SELECT r.member_id, to_timestamp(r.fix_at), r.longitude, r.latitude, r.accuracy_metres, r.heading_degrees, r.source,
         r.reports_every_ms, r.is_suspect
       FROM unnest($1::uuid[], $2::float8[], $3::int[], $4::int[], $5::real[], $6::real[], $7::text[], $8::int[], $9::boolean[])
         AS r (member_id, fix_at, longitude, latitude, accuracy_metres, heading_degrees, source, reports_every_ms, is_suspect)
       JOIN duties d ON d.member_id = r.member_id AND d.ended_at IS NULL FOR SHARE OF d
       ON CONFLICT (member_id) DO UPDATE SET fix_at = excluded.fix_at, longitude = excluded.longitude,
         latitude = excluded.latitude, accuracy_metres = excluded.accuracy_metres,
         heading_degrees = excluded.heading_degrees, source = excluded.source,
         reports_every_ms = excluded.reports_every_ms, is_suspect = excluded.is_suspect
       WHERE latest_positions.fix_at <= excluded.fix_at OR latest_positions.fix_at > now()`,
      [
        column(rows, ({ memberId }) => memberId),
        column(rows, ({ fixAt }) => fixAt / 1000),
        column(rows, ({ longitude }) => toE7(longitude)),
        column(rows, ({ latitude }) => toE7(latitude)),
        column(rows, ({ accuracyMetres }) => accuracyMetres),
        column(rows, ({ headingDegrees }) => headingDegrees),
        column(rows, ({ source }) => source),
        column(rows, ({ reportsEveryMs }) => reportsEveryMs),
        column(rows, ({ isSuspect }) => isSuspect),
      ],
    )
  },

  /** Appends history; the very same fix again is dropped by the key. */
  async appendHistory(rows: readonly HistoryFix[]): Promise<void> {
    await db.query(
      `INSERT INTO position_history (member_id, fix_at, longitude, latitude, accuracy_metres)
       SELECT r.member_id, to_timestamp(r.fix_at), r.longitude, r.latitude, r.accuracy_metres
       FROM unnest($1::uuid[], $2::float8[], $3::int[], $4::int[], $5::real[])
         AS r (member_id, fix_at, longitude, latitude, accuracy_metres) ON CONFLICT DO NOTHING`,
      [
        column(rows, ({ memberId }) => memberId),
        column(rows, ({ fixAt }) => fixAt / 1000),
        column(rows, ({ longitude }) => toE7(longitude)),
        column(rows, ({ latitude }) => toE7(latitude)),
        column(rows, ({ accuracyMetres }) => accuracyMetres),
      ],
    )
  },

  async latest(): Promise<LatestPosition[]> {
    return db.query(
      `SELECT member_id AS "memberId", fix_at AS "fixAt", longitude / 1e7::float8 AS longitude,
         latitude / 1e7::float8 AS latitude, accuracy_metres AS "accuracyMetres",
         heading_degrees AS "headingDegrees", source, reports_every_ms AS "reportsEveryMs", is_suspect AS "isSuspect"
       FROM latest_positions`,
    )
  },

  /** The area that a member belongs to, when it lies in the scope (null = any); null when there is no such member there. */
  async memberPath(memberId: string, scope: readonly string[] | null): Promise<{ path: string | null } | null> {
    const [row] = await db.query<{ path: string | null }>(
      `SELECT home.path FROM members m
       LEFT JOIN LATERAL (SELECT a.path FROM posts p JOIN areas a ON a.id = p.area_id WHERE p.member_id = m.id
         ORDER BY length(a.path) DESC, a.code LIMIT 1) home ON true
       WHERE m.id = $1 AND ($2::text[] IS NULL OR in_scope(home.path, $2))`,
      [memberId, scope],
    )
    return row ?? null
  },

  /** One member's fixes between two instants, oldest first. */
  async history(memberId: string, from: number, to: number, limit: number): Promise<HistoryFix[]> {
    return db.query(
      `SELECT member_id AS "memberId", fix_at AS "fixAt", longitude / 1e7::float8 AS longitude,
         latitude / 1e7::float8 AS latitude, accuracy_metres AS "accuracyMetres"
       FROM position_history WHERE member_id = $1 AND fix_at BETWEEN $2 AND $3 ORDER BY fix_at LIMIT $4`,
      [memberId, new Date(from), new Date(to), limit],
    )
  },

  /** Makes the partitions of the days from `from` to `to` where they are missing. */
  async ensurePartitions(from: number, to: number): Promise<void> {
    for (let day = Math.floor(from / DAY_MS) * DAY_MS; day <= to; day += DAY_MS) {
      const [lower, upper] = [day, day + DAY_MS].map((instant) => new Date(instant).toISOString())
      await db.query(
        `CREATE TABLE IF NOT EXISTS ${partitionName(day)} PARTITION OF position_history FOR VALUES FROM ('${lower}') TO ('${upper}')`,
      )
    }
  },

  /** Drops whole days before an instant and deletes the rest of its day. Returns what was dropped. */
  async purgeBefore(instant: number): Promise<string[]> {
    const partitions = await db.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = 'position_history'::regclass ORDER BY c.relname`,
    )
    const oldest = partitionName(instant)
    const dropped = partitions
      .map(({ name }) => name)
      .filter((name) => /^position_history_\d{8}$/.test(name) && name < oldest)
    for (const name of dropped) await db.query(`DROP TABLE ${name}`)
    await db.query('DELETE FROM position_history WHERE fix_at < $1', [new Date(instant)])
    return dropped
  },

  async addRefusals(hour: number, rows: readonly { source: string; reason: string; count: number }[]): Promise<void> {
    await db.query(
      `INSERT INTO fix_refusals (hour, source, reason, count)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[])
       ON CONFLICT (hour, source, reason) DO UPDATE SET count = fix_refusals.count + excluded.count`,
      [
        new Date(hour),
        rows.map(({ source }) => source),
        rows.map(({ reason }) => reason),
        rows.map(({ count }) => count),
      ],
    )
  },

  async refusalsSince(
    instant: number,
  ): Promise<{ hour: number; source: PositionSource; reason: string; count: number }[]> {
    return db.query(
      'SELECT hour, source, reason, count FROM fix_refusals WHERE hour >= $1 ORDER BY hour DESC, count DESC',
      [new Date(instant)],
    )
  },
})
export type PositionsQueries = ReturnType<typeof positionsQueries>
