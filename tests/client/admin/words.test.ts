import { describe, expect, it } from 'vitest'
import { accountFields } from '../../../client/dispatch/admin/accounts/account-form.ts'
import { detailLines, matchesEntry } from '../../../client/dispatch/admin/audit/audit-text.ts'
import { fieldFaults } from '../../../client/dispatch/admin/edit/field-faults.ts'
import { memberFields } from '../../../client/dispatch/admin/people/member-form.ts'
import { pointFields } from '../../../client/dispatch/admin/points/point-form.ts'
import { sectionKeys } from '../../../client/dispatch/admin/sections.ts'
import { teamFields } from '../../../client/dispatch/admin/teams/team-form.ts'
import { nextStep, stepKeys, stepStates } from '../../../client/dispatch/first-run/steps.ts'
import { admin as english } from '../../../client/locales/en/admin.ts'
import { admin as chinese } from '../../../client/locales/zh-CN/admin.ts'

/** Every path to a text, with the text. */
function texts(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : texts(value as object, `${path}${key}.`),
  )
}
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe('the words of the administration', () => {
  it('have the same keys and the same gaps to fill in both languages', () => {
    const gaps = (from: object) => texts(from).map(([key, text]) => [key, placeholders(text)])
    expect(gaps(english).sort()).toEqual(gaps(chinese).sort())
  })

  it('are never empty', () => {
    expect([...texts(chinese), ...texts(english)].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('name every section, fault and step', () => {
    expect(Object.keys(chinese.section)).toEqual(sectionKeys)
    expect(Object.keys(chinese.fault)).toEqual(expect.arrayContaining([...fieldFaults]))
    expect(Object.keys(chinese.firstRun.steps)).toEqual([...stepKeys])
  })

  it('name every field of every form, for the notice of a conflict', () => {
    const forms = [memberFields(null), accountFields(null), teamFields(null), pointFields(null)]
    expect(Object.keys(chinese.field)).toEqual(expect.arrayContaining(forms.flatMap((form) => Object.keys(form))))
  })
})

describe('an audit entry', () => {
  it('tells what differs between before and after', () => {
    const before = { name: '林静', skills: ['plumber'], badge: null }
    const after = { name: '林静', skills: ['plumber', 'care'], badge: '0412' }
    expect(detailLines({ before, after, reason: '补录' })).toEqual([
      { key: 'skills', before: 'plumber', after: 'plumber, care' },
      { key: 'badge', before: '—', after: '0412' },
      { key: 'reason', before: null, after: '补录' },
    ])
  })

  it('tells all of a new record and nothing of what is empty', () => {
    expect(detailLines({ name: '一队', leader: null, members: [], size: { people: 3 } })).toEqual([
      { key: 'name', before: null, after: '一队' },
      { key: 'size', before: null, after: 'people 3' },
    ])
  })

  it('is found by who, what and detail', () => {
    const entry = {
      id: 1,
      at: 0,
      actor: '程雨涵',
      action: 'member.change',
      resource: 'member',
      resourceId: 'x',
      detail: { after: { name: '林静' } },
    }
    for (const text of ['程雨', '修改', 'MEMBER', '林静', '']) expect(matchesEntry(entry, '修改人员', text)).toBe(true)
    expect(matchesEntry(entry, '修改人员', '队伍')).toBe(false)
  })
})

describe('the first run', () => {
  const none = { areas: 0, grids: 0, buildings: 0, members: 0, teams: 0, servicePoints: 0, openCases: 0 }
  const versions = { base: 1, areas: 1, buildings: 1, members: 1, servicePoints: 1, cases: 1 }

  it('begins with the areas, which everything else needs', () => {
    const states = stepStates({ counts: none, versions }, 0)
    expect(nextStep(states)).toBe('areas')
    expect(states.filter(({ isReady }) => isReady).map(({ key }) => key)).toEqual(['areas'])
  })

  it('leads to the first step that is not done, and ends', () => {
    const counts = { ...none, areas: 3, members: 5 }
    expect(nextStep(stepStates({ counts, versions }, 0))).toBe('base')
    expect(nextStep(stepStates({ counts, versions: { ...versions, base: 2 } }, 0))).toBe('points')
    const all = { ...counts, buildings: 1, servicePoints: 1, openCases: 1 }
    expect(nextStep(stepStates({ counts: all, versions }, 1))).toBeNull()
  })
})
