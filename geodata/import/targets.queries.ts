/**
 * Where the records of each kind go: the table, and for every column the expression over a staged row `s` that fills it.
 * A column is only written over when the file has one of the fields it comes from; what a file is silent about stays.
 * The expressions are constants of this file; values travel as parameters and staged JSON.
 */
import type { LoadKind } from '#contract/loads'

export interface TargetColumn {
  /** SQL over `s`. */
  value: string
  /** Fields of column-names.ts it comes from; `shape` is the row's place. A column from none is never written over. */
  from: readonly string[]
  /** SQL to compare instead of the value and the column: over `s`, and over the target `t`. */
  compare?: readonly [staged: string, current: string]
  /** SQL over `s` and `t` when a row is changed; the value when absent. */
  change?: string
}

export interface Target {
  table: string
  columns: Readonly<Record<string, TargetColumn>>
  /** Links kept in another table, compared as sorted text. */
  links?: { from: readonly string[]; compare: readonly [staged: string, current: string] }
  hasVersion: boolean
}

const text = (key: string) => `s.data->>'${key}'`
const whole = (key: string) => `(s.data->>'${key}')::integer`
const number = (key: string) => `(s.data->>'${key}')::double precision`
const instant = (key: string) => `(s.data->>'${key}')::timestamptz`
const yesNo = (key: string) => `(s.data->>'${key}')::boolean`
const id = (key: string) => `(s.data->>'${key}')::uuid`
const list = (key: string) => `ARRAY(SELECT jsonb_array_elements_text(s.data->'${key}'))`

const branchId: TargetColumn = {
  value: `(SELECT b.id FROM branches b WHERE b.name = s.data->>'branch' ORDER BY b.code LIMIT 1)`,
  from: ['branch'],
  // The branch may only be added with this load.
  compare: [text('branch'), '(SELECT b.name FROM branches b WHERE b.id = t.branch_id)'],
}
const MULTI_POLYGON = `CASE WHEN GeometryType(s.shape) LIKE '%POLYGON' THEN ST_Multi(s.shape) END`

export const targets: Readonly<Record<LoadKind, Target>> = {
  areas: {
    table: 'areas',
    hasVersion: false,
    columns: {
      name: { value: text('name'), from: ['name'] },
      level: { value: text('level'), from: ['shape'] },
      parent_id: {
        value: `(SELECT p.id FROM areas p WHERE p.code = s.data->>'parentCode')`,
        from: ['shape'],
        // Without a parent of its own the row leaves the one found by place.
        compare: [
          `coalesce(s.data->>'parentCode', (SELECT p.code FROM areas p WHERE p.id = t.parent_id))`,
          '(SELECT p.code FROM areas p WHERE p.id = t.parent_id)',
        ],
        change: `coalesce((SELECT p.id FROM areas p WHERE p.code = s.data->>'parentCode'), t.parent_id)`,
      },
      households: { value: whole('households'), from: ['households'] },
      branch_id: branchId,
      border: { value: MULTI_POLYGON, from: ['shape'] },
    },
  },
  buildings: {
    table: 'buildings',
    hasVersion: false,
    columns: {
      name: { value: text('name'), from: ['name'] },
      estate: { value: text('estate'), from: ['estate'] },
      address: { value: text('address'), from: ['address', 'street'] },
      kind: { value: text('kind'), from: ['kind'] },
      floors: { value: whole('floors'), from: ['floors'] },
      height_metres: { value: number('heightMetres'), from: ['height'] },
      households: { value: whole('households'), from: ['households'] },
      // A list of points does not take a shape away.
      shape: {
        value: MULTI_POLYGON,
        from: ['shape'],
        compare: [`coalesce(${MULTI_POLYGON}, t.shape)`, 't.shape'],
        change: `coalesce(${MULTI_POLYGON}, t.shape)`,
      },
      centre: { value: 's.place', from: ['shape'] },
      area_id: { value: 's.area_id', from: ['shape'] },
    },
  },
  base: {
    table: 'base_features',
    hasVersion: false,
    columns: {
      layer: { value: text('layer'), from: ['shape'] },
      kind: { value: text('kind'), from: ['shape'] },
      name: { value: text('name'), from: ['name'] },
      is_bridge: { value: yesNo('isBridge'), from: ['isBridge'] },
      is_tunnel: { value: yesNo('isTunnel'), from: ['isTunnel'] },
      is_walkable: { value: yesNo('isWalkable'), from: ['shape'] },
      shape: { value: 's.shape', from: ['shape'] },
    },
  },
  members: {
    table: 'members',
    hasVersion: true,
    columns: {
      name: { value: text('name'), from: ['name'] },
      badge: { value: text('badge'), from: ['badge'] },
      phone: { value: text('phone'), from: ['phone'] },
      is_party_member: { value: yesNo('isPartyMember'), from: ['isPartyMember'] },
      branch_id: branchId,
      skills: { value: list('skills'), from: ['skills'] },
      is_active: { value: yesNo('isActive'), from: ['isActive'] },
    },
    links: {
      from: ['posts'],
      compare: [
        list('postKeys'),
        `ARRAY(SELECT concat_ws('|', p.post, p.area_id, coalesce(p.building_id::text, ''),
                               coalesce(p.service_point_id::text, '')) COLLATE "C"
               FROM posts p WHERE p.member_id = t.id ORDER BY 1)`,
      ],
    },
  },
  teams: {
    table: 'teams',
    hasVersion: true,
    columns: {
      name: { value: text('name'), from: ['name'] },
      kind: { value: text('kind'), from: ['kind'] },
      area_id: { value: id('areaId'), from: ['area'] },
      leader_id: { value: id('leaderId'), from: ['leader'] },
    },
    links: {
      from: ['members'],
      compare: [
        list('memberIds'),
        'ARRAY(SELECT tm.member_id::text COLLATE "C" FROM team_members tm WHERE tm.team_id = t.id ORDER BY 1)',
      ],
    },
  },
  servicePoints: {
    table: 'service_points',
    hasVersion: true,
    columns: {
      name: { value: text('name'), from: ['name'] },
      kind: { value: text('kind'), from: ['kind'] },
      address: { value: text('address'), from: ['address'] },
      phone: { value: text('phone'), from: ['phone'] },
      services: { value: list('services'), from: ['services'] },
      hours: { value: `s.data->'hours'`, from: ['hours'] },
      position: { value: 's.place', from: ['shape'] },
      area_id: { value: 's.area_id', from: ['shape'] },
    },
  },
  departments: {
    table: 'departments',
    hasVersion: false,
    columns: {
      name: { value: text('name'), from: ['name'] },
      phone: { value: text('phone'), from: ['phone'] },
    },
  },
  cases: {
    table: 'cases',
    hasVersion: true,
    columns: {
      title: { value: text('title'), from: ['title', 'category', 'descriptor', 'text'] },
      text: { value: text('text'), from: ['text'] },
      category_key: { value: text('categoryKey'), from: ['category', 'categoryCode'] },
      category_name: { value: text('categoryName'), from: ['category', 'categoryCode'] },
      source: { value: text('source'), from: ['source'] },
      priority: { value: text('priority'), from: ['priority'] },
      reported_at: { value: instant('reportedAt'), from: ['reportedAt'] },
      due_at: { value: instant('dueAt'), from: ['dueAt'] },
      stage: { value: text('stage'), from: ['status', 'closedAt'] },
      closed_at: { value: instant('closedAt'), from: ['status', 'closedAt'] },
      position: { value: 's.place', from: ['longitude', 'shape'] },
      address: { value: text('address'), from: ['address'] },
      area_id: { value: 's.area_id', from: ['longitude', 'shape', 'area'] },
      department_id: {
        value: `(SELECT d.id FROM departments d WHERE d.code = s.data->>'departmentCode')`,
        from: ['department', 'departmentCode'],
        // The department may only be added with this load.
        compare: [text('departmentCode'), '(SELECT d.code FROM departments d WHERE d.id = t.department_id)'],
      },
      reporter_name: { value: text('reporterName'), from: ['reporterName'] },
      reporter_phone: { value: text('reporterPhone'), from: ['reporterPhone'] },
    },
  },
}
