import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LonLat } from '#contract/geo'
import { personFlags } from '#contract/position-frame'
import type { DutyPersonRow } from '../../../server/duty/duty.service.ts'
import { AreaOrder } from '../../../server/positions/area-order.ts'
import { LiveStore } from '../../../server/positions/live-store.ts'
import { createNearestService } from '../../../server/positions/nearest.service.ts'
import { LivePeople } from '../../../server/positions/people.ts'
import { positionRights } from '../../../server/positions/position-rights.ts'
import { CITY, moved } from '../../bench/live/city.ts'
import { MovingCity } from '../../bench/live/moving-city.ts'
import { viewerOf } from '../../support/viewers.ts'

const NOW = 1_800_000_000_000
const STREETS = ['/1/', '/2/', '/3/']
const CENTRE: LonLat = [(CITY[0] + CITY[2]) / 2, (CITY[1] + CITY[3]) / 2]

const metres = fc.double({ min: -2_000, max: 2_000, noNaN: true })
const ASIDE: LonLat = [114.14999994308016, 22.68499999999677]
const place = fc.tuple(metres, metres).map(([east, north]) => moved(CENTRE, east, north))

const onDuty = (memberId: string, name: string, path: string | null, handle: number) =>
  ({
    memberId,
    handle,
    name,
    path,
    badge: null,
    isPartyMember: false,
    isGridLeader: false,
    skills: [],
    startedAt: NOW - 3_600_000,
    areaId: null,
    leads: [],
  }) as DutyPersonRow

/** The bench's city, told to the real store, and the real service over it. */
function setUp(homes: readonly LonLat[]) {
  const order = new AreaOrder(STREETS)
  const people = new LivePeople(order)
  const store = new LiveStore(CITY, 16)
  const members = homes.map((home, index) => ({
    id: `m${index}`,
    name: `成员${index}`,
    home,
    street: index % STREETS.length,
  }))
  const city = new MovingCity(members)
  for (const [index, { id, name, street }] of members.entries()) {
    people.add(onDuty(id, name, STREETS[street] ?? null, index + 1))
    const fix = city.first(index, NOW)
    store.put({
      memberId: id,
      handle: index,
      position: fix.position,
      fixAt: fix.takenAt,
      accuracyMetres: fix.accuracyMetres ?? 0,
      headingDegrees: null,
      staleAfterMs: 30_000,
      areaOrder: order.orderOf(STREETS[street] ?? null),
      flags: fix.isMock ? personFlags.suspect : 0,
    })
  }
  const service = createNearestService({
    store,
    rightsOf: (viewer) => positionRights(viewer, (scope) => order.rangesOf(scope)),
    nameFor: (viewer, memberId) => people.nameFor(viewer, memberId),
    now: () => NOW,
  })
  return { city, service, people }
}

it('ranks and leaves out exactly those whom brute force does, within the reach of who asks', async () => {
  const homes = fc.array(place, { maxLength: 300 })
  const street = fc.option(fc.integer({ min: 0, max: STREETS.length - 1 }))
  await fc.assert(
    fc.asyncProperty(homes, place, fc.integer({ min: 1, max: 8 }), street, async (homes, from, limit, street) => {
      const { city, service } = setUp(homes)
      const viewer = viewerOf('dispatcher', [street === null ? '/' : (STREETS[street] ?? '')])
      const { ranked, leftOut } = await service.ask(viewer, from, limit)
      const expected = city.bruteForce(from, limit, NOW, street)
      expect(ranked.map(({ memberId }) => memberId)).toEqual(expected.ranked)
      expect(leftOut.slice(0, limit).map(({ memberId }) => memberId)).toEqual(expected.leftOut)
      for (const { leftOut } of ranked) expect(leftOut).toBeNull()
    }),
    // Six on one place, asked from a hand's breadth away: squares of equal distances round apart.
    { numRuns: 60, examples: [[Array.from({ length: 6 }, () => CENTRE), ASIDE, 1, null]] },
  )
})

it('names people from memory as a viewer may read them, and follows their records', async () => {
  const { people } = setUp([CENTRE])
  expect(people.nameFor(viewerOf('dispatcher', ['/1/']), 'm0')).toBe('成员0')
  people.update(onDuty('m0', '改名', '/1/', 1))
  expect(people.nameFor(viewerOf('dispatcher', ['/1/']), 'm0')).toBe('改名')
  expect(people.nameFor(viewerOf('dispatcher', ['/2/']), 'm0')).toBeNull()
  expect(people.nameFor(viewerOf('member', ['/1/']), 'm0')).toBeNull()
  people.remove('m0')
  people.update(onDuty('m0', '迟到', '/1/', 1))
  expect(people.nameFor(viewerOf('dispatcher', ['/1/']), 'm0')).toBeNull()
})
