/** SQL that writes a whole district: one statement a table and batch, columns as arrays. */
import type { Queryable } from '../server/database/connect.ts'

/** Column name → its values, all of one length. */
export type Columns = Record<string, unknown[]>

export const writeDistrictQueries = (tx: Queryable) => ({
  async categories(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO case_categories (standard, kind, code, major_class, name)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
       ON CONFLICT DO NOTHING`,
      values(columns, ['standard', 'kind', 'code', 'majorClass', 'name']),
    )
  },

  async setting(key: string, value: unknown): Promise<void> {
    await tx.query('INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2', [
      key,
      JSON.stringify(value),
    ])
  },

  async branches(columns: Columns): Promise<void> {
    await tx.query(
      'INSERT INTO branches (id, code, name) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])',
      values(columns, ['id', 'code', 'name']),
    )
  },

  /** Parents must have been written by an earlier call. */
  async areas(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO areas (id, parent_id, level, code, name, branch_id, households, border, border_from)
       SELECT id, parent_id, level, code, name, branch_id, households, ST_GeomFromText(border, 4326), border_from::date
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::int[], $8::text[], $9::text[])
            AS row (id, parent_id, level, code, name, branch_id, households, border, border_from)`,
      values(columns, ['id', 'parentId', 'level', 'code', 'name', 'branchId', 'households', 'border', 'borderFrom']),
    )
  },

  async baseFeatures(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO base_features (id, code, layer, kind, name, is_bridge, is_walkable, shape)
       SELECT id, code, layer, kind, name, is_bridge, is_walkable, ST_GeomFromText(shape, 4326)
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::bool[], $8::text[])
            AS row (id, code, layer, kind, name, is_bridge, is_walkable, shape)`,
      values(columns, ['id', 'code', 'layer', 'kind', 'name', 'isBridge', 'isWalkable', 'shape']),
    )
  },

  async buildings(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO buildings (id, code, name, estate, address, kind, floors, height_metres, households, shape, centre, area_id)
       SELECT id, code, name, estate, address, kind, floors, height_metres, households, ST_GeomFromText(shape, 4326),
              ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), area_id
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::float8[],
                   $9::int[], $10::text[], $11::float8[], $12::float8[], $13::uuid[])
            AS row (id, code, name, estate, address, kind, floors, height_metres, households, shape, longitude, latitude,
                    area_id)`,
      values(columns, [
        'id',
        'code',
        'name',
        'estate',
        'address',
        'kind',
        'floors',
        'heightMetres',
        'households',
        'shape',
        'longitude',
        'latitude',
        'areaId',
      ]),
    )
  },

  /** Skills are joined by commas. */
  async members(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO members (id, code, name, badge, phone, is_party_member, branch_id, skills)
       SELECT id, code, name, badge, phone, is_party_member, branch_id, string_to_array(skills, ',')
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::uuid[], $8::text[])
            AS row (id, code, name, badge, phone, is_party_member, branch_id, skills)`,
      values(columns, ['id', 'code', 'name', 'badge', 'phone', 'isPartyMember', 'branchId', 'skills']),
    )
  },

  /** Services are joined by commas; hours are JSON. */
  async servicePoints(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO service_points (id, code, name, kind, address, phone, services, hours, closed_on, closed_reason,
                                   position, area_id)
       SELECT id, code, name, kind, address, phone, string_to_array(services, ','), hours::jsonb, closed_on::date,
              closed_reason, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), area_id
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                   $9::text[], $10::text[], $11::float8[], $12::float8[], $13::uuid[])
            AS row (id, code, name, kind, address, phone, services, hours, closed_on, closed_reason, longitude, latitude,
                    area_id)`,
      values(columns, [
        'id',
        'code',
        'name',
        'kind',
        'address',
        'phone',
        'services',
        'hours',
        'closedOn',
        'closedReason',
        'longitude',
        'latitude',
        'areaId',
      ]),
    )
  },

  async posts(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO posts (id, member_id, post, area_id, building_id, service_point_id)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[])`,
      values(columns, ['id', 'memberId', 'post', 'areaId', 'buildingId', 'servicePointId']),
    )
  },

  async teams(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO teams (id, code, name, kind, area_id, leader_id)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[])`,
      values(columns, ['id', 'code', 'name', 'kind', 'areaId', 'leaderId']),
    )
  },

  async teamMembers(columns: Columns): Promise<void> {
    await tx.query(
      'INSERT INTO team_members (team_id, member_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])',
      values(columns, ['teamId', 'memberId']),
    )
  },

  async departments(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO departments (id, code, name, phone)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])`,
      values(columns, ['id', 'code', 'name', 'phone']),
    )
  },

  /** Instants in milliseconds since the epoch. */
  async cases(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO cases (id, code, title, text, category_key, category_name, source, stage, outcome, priority,
                          is_supervised, reported_at, warn_at, due_at, closed_at, position, address, area_id,
                          building_id, department_id, handler_id, reporter_name, reporter_phone)
       SELECT id, code, title, text, category_key, category_name, source, stage, outcome, priority, is_supervised,
              to_timestamp(reported_at / 1000), to_timestamp(warn_at / 1000), to_timestamp(due_at / 1000),
              to_timestamp(closed_at / 1000), ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), address, area_id,
              building_id, department_id, handler_id, reporter_name, reporter_phone
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                   $9::text[], $10::text[], $11::bool[], $12::float8[], $13::float8[], $14::float8[], $15::float8[],
                   $16::float8[], $17::float8[], $18::text[], $19::uuid[], $20::uuid[], $21::uuid[], $22::uuid[],
                   $23::text[], $24::text[])
            AS row (id, code, title, text, category_key, category_name, source, stage, outcome, priority, is_supervised,
                    reported_at, warn_at, due_at, closed_at, longitude, latitude, address, area_id, building_id,
                    department_id, handler_id, reporter_name, reporter_phone)`,
      values(columns, [
        'id',
        'code',
        'title',
        'text',
        'categoryKey',
        'categoryName',
        'source',
        'stage',
        'outcome',
        'priority',
        'isSupervised',
        'reportedAt',
        'warnAt',
        'dueAt',
        'closedAt',
        'longitude',
        'latitude',
        'address',
        'areaId',
        'buildingId',
        'departmentId',
        'handlerId',
        'reporterName',
        'reporterPhone',
      ]),
    )
  },

  async caseSteps(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO case_steps (case_id, at, stage, actor, note)
       SELECT case_id, to_timestamp(at / 1000), stage, actor, note
       FROM unnest($1::uuid[], $2::float8[], $3::text[], $4::text[], $5::text[]) AS row (case_id, at, stage, actor, note)`,
      values(columns, ['caseId', 'at', 'stage', 'actor', 'note']),
    )
  },

  async accounts(columns: Columns): Promise<void> {
    await tx.query(
      `INSERT INTO accounts (id, sign_in_name, name, role, member_id, department_id)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[])`,
      values(columns, ['id', 'signInName', 'name', 'role', 'memberId', 'departmentId']),
    )
  },

  async accountScopes(columns: Columns): Promise<void> {
    await tx.query(
      'INSERT INTO account_scopes (account_id, area_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])',
      values(columns, ['accountId', 'areaId']),
    )
  },

  async hasAccounts(): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM accounts LIMIT 1')
    return rows.length > 0
  },

  /** Whether anything has been loaded: areas, buildings or people. */
  async hasData(): Promise<boolean> {
    const rows = await tx.query(
      'SELECT 1 FROM areas UNION ALL SELECT 1 FROM buildings UNION ALL SELECT 1 FROM members LIMIT 1',
    )
    return rows.length > 0
  },
})
export type WriteDistrictQueries = ReturnType<typeof writeDistrictQueries>

/** The named columns in the order of the statement's parameters. */
function values(columns: Columns, names: string[]): unknown[][] {
  return names.map((name) => {
    const column = columns[name]
    if (!column) throw new Error(`The column ${name} is missing.`)
    return column
  })
}
