/** The parts of the administration, in the order of the menu, and who may open each. */
import { type Action, grantFor, type Role } from '#contract/roles'

export const sections = {
  people: 'person.manage',
  accounts: 'account.manage',
  teams: 'team.manage',
  points: 'servicePoint.manage',
  codes: 'placeCode.manage',
  areas: 'area.see',
  gateways: 'gateway.manage',
  settings: 'settings.manage',
  refusals: 'fixRefusal.see',
  loads: 'load.see',
  audit: 'audit.see',
} as const satisfies Record<string, Action>
export type Section = keyof typeof sections
export const sectionKeys = Object.keys(sections) as Section[]

/**
 * Sections a role may open. A right that reaches only one's own records (a member's own audit entries) is no
 * administration; a role without anything to manage or load has no use for the tables either.
 */
export function sectionsFor(role: Role): readonly Section[] {
  const reachable = sectionKeys.filter((key) => {
    const grant = grantFor(role, sections[key])
    return grant !== null && grant.reach !== 'own' && grant.detail === 'full'
  })
  return reachable.some((key) => key !== 'areas') ? reachable : []
}
