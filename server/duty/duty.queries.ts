/** SQL of duty. One open stretch a member: the unique index decides between two at once. */
import type { DutyPerson, OwnDuty } from '#contract/duty'
import type { Queryable } from '../database/connect.ts'

/** A person on duty as stored. `path` is the area that shows him. */
export interface DutyPersonRow extends DutyPerson {
  path: string | null
}

const PERSON_COLUMNS = `
  m.id AS "memberId", m.name, m.badge, m.is_party_member AS "isPartyMember", m.skills, d.started_at AS "startedAt", d.handle,
  home.id AS "areaId", home.path, coalesce(home.leads, false) AS "isGridLeader",
  (SELECT coalesce(json_agg(json_build_object('teamId', t.id, 'name', t.name, 'kind', t.kind,
     'people', (SELECT count(*) FROM team_members tm WHERE tm.team_id = t.id)) ORDER BY t.code), '[]')
   FROM teams t WHERE t.leader_id = m.id) AS leads`

/** A member's own area: where he leads or serves, the smallest first. */
const HOME = `
  LEFT JOIN LATERAL (
    SELECT a.id, a.path, p.post = 'gridLeader' AS leads FROM posts p JOIN areas a ON a.id = p.area_id
    WHERE p.member_id = m.id
    ORDER BY p.post = 'gridLeader' DESC, p.post = 'gridMember' DESC, length(a.path) DESC, a.code LIMIT 1) home ON true`

export const dutyQueries = (db: Queryable) => ({
  /** Everyone on duty, or those of them that are asked for. */
  async people(memberIds: readonly string[] | null): Promise<DutyPersonRow[]> {
    return db.query(
      `SELECT ${PERSON_COLUMNS} FROM duties d JOIN members m ON m.id = d.member_id ${HOME}
       WHERE d.ended_at IS NULL AND ($1::uuid[] IS NULL OR m.id = ANY ($1)) ORDER BY m.code`,
      [memberIds],
    )
  },

  /** Stretches that end after an instant, in order of time. */
  async stretchesSince(instant: number): Promise<{ memberId: string; startedAt: number; endedAt: number | null }[]> {
    return db.query(
      `SELECT member_id AS "memberId", started_at AS "startedAt", ended_at AS "endedAt" FROM duties
       WHERE ended_at IS NULL OR ended_at > $1 ORDER BY started_at`,
      [new Date(instant)],
    )
  },

  /** Opens a stretch for an active member. null: he is on duty already, or is not active. */
  async start(id: string, memberId: string, startedAt: number): Promise<{ areaPath: string | null } | null> {
    const [row] = await db.query<{ areaPath: string | null }>(
      `INSERT INTO duties (id, member_id, started_at)
       SELECT $1, m.id, $3 FROM members m WHERE m.id = $2 AND m.is_active
       ON CONFLICT DO NOTHING
       RETURNING (SELECT home.path FROM members m ${HOME} WHERE m.id = member_id) AS "areaPath"`,
      [id, memberId, new Date(startedAt)],
    )
    return row ?? null
  },

  /** Ends the open stretch. null: there is none. */
  async end(memberId: string, endedAt: number, endedBy: string): Promise<{ areaPath: string | null } | null> {
    const [row] = await db.query<{ areaPath: string | null }>(
      `UPDATE duties SET ended_at = greatest(started_at, $2), ended_by = $3 WHERE member_id = $1 AND ended_at IS NULL
       RETURNING (SELECT home.path FROM members m ${HOME} WHERE m.id = member_id) AS "areaPath"`,
      [memberId, new Date(endedAt), endedBy],
    )
    if (row) await db.query('DELETE FROM latest_positions WHERE member_id = $1', [memberId])
    return row ?? null
  },

  async agree(memberId: string, noticeVersion: number, at: number): Promise<void> {
    await db.query(
      'INSERT INTO duty_agreements (member_id, notice_version, agreed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [memberId, noticeVersion, new Date(at)],
    )
  },

  /** What a member's own page shows of him; null when he is not on the roster. */
  async own(memberId: string): Promise<Pick<OwnDuty, 'member' | 'lastEnd' | 'agreedVersion'> | null> {
    const [row] = await db.query<Pick<OwnDuty, 'member' | 'lastEnd' | 'agreedVersion'>>(
      `SELECT json_build_object('id', m.id, 'name', m.name, 'badge', m.badge, 'areaId', home.id,
                                'isGridLeader', coalesce(home.leads, false)) AS member,
         (SELECT json_build_object('at', floor(extract(epoch FROM d.ended_at) * 1000), 'by', d.ended_by)
          FROM duties d WHERE d.member_id = m.id ORDER BY d.started_at DESC LIMIT 1) AS "lastEnd",
         (SELECT max(a.notice_version) FROM duty_agreements a WHERE a.member_id = m.id) AS "agreedVersion"
       FROM members m ${HOME} WHERE m.id = $1`,
      [memberId],
    )
    return row ?? null
  },

  /** Members whose stretch has lasted too long. */
  async overlong(startedBefore: number): Promise<string[]> {
    const rows = await db.query<{ memberId: string }>(
      'SELECT member_id AS "memberId" FROM duties WHERE ended_at IS NULL AND started_at < $1',
      [new Date(startedBefore)],
    )
    return rows.map(({ memberId }) => memberId)
  },
})
export type DutyQueries = ReturnType<typeof dutyQueries>
