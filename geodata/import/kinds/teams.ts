/** Service teams and patrols. One row may list all members, or each member has a row of his own. */
import type { RefusedRow } from '#contract/loads'
import { createStrictChoice, teamWords } from '../choices.ts'
import { contentCode } from '../content-code.ts'
import { createAreaFinder, createFinder, type KnownMember } from '../lookups.ts'
import { at, Refused } from '../refused.ts'
import type { Kind, Maker, MakerContext, StagedRow } from './kind.ts'

interface Team {
  index: number
  code: string
  name: string
  kind: string
  areaId: string
  leaderId: string | null
  memberIds: Set<string>
}

export const teams: Kind = {
  shapes: [],
  needsPlace: false,
  isInGrid: false,
  createMaker: (context) => createTeamsMaker(context),
}

function createTeamsMaker({ columns, lookups }: MakerContext): Maker {
  const readKind = createStrictChoice(teamWords)
  const findArea = createAreaFinder(lookups.areas)
  const findMember = createMemberFinder(lookups.members)
  const column = (field: string) => columns.get(field)?.[0] ?? field
  const teams = new Map<string, Team>()

  return {
    take({ index, fields }) {
      const name = fields.requiredText('name', 40)
      const area = fields.read('area', findArea)
      if (!area) throw new Refused('value_missing', {}, column('area'))
      const kind = fields.read('kind', readKind) ?? (name.includes('巡') ? 'patrol' : 'service')
      const leaderId = fields.read('leader', findMember)?.id ?? null
      const memberIds = at(column('members'), () => fields.list('members', 60).map((value) => findMember(value).id))
      const code = fields.text('code', 40) ?? contentCode('team', name, area.code)
      const team = teams.get(code) ?? {
        index,
        code,
        name,
        kind,
        areaId: area.id,
        leaderId,
        memberIds: new Set<string>(),
      }
      if (team.name !== name || team.areaId !== area.id)
        throw new Refused('rows_disagree', { first: team.index, value: code, field: 'name' }, column('name'))
      for (const id of leaderId === null ? memberIds : [leaderId, ...memberIds]) team.memberIds.add(id)
      if (team.memberIds.size === 0) throw new Refused('team_empty', { value: name }, column('members'))
      team.leaderId ??= leaderId
      teams.set(code, team)
      return null
    },
    finish: () => ({ rows: [...teams.values()].map(toStaged), refused: [] as RefusedRow[] }),
  }
}

function toStaged({ index, code, memberIds, ...team }: Team): StagedRow {
  return { index, code, data: { ...team, memberIds: [...memberIds].sort() }, shape: null }
}

/** By code, phone, or a name that only one member has. */
function createMemberFinder(members: readonly KnownMember[]): (value: string) => KnownMember {
  const find = createFinder(members, ({ name, phone }) => [name, phone])
  return (value) => {
    const found = find(value)
    if (found === null) throw new Refused('member_unknown', { value })
    if (found === 'ambiguous') throw new Refused('member_ambiguous', { value })
    return found
  }
}
