import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultCallRules } from '#contract/calls'
import type { LonLat } from '#contract/geo'
import { personFlags } from '#contract/position-frame'
import { type CallPerson, type RankQuestion, rankCandidates } from '../../../server/calls/rank-candidates.ts'
import { LiveStore } from '../../../server/positions/live-store.ts'
import { atOnce } from '../../../server/walking/in-slices.ts'
import { buildNetwork } from '../../../server/walking/network.ts'
import { WalkingSearch } from '../../../server/walking/walking-search.ts'
import { greatCircle, WalkingOracle } from '../../support/walking-oracle.ts'

const NOW = 1_800_000_000_000
const STEP = 0.001
const corner = (x: number, y: number): LonLat => [114 + x * STEP, 22.7 + y * STEP]
const lattice = (columns: number, rows: number, dx = 0): LonLat[][] => [
  ...Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => corner(x + dx, y))),
  ...Array.from({ length: columns }, (_, x) => Array.from({ length: rows }, (_, y) => corner(x + dx, y))),
]

interface Placed extends Partial<CallPerson> {
  at: LonLat | null
  accuracy?: number
  ageMs?: number
  flags?: number
}

function setUp(placed: Record<string, Placed>, streets: LonLat[][] = []) {
  const store = new LiveStore([113.99, 22.69, 114.02, 22.72])
  const people = Object.entries(placed).map(([memberId, { at, accuracy = 5, ageMs = 0, flags = 0, ...more }]) => {
    if (at)
      store.put({
        memberId,
        handle: 1,
        position: at,
        fixAt: NOW - ageMs,
        accuracyMetres: accuracy,
        headingDegrees: null,
        staleAfterMs: 30_000,
        areaOrder: 1,
        flags,
      })
    return {
      memberId,
      name: memberId,
      badge: null,
      isPartyMember: false,
      isGridMember: true,
      skills: [],
      areaId: null,
      path: '/town/',
      ...more,
    }
  })
  const network = atOnce(buildNetwork(streets))
  const ask = (question: Partial<RankQuestion> = {}) => {
    const place = question.place ?? corner(0, 0)
    return rankCandidates(
      { store, people, ways: network && WalkingSearch.from(network, place), rules: defaultCallRules, now: NOW },
      {
        place,
        areaId: null,
        scope: ['/town/'],
        wish: null,
        skill: null,
        asked: new Set(),
        isInCall: () => false,
        isReachable: () => true,
        callsToday: () => 0,
        limit: 8,
        ...question,
      },
    )
  }
  return { ask, order: (question?: Partial<RankQuestion>) => ask(question).ranked.map(({ memberId }) => memberId) }
}

const anyone = fc.record({
  x: fc.double({ min: -1, max: 10, noNaN: true }),
  y: fc.double({ min: -1, max: 10, noNaN: true }),
  accuracy: fc.integer({ min: 0, max: 199 }),
  ageMs: fc.integer({ min: 0, max: 59_000 }),
  areaId: fc.constantFrom('home', 'elsewhere'),
  calls: fc.integer({ min: 0, max: 3 }),
})

it('ranks as working out every way would', () => {
  const streets = [...lattice(9, 9), ...lattice(8, 8, 20)]
  const oracle = new WalkingOracle(streets)
  fc.assert(
    fc.property(
      fc.array(anyone, { maxLength: 40 }),
      fc.tuple(fc.double({ min: 0, max: 8, noNaN: true }), fc.double({ min: 0, max: 8, noNaN: true })),
      fc.integer({ min: 1, max: 10 }),
      (crowd, [x, y], limit) => {
        const placed = crowd.map((one, at) => ({ id: `m${at}`, ...one, at: corner(one.x, one.y) }))
        const { ask } = setUp(Object.fromEntries(placed.map((one) => [one.id, one])), streets)
        const place = corner(x, y)
        const { ranked } = ask({
          place,
          limit,
          areaId: 'home',
          callsToday: (id) => placed.find((one) => one.id === id)?.calls ?? 0,
        })
        const start = oracle.attach(place)
        const reached = oracle.reach(start)
        const expected = placed
          .map((one) => {
            const way = oracle.metres(start, reached, oracle.attach(one.at))
            const terms = (one.areaId === 'home' ? -60 : 0) + one.calls * 30
            return way + one.accuracy + one.ageMs / 1000 + terms
          })
          .sort((a, b) => a - b)
          .slice(0, limit)
        expect(ranked).toHaveLength(expected.length)
        for (const [at, { rankSeconds }] of ranked.entries()) expect(rankSeconds).toBeCloseTo(expected[at] ?? 0, 2)
      },
    ),
    { numRuns: 150 },
  )
})

describe('where the straight line lies', () => {
  const banks = [...lattice(8, 8, -8), ...lattice(8, 8, 2)]
  const people = { over: { at: corner(2, 3) }, far: { at: corner(-7, 7) } }

  it('leaves out who stands across the river and says so', () => {
    const { ranked, leftOut, leftOutCounts } = setUp(people, banks).ask({ place: corner(-1, 3) })
    expect(ranked.map(({ memberId }) => memberId)).toEqual(['far'])
    expect(leftOut).toEqual([{ memberId: 'over', name: 'over', reason: 'noWay' }])
    expect(leftOutCounts).toEqual({ noWay: 1 })
  })

  it('counts the way over the bridge', () => {
    const bridge = [corner(-1, 0), corner(2, 0)]
    const { ranked } = setUp({ over: { at: corner(2, 3) }, near: { at: corner(-5, 3) } }, [...banks, bridge]).ask({
      place: corner(-1, 3),
    })
    expect(ranked.map(({ memberId, way }) => [memberId, way])).toEqual([
      ['near', 'network'],
      ['over', 'network'],
    ])
    expect(greatCircle(corner(-1, 3), corner(2, 3))).toBeLessThan(greatCircle(corner(-1, 3), corner(-5, 3)))
  })
})

it('without a network it takes the straight line with a detour, and says so', () => {
  const [first] = setUp({ one: { at: corner(1, 0), accuracy: 10, ageMs: 20_000 } }).ask().ranked
  const metres = greatCircle(corner(0, 0), corner(1, 0))
  expect(first).toMatchObject({ way: 'straight', wayMetres: metres * 1.5 })
  expect(first?.worstSeconds).toBeCloseTo(metres * 1.5 + 10 + 20, 6)
})

it('an old or rough fix counts as far as its person can have gone', () => {
  const { order } = setUp({
    old: { at: corner(0.1, 0), ageMs: 50_000 },
    rough: { at: corner(0.1, 0), accuracy: 150 },
    fresh: { at: corner(0.2, 0) },
  })
  expect(order()).toEqual(['fresh', 'old', 'rough'])
})

describe('soft terms', () => {
  it('the own grid comes first when times are close, and only then', () => {
    const { order } = setUp({
      near: { at: corner(0.5, 0), areaId: 'other' },
      own: { at: corner(0.8, 0), areaId: 'mine' },
      ownFar: { at: corner(5, 0), areaId: 'mine' },
    })
    expect(order({ areaId: 'mine' })).toEqual(['own', 'near', 'ownFar'])
    expect(order({ areaId: null })).toEqual(['near', 'own', 'ownFar'])
  })

  it('who was called often today comes later', () => {
    const { ask, order } = setUp({ tired: { at: corner(0.1, 0) }, rested: { at: corner(0.3, 0) } })
    const callsToday = (id: string) => (id === 'tired' ? 4 : 0)
    expect(order({ callsToday })).toEqual(['rested', 'tired'])
    expect(ask({ callsToday }).ranked[1]?.terms).toEqual([{ term: 'callsToday', seconds: 120 }])
  })
})

describe('left out', () => {
  const at = corner(0.5, 0)
  const { ask } = setUp({
    elsewhere: { at, path: '/village/' },
    silent: { at },
    busy: { at },
    asked: { at },
    unskilled: { at, skills: ['barber'] },
    lost: { at: null, skills: ['plumber'] },
    doubtful: { at, skills: ['plumber'], flags: personFlags.suspect },
    stale: { at, skills: ['plumber'], ageMs: 61_000 },
    rough: { at, skills: ['plumber'], accuracy: 201 },
    right: { at, skills: ['plumber', 'barber'], ageMs: 59_000 },
  })
  const { ranked, leftOut, leftOutCounts } = ask({
    skill: 'plumber',
    asked: new Set(['asked']),
    isInCall: (id) => id === 'busy',
    isReachable: (id) => id !== 'silent',
  })

  it('everybody has a reason, and only the right one is ranked', () => {
    expect(ranked.map(({ memberId }) => memberId)).toEqual(['right'])
    expect(Object.fromEntries(leftOut.map(({ memberId, reason }) => [memberId, reason]))).toEqual({
      silent: 'noChannel',
      busy: 'inCall',
      asked: 'asked',
      unskilled: 'noSkill',
      lost: 'noFix',
      doubtful: 'suspect',
      stale: 'stale',
      rough: 'inaccurate',
    })
  })

  it('people of other areas are counted and not named', () => {
    expect(leftOutCounts.outOfScope).toBe(1)
    expect(leftOut.map(({ memberId }) => memberId)).not.toContain('elsewhere')
  })
})

describe('a wish', () => {
  it('is kept while anybody of the kind can come', () => {
    const { ask } = setUp({
      near: { at: corner(0.1, 0) },
      party: { at: corner(4, 0), isPartyMember: true, isGridMember: false },
    })
    expect(ask({ wish: 'partyMember' })).toMatchObject({
      ranked: [{ memberId: 'party' }],
      leftOut: [{ memberId: 'near', reason: 'notPartyMember' }],
      fellBackFrom: null,
    })
    expect(ask({ wish: 'gridMember' }).leftOut).toEqual([{ memberId: 'party', name: 'party', reason: 'notGridMember' }])
  })

  it('gives way to the others when nobody of the kind can', () => {
    const { ask } = setUp({ near: { at: corner(0.1, 0) }, party: { at: null, isPartyMember: true } })
    expect(ask({ wish: 'partyMember' })).toMatchObject({
      ranked: [{ memberId: 'near' }],
      fellBackFrom: 'partyMember',
    })
  })
})
