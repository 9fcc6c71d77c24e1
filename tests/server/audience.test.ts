import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceMetres, type LonLat, snapTo } from '../../contract/geo.ts'
import { type Role, roles } from '../../contract/roles.ts'
import {
  maskNumbers,
  maskPhone,
  memberName,
  memberPhone,
  placeFor,
  residentName,
  residentPhone,
  surnameOf,
} from '../../server/auth/audience.ts'
import type { Placed } from '../../server/auth/reach.ts'
import { viewerOf } from '../support/viewers.ts'

const MINE = '/440311001/440311001001/'
const THEIRS = '/440311001/440311001002/'
const ME = '019a0000-0000-7000-8000-00000000000a'
const MY_DEPARTMENT = '019a0000-0000-7000-8000-00000000000d'
const viewer = (role: Role) => viewerOf(role, [MINE], { memberId: ME, departmentId: MY_DEPARTMENT })

const person = { name: '欧阳晨曦', badge: '0412' }
const phone = '13800001234'
const masked = '138****1234'

it('masks phone numbers of every length', () => {
  expect(
    ['13800001234', '+86 138 0000 1234', '86-13800001234', '0755-12345678', '2345678', '12345', '110'].map(maskPhone),
  ).toEqual(['138****1234', '138****1234', '138****1234', '075****5678', '23****78', '****', '****'])
})

it('never shows more than seven digits of a number', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[0-9][0-9 -]{2,18}[0-9]$/), (number) => {
      const shown = maskPhone(number).replace(/\D/g, '').length
      expect(shown).toBeLessThanOrEqual(7)
      expect(shown).toBeLessThan(number.replace(/\D/g, '').length)
    }),
  )
})

it('hides long numbers in a line and leaves the rest', () => {
  expect(maskNumbers('王女士 138-0000-1234，身份证 440301199001011234，3 栋 1201')).toBe(
    '王女士 ****，身份证 ****，3 栋 1201',
  )
})

it('knows surnames of one and two characters, and names that are not Chinese', () => {
  expect(['林小满', '欧阳晨曦', '欧阳', '司马光', '𠮷田', 'Maria Silva', ' 张 '].map(surnameOf)).toEqual([
    '林',
    '欧阳',
    '欧',
    '司马',
    '𠮷',
    'M',
    '张',
  ])
})

describe('a member, for each of the nine roles', () => {
  const inScope: Record<Role, [string, string | null]> = {
    residentAnonymous: ['欧阳 0412', null],
    residentVerified: ['欧阳 0412', null],
    member: ['欧阳晨曦', phone],
    gridLeader: ['欧阳晨曦', phone],
    department: ['欧阳 0412', null],
    dispatcher: ['欧阳晨曦', phone],
    communityAdmin: ['欧阳晨曦', phone],
    streetAdmin: ['欧阳晨曦', masked],
    wall: ['欧阳 0412', null],
  }
  const outOfScope: Record<Role, [string, string | null]> = {
    ...inScope,
    member: ['欧阳 0412', null],
    gridLeader: ['欧阳 0412', null],
    // The public board is open to them by name.
    dispatcher: ['欧阳晨曦', null],
    communityAdmin: ['欧阳晨曦', null],
    streetAdmin: ['欧阳晨曦', null],
  }

  it.each(roles)('%s in scope', (role) => {
    const shown = [memberName(viewer(role), { ...person, path: MINE }), memberPhone(viewer(role), MINE, phone)]
    expect(shown).toEqual(inScope[role])
  })
  it.each(roles)('%s out of scope', (role) => {
    const shown = [memberName(viewer(role), { ...person, path: THEIRS }), memberPhone(viewer(role), THEIRS, phone)]
    expect(shown).toEqual(outOfScope[role])
  })
  it('without a badge is a surname and a mark', () => {
    expect(memberName(viewer('wall'), { name: '林小满', badge: null, path: MINE })).toBe('林**')
  })
  it('without a phone has none', () => {
    expect(memberPhone(viewer('dispatcher'), MINE, null)).toBeNull()
  })
})

describe('a resident, for each of the nine roles', () => {
  const elsewhere = { path: THEIRS, departmentId: null, handlerId: null }
  const here = { path: MINE, departmentId: null, handlerId: null }
  const assigned = { path: THEIRS, departmentId: MY_DEPARTMENT, handlerId: ME }
  const none = [null, null]
  const half = [masked, '王**']
  const whole = [phone, '王秀英']
  const expected: Record<Role, { here: (string | null)[]; assigned: (string | null)[] }> = {
    residentAnonymous: { here: none, assigned: none },
    residentVerified: { here: none, assigned: none },
    member: { here: none, assigned: half },
    gridLeader: { here: half, assigned: none },
    department: { here: none, assigned: half },
    dispatcher: { here: whole, assigned: none },
    communityAdmin: { here: half, assigned: none },
    streetAdmin: { here: none, assigned: none },
    wall: { here: none, assigned: none },
  }
  const shownTo = (role: Role, record: Placed) => [
    residentPhone(viewer(role), record, phone),
    residentName(viewer(role), record, '王秀英'),
  ]

  it.each(roles)('%s', (role) => {
    expect(shownTo(role, here)).toEqual(expected[role].here)
    expect(shownTo(role, assigned)).toEqual(expected[role].assigned)
    expect(shownTo(role, elsewhere)).toEqual(none)
  })
})

describe('places', () => {
  const place: LonLat = [114.057_868, 22.543_099]

  it('are as fine as the detail', () => {
    expect(placeFor('full', place)).toEqual(place)
    expect(placeFor('masked', place)).toEqual(place)
    for (const [detail, metres] of [
      ['snap20', 20],
      ['snap50', 50],
      ['snap100', 100],
    ] as const)
      expect(placeFor(detail, place)).toEqual(snapTo(metres, place))
  })

  it('move by no more than half a diagonal, stay put when snapped again, and are few', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -179, max: 179, noNaN: true }),
        fc.double({ min: -85, max: 85, noNaN: true }),
        fc.constantFrom(20, 50, 100),
        (longitude, latitude, metres) => {
          const snapped = snapTo(metres, [longitude, latitude])
          expect(distanceMetres(snapped, [longitude, latitude])).toBeLessThanOrEqual(metres * 0.7072 + 0.05)
          expect(distanceMetres(snapTo(metres, snapped), snapped)).toBeLessThan(0.05)
        },
      ),
    )
    const seen = new Set<string>()
    for (let east = 0; east < 100; east++)
      for (let north = 0; north < 100; north++) seen.add(snapTo(50, [114 + east * 1e-5, 22.5 + north * 1e-5]).join())
    // A square of about 103 × 111 m holds at most 4 × 4 cells of 50 m.
    expect(seen.size).toBeLessThanOrEqual(16)
  })
})
