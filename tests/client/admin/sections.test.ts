import { expect, it } from 'vitest'
import type { Role } from '#contract/roles'
import { type Section, sectionsFor } from '../../../client/dispatch/admin/sections.ts'

it('opens to each role only what it may use', () => {
  const expected: Record<Role, Section[]> = {
    residentAnonymous: [],
    residentVerified: [],
    member: [],
    gridLeader: [],
    department: [],
    dispatcher: ['areas', 'refusals', 'loads'],
    communityAdmin: ['people', 'accounts', 'teams', 'points', 'codes', 'areas', 'refusals', 'loads', 'audit'],
    streetAdmin: [
      'people',
      'accounts',
      'teams',
      'points',
      'codes',
      'areas',
      'gateways',
      'settings',
      'refusals',
      'loads',
      'audit',
    ],
    wall: [],
  }
  for (const [role, sections] of Object.entries(expected)) expect(sectionsFor(role as Role), role).toEqual(sections)
})
