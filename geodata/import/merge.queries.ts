/** Takes the staged rows over into their tables. Called inside the load's one last transaction. */
import type { LoadKind } from '#contract/loads'
import type { Queryable } from '../../server/database/connect.ts'
import { targets } from './targets.queries.ts'

export interface Merge {
  loadId: string
  kind: LoadKind
  /** Fields the file has, and `shape` when its rows have places. */
  fields: ReadonlySet<string>
  /** Rows of each state, so that no statement runs for nothing: each would raise the layer's version. */
  added: number
  changed: number
}

export const mergeQueries = (tx: Queryable) => ({
  async addDepartments(departments: readonly { id: string; code: string; name: string }[]): Promise<void> {
    await tx.query(
      `INSERT INTO departments (id, code, name) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])
       ON CONFLICT DO NOTHING`,
      [departments.map(({ id }) => id), departments.map(({ code }) => code), departments.map(({ name }) => name)],
    )
  },

  /** Branches that rows name and nobody knew; their code is made of their name. */
  async addBranches(loadId: string): Promise<number> {
    const rows = await tx.query(
      `INSERT INTO branches (id, code, name)
       SELECT gen_random_uuid(), 'branch-' || left(md5(name), 16), name
       FROM (SELECT DISTINCT data->>'branch' AS name FROM load_rows
             WHERE load_id = $1 AND state IN ('new', 'changed') AND data->>'branch' IS NOT NULL) named
       WHERE NOT EXISTS (SELECT 1 FROM branches b WHERE b.name = named.name)
       ON CONFLICT DO NOTHING RETURNING id`,
      [loadId],
    )
    return rows.length
  },

  async hasNew(loadId: string, level: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM load_rows WHERE load_id = $1 AND state = 'new' AND data->>'level' = $2 LIMIT 1`,
      [loadId, level],
    )
    return rows.length > 0
  },

  async addRows({ loadId, kind }: Merge, level: string | null = null): Promise<void> {
    const { table, columns } = targets[kind]
    const names = Object.keys(columns)
    const values = Object.values(columns).map(({ value }) => value)
    await tx.query(
      `INSERT INTO ${table} (id, code, ${names.join(', ')})
       SELECT s.id, s.code, ${values.join(', ')} FROM load_rows s
       WHERE s.load_id = $1 AND s.state = 'new' AND ($2::text IS NULL OR s.data->>'level' = $2)
       ORDER BY s.row_index`,
      [loadId, level],
    )
  },

  async changeRows({ loadId, kind, fields }: Merge): Promise<void> {
    const { table, columns, hasVersion } = targets[kind]
    const settings = Object.entries(columns)
      .filter(([, { from }]) => from.some((field) => fields.has(field)))
      .map(([name, { value, change }]) => `${name} = ${change ?? value}`)
    if (hasVersion) settings.push('version = t.version + 1')
    await tx.query(
      `UPDATE ${table} t SET ${settings.join(', ')} FROM load_rows s
       WHERE s.load_id = $1 AND s.state = 'changed' AND t.code = s.code`,
      [loadId],
    )
  },

  /** The posts of a listed member become those of the file. */
  async replacePosts(loadId: string): Promise<void> {
    await tx.query(
      `DELETE FROM posts p USING load_rows s, members t
       WHERE s.load_id = $1 AND s.state = 'changed' AND t.code = s.code AND p.member_id = t.id
         AND NOT s.data->'postKeys' ? concat_ws('|', p.post, p.area_id, coalesce(p.building_id::text, ''),
                                                coalesce(p.service_point_id::text, ''))`,
      [loadId],
    )
    await tx.query(
      `INSERT INTO posts (id, member_id, post, area_id, building_id, service_point_id)
       SELECT gen_random_uuid(), t.id, held.post, held."areaId", held."buildingId", held."servicePointId"
       FROM load_rows s JOIN members t ON t.code = s.code,
            jsonb_to_recordset(s.data->'posts')
              AS held (post text, "areaId" uuid, "buildingId" uuid, "servicePointId" uuid)
       WHERE s.load_id = $1 AND s.state IN ('new', 'changed')
       ON CONFLICT DO NOTHING`,
      [loadId],
    )
  },

  async replaceTeamMembers(loadId: string): Promise<void> {
    await tx.query(
      `DELETE FROM team_members tm USING load_rows s, teams t
       WHERE s.load_id = $1 AND s.state = 'changed' AND t.code = s.code AND tm.team_id = t.id
         AND NOT s.data->'memberIds' ? tm.member_id::text`,
      [loadId],
    )
    await tx.query(
      `INSERT INTO team_members (team_id, member_id)
       SELECT t.id, held::uuid
       FROM load_rows s JOIN teams t ON t.code = s.code, jsonb_array_elements_text(s.data->'memberIds') AS held
       WHERE s.load_id = $1 AND s.state IN ('new', 'changed')
       ON CONFLICT DO NOTHING`,
      [loadId],
    )
  },

  /**
   * What a case of another system tells of its history: when it came in, and when it
   * was closed. Between addRows, which makes the cases, and changeRows, which moves their stage.
   */
  async addCaseSteps(loadId: string): Promise<void> {
    await tx.query(
      `INSERT INTO case_steps (case_id, at, stage)
       SELECT s.id, (s.data->>'reportedAt')::timestamptz, 'accept' FROM load_rows s
       WHERE s.load_id = $1 AND s.state = 'new'
       UNION ALL
       SELECT s.id, (s.data->>'closedAt')::timestamptz, 'closed' FROM load_rows s
       WHERE s.load_id = $1 AND s.state = 'new' AND s.data->>'closedAt' IS NOT NULL
       UNION ALL
       SELECT t.id, coalesce((s.data->>'closedAt')::timestamptz, now()), s.data->>'stage'
       FROM load_rows s JOIN cases t ON t.code = s.code
       WHERE s.load_id = $1 AND s.state = 'changed' AND t.stage <> s.data->>'stage'`,
      [loadId],
    )
  },

  /** Adds a source to those the map names; false when it is named already. */
  async nameSource(text: string): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO settings (key, value) VALUES ('attribution', to_jsonb($1::text))
       ON CONFLICT (key) DO UPDATE SET value = to_jsonb((settings.value #>> '{}') || ' · ' || $1::text)
       WHERE strpos(settings.value #>> '{}', $1::text) = 0 RETURNING key`,
      [text],
    )
    return rows.length > 0
  },
})
