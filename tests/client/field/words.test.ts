/** What members read: limits in one unit, promises that the policy keeps, looks at their own track. */
import { describe, expect, it } from 'vitest'
import { DUTY_NOTICE_VERSION } from '#contract/duty'
import { grantFor, type Role, roles } from '#contract/roles'
import { dueIn } from '../../../client/field/frame/due-in.ts'
import { looksOf } from '../../../client/field/looks/looks-of.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = 1_795_000_000_000

describe('dueIn', () => {
  it.each([
    [null, null],
    [NOW + 39 * MINUTE + 1, { isOver: false, unit: 'minutes', count: 40 }],
    [NOW + 1, { isOver: false, unit: 'minutes', count: 1 }],
    [NOW, { isOver: true, unit: 'minutes', count: 0 }],
    [NOW - 25 * MINUTE - 59_000, { isOver: true, unit: 'minutes', count: 25 }],
    [NOW - 3 * HOUR + 1, { isOver: true, unit: 'hours', count: 2 }],
    [NOW - 50 * HOUR, { isOver: true, unit: 'days', count: 2 }],
  ])('%s', (dueAt, due) => {
    expect(dueIn(dueAt, NOW)).toEqual(due)
  })
})

describe('the notice', () => {
  /** What version 1 says of "who sees it". Another policy needs another text, another version, and everybody's consent. */
  const promised: Partial<Record<Role, string>> = {
    residentVerified: 'assigned snap20',
    member: 'own full',
    gridLeader: 'area full',
    dispatcher: 'area full',
    communityAdmin: 'area full',
    streetAdmin: 'area counts',
    wall: 'area snap50',
  }

  it('names everybody whom the policy shows positions to, as exactly as it shows them', () => {
    expect(DUTY_NOTICE_VERSION).toBe(1)
    const shown = roles.flatMap((role) => {
      const grant = grantFor(role, 'position.see')
      return grant ? [[role, `${grant.reach} ${grant.detail}`]] : []
    })
    expect(Object.fromEntries(shown)).toEqual(promised)
  })

  it('may promise a reason for each look at a track, and that its member reads it', () => {
    for (const role of roles) {
      const grant = grantFor(role, 'track.see')
      if (grant && grant.reach !== 'own') expect([role, grant.needsReason]).toEqual([role, true])
    }
    for (const role of ['member'] as const) expect(grantFor(role, 'audit.see')?.reach).toBe('own')
  })
})

it('looksOf keeps looks at the track alone, and a reason only if it is one', () => {
  const entry = { id: 1, at: NOW, actor: '派遣员', resource: 'member', resourceId: 'm' }
  expect(
    looksOf([
      { ...entry, action: 'member.change', detail: {} },
      { ...entry, action: 'track.see', detail: { reason: '核对到场时间', from: NOW - HOUR, to: NOW } },
      { ...entry, action: 'track.see', detail: { reason: { a: 1 } } },
    ]),
  ).toEqual([
    { id: 1, at: NOW, by: '派遣员', reason: '核对到场时间', from: NOW - HOUR, to: NOW },
    { id: 1, at: NOW, by: '派遣员', reason: null, from: null, to: null },
  ])
})
