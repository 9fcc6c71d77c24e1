/** A team as the form holds it, and as the contract takes it. */
import { type Team, type TeamWrite, teamWrite } from '#contract/members'
import { type Faults, faultsOf } from '../edit/field-faults.ts'

export interface TeamFields {
  name: string
  kind: Team['kind']
  /** '' = not picked yet. */
  areaId: string
  leaderId: string
  members: { id: string; name: string }[]
}

export function teamFields(team: Team | null): TeamFields {
  return {
    name: team?.name ?? '',
    kind: team?.kind ?? 'service',
    areaId: team?.areaId ?? '',
    leaderId: team?.leaderId ?? '',
    members: team?.members.map(({ id, name }) => ({ id, name })) ?? [],
  }
}

export function teamBody(fields: TeamFields): TeamWrite {
  return {
    name: fields.name.trim(),
    kind: fields.kind,
    areaId: fields.areaId,
    leaderId: fields.leaderId,
    memberIds: fields.members.map(({ id }) => id),
  }
}

export const teamFaults = (fields: TeamFields): Faults => faultsOf(teamWrite, teamBody(fields))

/** Adds somebody once; the first one in leads until another is chosen. */
export function withMember(fields: TeamFields, person: { id: string; name: string }): TeamFields {
  if (fields.members.some(({ id }) => id === person.id)) return fields
  return { ...fields, members: [...fields.members, person], leaderId: fields.leaderId || person.id }
}

/** Takes somebody out; a leader who leaves is no leader. */
export function withoutMember(fields: TeamFields, id: string): TeamFields {
  return {
    ...fields,
    members: fields.members.filter((person) => person.id !== id),
    leaderId: fields.leaderId === id ? '' : fields.leaderId,
  }
}
