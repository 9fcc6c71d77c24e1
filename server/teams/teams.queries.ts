/** SQL of service teams and patrols, always within a scope. */
import type { Team, TeamWrite } from '#contract/members'
import type { Queryable } from '../database/connect.ts'

interface NamedMember {
  id: string
  name: string
  badge: string | null
}
export interface TeamRow extends Omit<Team, 'members' | 'leaderId' | 'leaderName'> {
  /** Path of the team's area. */
  path: string
  leader: NamedMember | null
  members: NamedMember[]
}

export interface TeamNearRow {
  id: string
  name: string
  kind: string
  path: string
  leaderName: string | null
  leaderBadge: string | null
  people: number
}

export interface TeamAreaRow {
  id: string
  path: string
}

const NAMED = `json_build_object('id', m.id, 'name', m.name, 'badge', m.badge)`
const TEAM_COLUMNS = `
  t.id, t.code, t.name, t.kind, a.id AS "areaId", a.name AS "areaName", a.path, t.version,
  (SELECT ${NAMED} FROM members m WHERE m.id = t.leader_id) AS leader,
  (SELECT coalesce(json_agg(${NAMED} ORDER BY m.code), '[]')
   FROM team_members tm JOIN members m ON m.id = tm.member_id WHERE tm.team_id = t.id) AS members`

export const teamsQueries = (db: Queryable) => ({
  async list(scope: readonly string[]): Promise<TeamRow[]> {
    return db.query(
      `SELECT ${TEAM_COLUMNS} FROM teams t JOIN areas a ON a.id = t.area_id WHERE in_scope(a.path, $1) ORDER BY t.code`,
      [scope],
    )
  },

  async find(id: string, scope: readonly string[]): Promise<TeamRow | null> {
    const [row] = await db.query<TeamRow>(
      `SELECT ${TEAM_COLUMNS} FROM teams t JOIN areas a ON a.id = t.area_id WHERE t.id = $1 AND in_scope(a.path, $2)`,
      [id, scope],
    )
    return row ?? null
  },

  /** Teams that serve an area: its own, those below it and those of the areas above, the nearest in the tree first. */
  async serving(path: string, limit: number): Promise<TeamNearRow[]> {
    return db.query(
      `SELECT t.id, t.name, t.kind, m.name AS "leaderName", m.badge AS "leaderBadge", a.path,
              (SELECT count(*) FROM team_members tm WHERE tm.team_id = t.id) AS people
       FROM teams t JOIN areas a ON a.id = t.area_id LEFT JOIN members m ON m.id = t.leader_id
       WHERE a.path ^@ $1 OR $1 ^@ a.path
       ORDER BY abs(length(a.path) - length($1)), t.code LIMIT $2`,
      [path, limit],
    )
  },

  /** An area in scope. */
  async area(id: string, scope: readonly string[]): Promise<TeamAreaRow | null> {
    const [row] = await db.query<TeamAreaRow>('SELECT id, path FROM areas WHERE id = $1 AND in_scope(path, $2)', [
      id,
      scope,
    ])
    return row ?? null
  },

  async nextNumber(): Promise<number> {
    const [row] = await db.query<{ number: number }>(`SELECT nextval('record_numbers') AS number`)
    if (!row) throw new Error('The sequence of record numbers gave nothing.')
    return row.number
  },

  /** False when the code is taken. */
  async insert(id: string, code: string, team: TeamWrite): Promise<boolean> {
    const rows = await db.query(
      `INSERT INTO teams (id, code, name, kind, area_id, leader_id) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (code) DO NOTHING RETURNING 1`,
      [id, code, team.name, team.kind, team.areaId, team.leaderId],
    )
    return rows.length === 1
  },

  /** False when the version is no longer the current one. */
  async update(id: string, version: number, team: TeamWrite): Promise<boolean> {
    const rows = await db.query(
      `UPDATE teams SET name = $3, kind = $4, area_id = $5, leader_id = $6, version = version + 1
       WHERE id = $1 AND version = $2 RETURNING 1`,
      [id, version, team.name, team.kind, team.areaId, team.leaderId],
    )
    return rows.length === 1
  },

  async setMembers(teamId: string, memberIds: readonly string[]): Promise<void> {
    await db.query('DELETE FROM team_members WHERE team_id = $1 AND member_id <> ALL ($2::uuid[])', [teamId, memberIds])
    await db.query(
      `INSERT INTO team_members (team_id, member_id) SELECT $1, member FROM unnest($2::uuid[]) AS member
       ON CONFLICT DO NOTHING`,
      [teamId, memberIds],
    )
  },
})
export type TeamsQueries = ReturnType<typeof teamsQueries>
