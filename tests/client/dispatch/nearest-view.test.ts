import { describe, expect, it } from 'vitest'
import { nearestRows, walkedMetres } from '../../../client/dispatch/people/nearest-view.ts'
import { areInSight, boundsOf, isTooSmall } from '../../../client/dispatch/people/use-nearest-asking.ts'
import type { Bounds } from '../../../contract/geo.ts'
import type { NearbyPerson } from '../../../contract/positions.ts'

const near = (memberId: string, straightMetres: number, accuracyMetres = 10, ageMs = 5_000): NearbyPerson => ({
  memberId,
  name: memberId,
  position: [113.93, 22.75],
  straightMetres,
  accuracyMetres,
  ageMs,
  worstMetres: straightMetres + accuracyMetres + ageMs / 1_000,
  leftOut: null,
})
const order = (rows: ReturnType<typeof nearestRows>) => rows.map(({ person }) => person.memberId)

describe('the list of the nearest', () => {
  it('stands in the order of the answer, numbered from one', () => {
    const rows = nearestRows([near('a', 100), near('b', 200)], null)
    expect(rows.map(({ rank, person }) => [rank, person.memberId])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ])
  })

  it('shows what the worst case is made of, against the furthest', () => {
    const [first, last] = nearestRows([near('a', 50, 30, 20_000), near('b', 150, 30, 20_000)], null)
    expect(first?.shares).toEqual({ straight: 0.25, accuracy: 0.15, age: 0.1 })
    expect(last && last.shares.straight + last.shares.accuracy + last.shares.age).toBeCloseTo(1)
    expect(walkedMetres({ ageMs: 90_000 })).toBe(90)
  })

  it('holds the lines somebody points at, while ranks and numbers are the new ones', () => {
    const rows = nearestRows([near('b', 90), near('a', 100), near('new', 110)], ['a', 'b', 'gone'])
    expect(order(rows)).toEqual(['a', 'b', 'new'])
    expect(rows.map(({ rank }) => rank)).toEqual([2, 1, 3])
  })

  it('is empty when nobody can be ranked', () => {
    expect(nearestRows([], null)).toEqual([])
  })
})

describe('whether the map must move to show them', () => {
  const view: Bounds = [113, 22, 114, 23]
  it('says so for a place under the list or outside', () => {
    expect(areInSight([[113.5, 22.5]], view, { left: 0.3, right: 0 })).toBe(true)
    expect(areInSight([[113.2, 22.5]], view, { left: 0.3, right: 0 })).toBe(false)
    expect(areInSight([[113.2, 22.5]], view, { left: 0, right: 0.3 })).toBe(true)
    expect(
      areInSight(
        [
          [113.5, 22.5],
          [113.5, 23.2],
        ],
        view,
        { left: 0, right: 0 },
      ),
    ).toBe(false)
  })

  it('says so for people on one spot of it', () => {
    const pair = (apart: number): [number, number][] => [
      [113.5, 22.5],
      [113.5 + apart, 22.5],
    ]
    expect(isTooSmall(pair(0.05), view)).toBe(true)
    expect(isTooSmall(pair(0.4), view)).toBe(false)
  })

  it('finds the box around them', () => {
    expect(
      boundsOf([
        [113.5, 22.4],
        [113.2, 22.9],
      ]),
    ).toEqual([113.2, 22.4, 113.5, 22.9])
  })
})
