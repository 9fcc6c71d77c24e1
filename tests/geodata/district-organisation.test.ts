import { beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { caseReport, supervisionOf } from '#contract/cases'
import { memberWrite, post as postSchema } from '#contract/members'
import { openingHours, openState, servicePointWrite } from '#contract/service-points'
import { readCategories } from '../../geodata/categories/read-categories.ts'
import type { District } from '../../geodata/generate/district.ts'
import { generateDemo } from '../../geodata/prepare.ts'
import { DEMO_NOW, demoDistrict } from '../support/demo-district.ts'

let district: District
vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  district = await demoDistrict()
}, 120_000)

const isUnique = (values: unknown[]) => expect(new Set(values).size).toBe(values.length)
const DAY_MS = 86_400_000

it('is the same for the same seed and instant, and another for another seed', async () => {
  expect(JSON.stringify(await generateDemo(district.seed, DEMO_NOW))).toBe(JSON.stringify(district))
  expect((await generateDemo(district.seed + 1, DEMO_NOW)).areas[0]?.border).not.toEqual(district.areas[0]?.border)
}, 120_000)

describe('areas', () => {
  const level = (wanted: string) => district.areas.filter((area) => area.level === wanted)

  it('are one street, six communities, 150 grids and 48 branches', () => {
    expect(['street', 'community', 'grid'].map((each) => level(each).length)).toEqual([1, 6, 150])
    expect(district.branches).toHaveLength(48)
    expect(new Set(level('grid').map(({ branchCode }) => branchCode)).size).toBe(48)
  })

  it('carry 15-digit codes that nest, and names that tell them apart', () => {
    for (const grid of level('grid')) expect(grid.code).toMatch(/^440390001\d{6}$/)
    for (const { code, parentCode } of district.areas)
      if (parentCode !== null) expect(code.slice(0, -3)).toBe(parentCode)
    isUnique(district.areas.map(({ code }) => code))
    isUnique(district.areas.map(({ name }) => name))
  })

  it('hold 200 to 400 households a grid, and the sum of their buildings', () => {
    for (const grid of level('grid')) {
      const homes = district.buildings.filter(({ areaCode }) => areaCode === grid.code)
      expect(homes.reduce((sum, { households }) => sum + households, 0)).toBe(grid.households)
      expect(grid.households).toBeGreaterThanOrEqual(200)
      expect(grid.households).toBeLessThanOrEqual(400)
    }
    const total = (areas: District['areas']) => areas.reduce((sum, { households }) => sum + households, 0)
    expect(total(level('community'))).toBe(total(level('grid')))
    expect(total(level('street'))).toBe(total(level('grid')))
  })
})

describe('people', () => {
  it('are 1,485 with unique codes, badges, phones and names', () => {
    expect(district.members).toHaveLength(1_485)
    for (const key of ['code', 'badge', 'phone', 'name'] as const) isUnique(district.members.map((each) => each[key]))
  })

  it('have numbers of a prefix no carrier was given', () => {
    const phones = [...district.members.map(({ phone }) => phone), ...district.cases.map((each) => each.reporterPhone)]
    for (const phone of phones) if (phone !== null) expect(phone).toMatch(/^154\d{8}$/)
  })

  it('pass the checks an administrator would meet', () => {
    for (const { name, badge, phone, isPartyMember, skills } of district.members)
      expect(() => memberWrite.parse({ name, badge, phone, isPartyMember, skills, posts: [] })).not.toThrow()
    for (const { post } of district.posts) expect(() => postSchema.parse(post)).not.toThrow()
  })

  it('hold every post, with one leader and one or two members in each grid', () => {
    const holders = (post: string, areaCode: string) =>
      district.posts.filter((each) => each.post === post && each.areaCode === areaCode).length
    for (const { code, level } of district.areas) {
      if (level === 'street') expect(holders('streetDirector', code)).toBeGreaterThan(0)
      if (level === 'community') expect(holders('communitySecretary', code)).toBe(1)
      if (level !== 'grid') continue
      expect(holders('gridLeader', code)).toBe(1)
      expect([1, 2]).toContain(holders('gridMember', code))
      for (const post of ['police', 'partyGroupLeader', 'informant', 'security', 'sanitation', 'civilAffairs'])
        expect(holders(post, code)).toBe(1)
    }
  })

  it('head every residential building of an estate and staff every service point', () => {
    const headed = new Set(
      district.posts.filter(({ post }) => post === 'buildingHead').map((each) => each.buildingCode),
    )
    for (const { code, kind } of district.buildings)
      if (['tower', 'slab'].includes(kind)) expect(headed).toContain(code)
    const staffed = new Set(district.posts.map(({ servicePointCode }) => servicePointCode))
    for (const { code } of district.servicePoints) expect(staffed).toContain(code)
  })

  it('have skills as a minority, each of them somewhere', () => {
    const skilled = district.members.filter(({ skills }) => skills.length > 0).length
    expect(skilled / district.members.length).toBeGreaterThan(0.1)
    expect(skilled / district.members.length).toBeLessThan(0.4)
    expect(new Set(district.members.flatMap(({ skills }) => skills)).size).toBe(12)
  })

  it('form 270 teams of at least three, each led by one of its own', () => {
    expect(district.teams).toHaveLength(270)
    isUnique(district.teams.map(({ name }) => name))
    expect(new Set(district.teams.map(({ kind }) => kind))).toEqual(new Set(['service', 'patrol']))
    for (const { memberCodes, leaderCode } of district.teams) {
      isUnique(memberCodes)
      expect(memberCodes.length).toBeGreaterThanOrEqual(3)
      expect(memberCodes).toContain(leaderCode)
    }
  })
})

describe('service points', () => {
  it('are 40 of every kind, with valid hours, services, addresses and phones', () => {
    expect(district.servicePoints).toHaveLength(40)
    isUnique(district.servicePoints.map(({ name }) => name))
    const { name, kind, address, phone, services, position } = servicePointWrite.shape
    const written = z.object({ name, kind, address, phone, services, position, hours: openingHours })
    for (const point of district.servicePoints) expect(() => written.parse(point)).not.toThrow()
    const count = (wanted: string) => district.servicePoints.filter((point) => point.kind === wanted).length
    expect([count('centre'), count('station'), count('microComplex'), count('mediationRoom')]).toEqual([7, 12, 15, 6])
  })

  it('are mostly open in the middle of a working morning, one closed out of turn', () => {
    const states = district.servicePoints.map((point) => openState(point, new Date(DEMO_NOW), 'Asia/Shanghai'))
    expect(states.filter(({ isOpen }) => isOpen).length).toBeGreaterThan(30)
    expect(states.filter(({ closedReason }) => closedReason !== null)).toHaveLength(1)
  })
})

describe('buildings', () => {
  it('are about 3,000, named and addressed each for itself', () => {
    expect(district.buildings.length).toBeGreaterThan(2_700)
    expect(district.buildings.length).toBeLessThan(3_300)
    isUnique(district.buildings.map(({ code }) => code))
    isUnique(district.buildings.map(({ name }) => name))
    for (const { address, name } of district.buildings) {
      expect(address).toMatch(/(路|街|大道|巷)\d+号/)
      expect(name).toMatch(/\p{Script=Han}/u)
    }
  })
})

describe('cases', () => {
  const open = () => district.cases.filter(({ closedAt }) => closedAt === null)

  it('fill ninety days, and none lies in the future', () => {
    expect(district.cases.length).toBeGreaterThan(4_000)
    isUnique(district.cases.map(({ code }) => code))
    for (const { reportedAt, closedAt } of district.cases) {
      expect(reportedAt).toBeLessThanOrEqual(DEMO_NOW)
      expect(reportedAt).toBeGreaterThan(DEMO_NOW - 91 * DAY_MS)
      if (closedAt !== null) expect(closedAt >= reportedAt && closedAt <= DEMO_NOW).toBe(true)
    }
    for (const { at } of district.caseSteps) expect(at).toBeLessThanOrEqual(DEMO_NOW)
  })

  it('leave 380 unresolved: about 5 % overdue and 12 % near their limit', () => {
    const states = open().map((each) => supervisionOf(each, DEMO_NOW))
    const count = (wanted: string) => states.filter((state) => state === wanted).length
    expect([count('overdue'), count('nearLimit'), count('onTime')]).toEqual([19, 46, 315])
  })

  it('keep their limits in order, after the report', () => {
    for (const { reportedAt, warnAt, dueAt } of district.cases) {
      expect(warnAt).not.toBeNull()
      expect(Number(warnAt)).toBeGreaterThanOrEqual(reportedAt)
      expect(Number(dueAt)).toBeGreaterThanOrEqual(Number(warnAt))
    }
  })

  it('are of categories that exist, the ten most frequent of the standard before all others', async () => {
    const known = new Map((await readCategories()).map((row) => [`${row.standard}/${row.kind}/${row.code}`, row.name]))
    const counts = new Map<string, number>()
    for (const { categoryKey, categoryName } of district.cases) {
      expect(known.get(categoryKey)).toBe(categoryName)
      counts.set(categoryKey.slice(-5), (counts.get(categoryKey.slice(-5)) ?? 0) + 1)
    }
    const top = ['06010', '06011', '06012', '06017', '06036', '06042', '06045', '07003', '09005', '09006']
    const share = top.reduce((sum, code) => sum + (counts.get(code) ?? 0), 0) / district.cases.length
    expect(share).toBeGreaterThan(0.5)
  })

  it('could have been entered by hand', () => {
    const { title, text, address, reporterPhone } = caseReport.shape
    const entered = z.object({ title, text, address, reporterPhone })
    for (const each of district.cases) expect(() => entered.parse(each)).not.toThrow()
  })

  it('say by their steps how they came to their stage', () => {
    const last = new Map(district.caseSteps.map(({ caseCode, stage }) => [caseCode, stage]))
    for (const { code, stage } of district.cases) expect(last.get(code)).toBe(stage)
    let before = { caseCode: '', at: 0 }
    for (const step of district.caseSteps) {
      if (step.caseCode === before.caseCode) expect(step.at).toBeGreaterThanOrEqual(before.at)
      before = step
    }
  })

  it('belong to a department or a grid member once they are dispatched, and to nobody before', () => {
    const dispatched = new Set(
      district.caseSteps.filter(({ stage }) => stage === 'handle').map((step) => step.caseCode),
    )
    for (const { code, outcome, departmentCode, handlerCode } of district.cases) {
      const holders = [departmentCode, handlerCode].filter((holder) => holder !== null).length
      expect(holders).toBe(dispatched.has(code) || outcome === 'selfHandled' ? 1 : 0)
    }
  })

  it('that were not filed, void or merged never reached a handler', () => {
    const handled = new Set(district.caseSteps.filter(({ stage }) => stage === 'handle').map((step) => step.caseCode))
    const ended = (outcome: string) => district.cases.filter((each) => each.outcome === outcome)
    for (const outcome of ['notFiled', 'void', 'merged', 'selfHandled']) {
      expect(ended(outcome).length).toBeGreaterThan(0)
      expect(ended(outcome).some(({ code }) => handled.has(code))).toBe(false)
    }
  })

  it('come by day more than by night, and more on working days', () => {
    const local = (at: number) => new Date(at + 8 * 3_600_000)
    const inHours = (from: number, to: number) =>
      district.cases.filter(
        ({ reportedAt }) => local(reportedAt).getUTCHours() >= from && local(reportedAt).getUTCHours() < to,
      ).length
    expect(inHours(8, 18)).toBeGreaterThan(10 * inHours(0, 6))
    const onDays = (days: number[]) =>
      district.cases.filter(({ reportedAt }) => days.includes(local(reportedAt).getUTCDay())).length
    expect(onDays([1, 2, 3, 4, 5]) / 5).toBeGreaterThan(1.2 * (onDays([0, 6]) / 2))
  })

  it('gather in a few places', () => {
    const perGrid = new Map<string, number>()
    for (const { areaCode } of district.cases) if (areaCode) perGrid.set(areaCode, (perGrid.get(areaCode) ?? 0) + 1)
    const sorted = [...perGrid.values()].sort((a, b) => b - a)
    const share = sorted.slice(0, 15).reduce((sum, count) => sum + count, 0) / district.cases.length
    expect(share).toBeGreaterThan(0.25)
  })

  it('have a position but for a handful', () => {
    const lost = open().filter(({ position }) => position === null)
    expect(lost.length).toBeGreaterThan(0)
    expect(lost.length).toBeLessThan(10)
    // They are the street's own, so that its dispatcher sees them.
    expect(new Set(lost.map(({ areaCode }) => areaCode))).toEqual(new Set(['440390001']))
  })
})

it('has an account for every role a person can hold, none with a wider scope than its role needs', () => {
  expect(district.accounts.map(({ role }) => role).sort()).toEqual(
    ['communityAdmin', 'department', 'dispatcher', 'gridLeader', 'member', 'streetAdmin'].sort(),
  )
  const member = district.accounts.find(({ role }) => role === 'member')
  expect(district.posts.some((post) => post.memberCode === member?.memberCode && post.post === 'gridMember')).toBe(true)
  expect(district.areas.find(({ code }) => code === member?.scopeCodes[0])?.level).toBe('grid')
})
