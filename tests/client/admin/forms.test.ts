import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { type Account, accountChange, accountCreate } from '#contract/accounts'
import { type Member, memberWrite, type Team, teamWrite } from '#contract/members'
import { type ServicePoint, servicePointWrite } from '#contract/service-points'
import {
  accountChangeBody,
  accountCreateBody,
  accountFaults,
  accountFields,
  mayManage,
  roleChoices,
} from '../../../client/dispatch/admin/accounts/account-form.ts'
import { faultAt } from '../../../client/dispatch/admin/edit/field-faults.ts'
import { memberBody, memberFaults, memberFields } from '../../../client/dispatch/admin/people/member-form.ts'
import { pastedPlace, readPlace } from '../../../client/dispatch/admin/points/place.ts'
import { pointBody, pointFaults, pointFields } from '../../../client/dispatch/admin/points/point-form.ts'
import {
  teamBody,
  teamFaults,
  teamFields,
  withMember,
  withoutMember,
} from '../../../client/dispatch/admin/teams/team-form.ts'

const AREA = '0190a000-0000-7000-8000-000000000001'
const PERSON = '0190a000-0000-7000-8000-000000000002'
const OTHER = '0190a000-0000-7000-8000-000000000003'

const takes = (schema: z.ZodMiniType, body: unknown) => z.safeParse(schema, body).success

const member: Member = {
  id: PERSON,
  code: 'M1',
  name: '林静',
  badge: 'A-17',
  phone: '138 0000 1234',
  isPartyMember: true,
  branchName: null,
  skills: ['plumber'],
  posts: [{ post: 'gridMember', areaId: AREA, areaName: '灯塔02' }],
  teams: [],
  accountId: null,
  isActive: true,
  version: 3,
}

describe('a member', () => {
  it('goes through the form unchanged, and the contract takes it', () => {
    const { name, badge, phone, isPartyMember, skills } = member
    const body = memberBody(memberFields(member))
    expect(body).toEqual({ name, badge, phone, isPartyMember, skills, posts: [{ post: 'gridMember', areaId: AREA }] })
    expect(takes(memberWrite, body)).toBe(true)
  })

  it('with empty boxes has nothing there, not empty texts', () => {
    expect(memberBody({ ...memberFields(null), name: ' 林静 ' })).toMatchObject({
      name: '林静',
      badge: null,
      phone: null,
    })
  })

  it('drops a post given twice', () => {
    const post = { post: 'police', areaId: AREA } as const
    expect(memberBody({ ...memberFields(null), posts: [post, { ...post }] }).posts).toEqual([post])
  })

  it('says what is wrong beside the field', () => {
    const faults = memberFaults({
      ...memberFields(null),
      name: '  ',
      badge: 'x'.repeat(21),
      phone: 'call me',
      posts: [{ post: 'police', areaId: '' }],
    })
    expect(faults).toEqual({ name: 'missing', badge: 'tooLong', phone: 'phone', 'posts.0.areaId': 'missing' })
    expect(faultAt(faults, 'posts')).toBe('missing')
    expect(faultAt(faults, 'post')).toBeNull()
  })

  it('keeps a number that is only seen masked, and refuses a mask that was typed in', () => {
    const masked = { ...member, phone: '138****1234' }
    expect(memberFaults(memberFields(masked), masked.phone)).toEqual({})
    expect(memberFaults({ ...memberFields(masked), phone: '139****1234' }, masked.phone)).toEqual({
      phone: 'wholePhone',
    })
    expect(memberFaults({ ...memberFields(masked), phone: '13900001234' }, masked.phone)).toEqual({})
  })

  it('counts a name as a person does', () => {
    expect(memberFaults({ ...memberFields(null), name: '𠮷'.repeat(40) })).toEqual({})
    expect(memberFaults({ ...memberFields(null), name: '𠮷'.repeat(41) })).toEqual({ name: 'tooLong' })
  })
})

describe('an account', () => {
  const account: Account = {
    id: OTHER,
    signInName: 'linjing',
    name: '林静',
    role: 'dispatcher',
    scope: [{ areaId: AREA, name: '灯塔' }],
    memberId: PERSON,
    departmentId: null,
    hasPassword: false,
    isDisabled: false,
    lastSeenAt: null,
    version: 2,
  }

  it('for a member starts from his name and the areas of his posts', () => {
    const fields = accountFields(null, { memberId: PERSON, name: '林静', areaIds: [AREA, AREA] })
    expect(fields).toMatchObject({ name: '林静', role: 'member', scopeAreaIds: [AREA], memberId: PERSON })
    const body = accountCreateBody({ ...fields, signInName: 'linjing' })
    expect(takes(accountCreate, body)).toBe(true)
  })

  it('of a department belongs to the department and to no member', () => {
    const fields = { ...accountFields(account), role: 'department' as const, departmentId: OTHER }
    expect(accountCreateBody(fields)).toMatchObject({ memberId: null, departmentId: OTHER })
    expect(accountFaults({ ...fields, departmentId: '' }, true)).toEqual({ departmentId: 'missing' })
  })

  it('that is changed keeps its sign-in name out of the body, and the contract takes it', () => {
    const body = accountChangeBody(accountFields(account), account.version)
    expect(body).toEqual({ name: '林静', role: 'dispatcher', scopeAreaIds: [AREA], version: 2 })
    expect(takes(accountChange, body)).toBe(true)
  })

  it('that reaches everything is not narrowed to nothing by a change of its name', () => {
    const body = accountChangeBody(accountFields({ ...account, scope: [] }), account.version)
    expect(body).not.toHaveProperty('scopeAreaIds')
    expect(takes(accountChange, body)).toBe(true)
  })

  it('needs a name to sign in with and somewhere to work', () => {
    const faults = accountFaults({ ...accountFields(null), signInName: 'lin jing', name: '林静' }, true)
    expect(faults).toEqual({ signInName: 'signInName', scopeAreaIds: 'missing' })
  })

  it('gets only roles that fit who it is for', () => {
    const owner = { memberId: PERSON, name: '林静', areaIds: [] }
    expect(roleChoices('streetAdmin', null, owner)).toEqual(['member', 'gridLeader', 'dispatcher', 'communityAdmin'])
    expect(roleChoices('streetAdmin', null, null)).toEqual(['department', 'dispatcher', 'communityAdmin'])
    expect(roleChoices('communityAdmin', null, null)).toEqual(['dispatcher'])
    expect(roleChoices('streetAdmin', { role: 'department', memberId: null }, null)).toEqual(['department'])
    expect(roleChoices('streetAdmin', account, null)).toContain('gridLeader')
    expect(roleChoices('dispatcher', null, null)).toEqual([])
  })

  it('is managed by roles above its own only', () => {
    expect(mayManage('streetAdmin', { role: 'communityAdmin' })).toBe(true)
    expect(mayManage('streetAdmin', { role: 'streetAdmin' })).toBe(false)
    expect(mayManage('communityAdmin', { role: 'communityAdmin' })).toBe(false)
    expect(mayManage('dispatcher', { role: 'member' })).toBe(false)
  })
})

describe('a team', () => {
  const team: Team = {
    id: OTHER,
    code: 'T1',
    name: '红小二一队',
    kind: 'service',
    areaId: AREA,
    areaName: '灯塔',
    leaderId: PERSON,
    leaderName: '林静',
    members: [{ id: PERSON, name: '林静' }],
    version: 1,
  }

  it('goes through the form unchanged, and the contract takes it', () => {
    const body = teamBody(teamFields(team))
    expect(body).toEqual({ name: '红小二一队', kind: 'service', areaId: AREA, leaderId: PERSON, memberIds: [PERSON] })
    expect(takes(teamWrite, body)).toBe(true)
  })

  it('takes a person once, led by the first until another is chosen', () => {
    const one = withMember(teamFields(null), { id: PERSON, name: '林静' })
    expect(one.leaderId).toBe(PERSON)
    const two = withMember(withMember(one, { id: OTHER, name: '任霞' }), { id: PERSON, name: '林静' })
    expect(two.members.map(({ id }) => id)).toEqual([PERSON, OTHER])
    expect(two.leaderId).toBe(PERSON)
  })

  it('has no leader after the leader left, which the form says', () => {
    const fields = withoutMember(withMember(teamFields(team), { id: OTHER, name: '任霞' }), PERSON)
    expect(fields.leaderId).toBe('')
    expect(teamFaults(fields)).toEqual({ leaderId: 'missing' })
  })
})

describe('a service point', () => {
  const point: ServicePoint = {
    id: OTHER,
    code: 'S1',
    name: '灯塔驿站',
    kind: 'station',
    address: '灯塔路1号',
    phone: null,
    services: ['饮水'],
    hours: [[['09:00', '17:00']], [], [], [], [], [], []],
    closedOn: null,
    closedReason: null,
    position: [121.4912, 31.2397],
    areaId: AREA,
    areaName: '灯塔',
    version: 5,
  }

  it('goes through the form unchanged, and the contract takes it', () => {
    const { name, kind, address, phone, services, hours, position } = point
    const body = pointBody(pointFields(point))
    expect(body).toEqual({ name, kind, address, phone, services, hours, position })
    expect(takes(servicePointWrite, body)).toBe(true)
  })

  it('says which day is wrong and that the place is missing', () => {
    const fields = pointFields(null)
    fields.name = '新驿站'
    fields.hours[5] = [['18:00', '9']]
    expect(pointFaults(fields)).toEqual({ position: 'place', 'hours.5': 'clock' })
  })

  it('reads a place only from two numbers on the earth', () => {
    expect(readPlace({ longitude: ' 121.4912', latitude: '３１.2397' })).toEqual([121.4912, 31.2397])
    expect(readPlace({ longitude: '181', latitude: '31' })).toBeNull()
    expect(readPlace({ longitude: '', latitude: '31' })).toBeNull()
    expect(readPlace({ longitude: '1e2', latitude: '31' })).toBeNull()
  })

  it('takes both numbers from one pasted text', () => {
    expect(pastedPlace('121.4912, 31.2397')).toEqual({ longitude: '121.4912', latitude: '31.2397' })
    expect(pastedPlace('121.4912，31.2397')).toEqual({ longitude: '121.4912', latitude: '31.2397' })
    expect(pastedPlace('121.4912')).toBeNull()
  })
})
