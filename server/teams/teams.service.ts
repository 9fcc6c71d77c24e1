/** Service teams and patrols: who is in them, whom they serve, and keeping them. */
import { v7 as uuid } from 'uuid'
import type { AreaCard } from '#contract/areas'
import type { Team, TeamWrite } from '#contract/members'
import type { Grant } from '#contract/roles'
import type { Audited } from '../audit/audited.ts'
import { memberName } from '../auth/audience.ts'
import { scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { insertNumbered, recordCode } from '../database/numbered.ts'
import { badInput, notFound, versionConflict } from '../errors.ts'
import type { MembersService } from '../members/members.service.ts'
import type { Command } from '../serve.ts'
import type { TeamRow, TeamsQueries } from './teams.queries.ts'

/** More than this on one card helps nobody; the list of teams has all. */
const CARD_TEAMS = 50

export interface TeamsParts {
  queries: TeamsQueries
  change: Audited<TeamsQueries>
  members: Pick<MembersService, 'activeAmong'>
}

export function createTeamsService({ queries, change, members }: TeamsParts) {
  /** People new to the team must be active and in scope; those in it already may stay. The leader is one of them. */
  async function checked(scope: readonly string[], wanted: TeamWrite, before: TeamRow | null): Promise<TeamWrite> {
    if (!(await queries.area(wanted.areaId, scope)))
      throw badInput('areaId', 'this area was not found, or is outside your area')
    const memberIds = [...new Set([...wanted.memberIds, wanted.leaderId])]
    const held = new Set(before?.members.map(({ id }) => id))
    const added = memberIds.filter((id) => !held.has(id))
    const known = new Set(await members.activeAmong(added, scope))
    const unknown = added.find((id) => !known.has(id))
    if (unknown === wanted.leaderId) throw badInput('leaderId', notOnRoster)
    if (unknown !== undefined) throw badInput(`memberIds.${wanted.memberIds.indexOf(unknown)}`, notOnRoster)
    return { ...wanted, memberIds }
  }

  return {
    async list(viewer: Viewer, grant: Grant): Promise<Team[]> {
      const rows = await queries.list(scopeUnder(grant, viewer))
      return rows.map((row) => teamFor(viewer, row))
    },

    /** The teams that serve an area, for its card. */
    async serving(viewer: Viewer, path: string): Promise<AreaCard['teams']> {
      const rows = await queries.serving(path, CARD_TEAMS)
      return rows.map(({ id, name, kind, people, path: teamPath, leaderName, leaderBadge }) => ({
        id,
        name,
        kind,
        people,
        leader:
          leaderName === null ? null : memberName(viewer, { name: leaderName, badge: leaderBadge, path: teamPath }),
      }))
    },

    async create(viewer: Viewer, grant: Grant, wanted: TeamWrite, command: Command | null): Promise<Team> {
      const scope = scopeUnder(grant, viewer)
      const team = await checked(scope, wanted, null)
      return change(({ queries: tx, audit, once }) =>
        once(command, async () => {
          const id = uuid()
          await insertNumbered(
            async () => recordCode('T', await tx.nextNumber()),
            (code) => tx.insert(id, code, team),
          )
          await tx.setMembers(id, team.memberIds)
          const made = await mustFind(tx, id, scope)
          await audit({ actor: viewer, action: 'team.create', ...placeOf(made), detail: summary(made) })
          return teamFor(viewer, made)
        }),
      )
    },

    async change(
      viewer: Viewer,
      grant: Grant,
      id: string,
      { version, ...wanted }: TeamWrite & { version: number },
    ): Promise<Team> {
      const scope = scopeUnder(grant, viewer)
      const team = await checked(scope, wanted, await mustFind(queries, id, scope))
      return change(async ({ queries: tx, audit }) => {
        const before = await mustFind(tx, id, scope)
        if (!(await tx.update(id, version, team)))
          throw versionConflict('this team', teamFor(viewer, await mustFind(tx, id, scope)))
        await tx.setMembers(id, team.memberIds)
        const after = await mustFind(tx, id, scope)
        const detail = { before: summary(before), after: summary(after) }
        await audit({ actor: viewer, action: 'team.change', ...placeOf(before), detail })
        return teamFor(viewer, after)
      })
    },
  }
}
export type TeamsService = ReturnType<typeof createTeamsService>

const notOnRoster = 'this person was not found on the active roster of your area'

async function mustFind(queries: TeamsQueries, id: string, scope: readonly string[]): Promise<TeamRow> {
  const row = await queries.find(id, scope)
  if (!row) throw notFound('This team')
  return row
}

function teamFor(viewer: Viewer, { leader, members, path, ...team }: TeamRow): Team {
  const nameOf = ({ name, badge }: { name: string; badge: string | null }) => memberName(viewer, { name, badge, path })
  return {
    ...team,
    leaderId: leader?.id ?? null,
    leaderName: leader && nameOf(leader),
    members: members.map((member) => ({ id: member.id, name: nameOf(member) })),
  }
}

const placeOf = ({ id, path }: TeamRow) => ({ resource: 'team', resourceId: id, areaPath: path })

const summary = ({ code, name, kind, areaName, leader, members }: TeamRow) => ({
  code,
  name,
  kind,
  area: areaName,
  leader: leader?.name ?? null,
  members: members.map((member) => member.name),
})
