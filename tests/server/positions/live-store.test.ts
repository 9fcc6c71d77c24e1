import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LonLat } from '#contract/geo'
import { LiveStore } from '../../../server/positions/live-store.ts'

const NOW = 1_800_000_000_000
const person = (memberId: string, position: LonLat, accuracyMetres = 0, ageMs = 0) => ({
  memberId,
  handle: Number(memberId.slice(1)) || 0,
  position,
  fixAt: NOW - ageMs,
  accuracyMetres,
  headingDegrees: null,
  staleAfterMs: 30_000,
  areaOrder: 0,
  flags: 0,
})
const place = fc.tuple(
  fc.double({ min: 113.9, max: 114.2, noNaN: true }),
  fc.double({ min: 22.6, max: 22.9, noNaN: true }),
)
const move = fc.record({
  id: fc.integer({ min: 0, max: 60 }),
  place,
  accuracy: fc.integer({ min: 0, max: 300 }),
  age: fc.integer({ min: 0, max: 600_000 }),
  leaves: fc.boolean(),
})

/** The plainest possible answer: every person, the same flat metric, sorted. */
function bruteForce(people: Map<string, ReturnType<typeof person>>, [longitude, latitude]: LonLat, limit: number) {
  const perDegree = (Math.PI / 180) * 6_371_008.8
  return [...people.values()]
    .map(({ memberId, position, accuracyMetres, fixAt }) => {
      const east = (position[0] - longitude) * perDegree * Math.cos((latitude * Math.PI) / 180)
      const north = (position[1] - latitude) * perDegree
      return { memberId, worst: Math.hypot(east, north) + accuracyMetres + (NOW - fixAt) / 1000 }
    })
    .sort((a, b) => a.worst - b.worst)
    .slice(0, limit)
}

it('answers nearest as brute force does, through moves, leaves and growth', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 200 }), place, fc.integer({ min: 1, max: 12 }), (moves, from, limit) => {
      const store = new LiveStore([114, 22.7, 114.1, 22.8], 4)
      const people = new Map<string, ReturnType<typeof person>>()
      for (const { id, place, accuracy, age, leaves } of moves) {
        const memberId = `m${id}`
        if (leaves) {
          expect(store.remove(memberId)).toBe(people.delete(memberId))
          continue
        }
        people.set(memberId, person(memberId, place, accuracy, age))
        store.put(person(memberId, place, accuracy, age))
      }
      expect(store.size).toBe(people.size)
      const found = store.nearest(from, limit, NOW, () => true)
      const expected = bruteForce(people, from, limit)
      expect(found).toHaveLength(expected.length)
      for (const [index, { worstMetres }] of found.entries())
        expect(worstMetres).toBeCloseTo(expected[index]?.worst ?? 0, 3)
    }),
  )
})

it('finds exactly those inside a box', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 120 }), place, place, (places, [lonA, latA], [lonB, latB]) => {
      const store = new LiveStore([114, 22.7, 114.1, 22.8], 8)
      for (const [index, position] of places.entries()) store.put(person(`m${index}`, position))
      const box = [Math.min(lonA, lonB), Math.min(latA, latB), Math.max(lonA, lonB), Math.max(latA, latB)] as const
      const found = [...store.within([...box])].map((slot) => store.memberAt(slot) ?? '')
      const expected = places.flatMap(([longitude, latitude], index) =>
        longitude >= box[0] && longitude <= box[2] && latitude >= box[1] && latitude <= box[3] ? [`m${index}`] : [],
      )
      expect(found.sort()).toEqual(expected.sort())
    }),
  )
})

it('asks the filter and fills up with the next', () => {
  const store = new LiveStore([114, 22.7, 114.1, 22.8])
  for (let index = 0; index < 50; index++) store.put(person(`m${index}`, [114 + index * 0.001, 22.75]))
  const even = store.nearest([114, 22.75], 3, NOW, (slot) => slot % 2 === 1)
  expect(even.map(({ slot }) => store.memberAt(slot))).toEqual(['m1', 'm3', 'm5'])
})
