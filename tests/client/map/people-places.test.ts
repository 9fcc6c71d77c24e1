import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { peopleFeatures } from '../../../client/map/layers/people-features.ts'
import { beforeTurn, byNearness, bySpot, MOST_SPREAD, spreadOffsets } from '../../../client/map/layers/people-places.ts'
import { noPeople } from '../../../client/map/map-model.ts'
import { distanceMetres, type LonLat } from '../../../contract/geo.ts'
import type { FramePerson } from '../../../contract/position-frame.ts'
import { mapModel } from '../../support/map-model.ts'

const at = (handle: number, position: LonLat, more: Partial<FramePerson> = {}): FramePerson => ({
  handle,
  position,
  headingDegrees: null,
  ageMs: 0,
  accuracyMetres: 5,
  flags: 0,
  ...more,
})
const crowd = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 })), { maxLength: 60 })
  .map((places) => places.map(([x, y], index) => at(index, [113.93 + x * 1e-6, 22.75 + y * 1e-6])))

describe('people at one place', () => {
  it('are each in one group, within reach of its first, however they stand', () => {
    fc.assert(
      fc.property(crowd, fc.integer({ min: 1, max: 20 }), (people, metres) => {
        const groups = byNearness(people, metres)
        expect(
          groups
            .flat()
            .map(({ handle }) => handle)
            .toSorted((a, b) => a - b),
        ).toEqual(people.map(({ handle }) => handle))
        for (const [first, ...others] of groups)
          for (const other of others)
            expect(distanceMetres(first?.position ?? [0, 0], other.position)).toBeLessThanOrEqual(metres)
        // Two first ones within reach would have been one group.
        for (const [a] of groups)
          for (const [b] of groups)
            if (a && b && a !== b) expect(distanceMetres(a.position, b.position)).toBeGreaterThan(metres)
      }),
    )
  })

  it('keep their order when a fix gets fresher', () => {
    const people = [at(1, [113.93, 22.75]), at(2, [113.93, 22.75], { ageMs: 9_000 })]
    const before = byNearness(people, 5)
    const after = byNearness([people[1] ?? at(2, [0, 0]), people[0] ?? at(1, [0, 0])], 5)
    expect(after).toEqual(before)
    expect(bySpot(people.toReversed())[0]?.map(({ handle }) => handle)).toEqual([1, 2])
  })
})

describe('marks spread around a place', () => {
  it('do not cover one another', () => {
    for (let people = 2; people <= MOST_SPREAD; people++) {
      const offsets = spreadOffsets(people)
      expect(offsets).toHaveLength(people)
      offsets.forEach(([x, y], index) => {
        for (const [otherX, otherY] of offsets.slice(index + 1))
          expect(Math.hypot(x - otherX, y - otherY), `${people} people`).toBeGreaterThan(16)
      })
    }
  })

  it('stay where they are drawn when the map turns them to their heading', () => {
    const [x, y] = beforeTurn([20, 0], 90)
    // Turned clockwise by 90° on a screen, (x, y) becomes (−y, x).
    expect([-y, x].map(Math.round)).toEqual([20, 0])
  })
})

describe('the features', () => {
  const here: LonLat = [113.93, 22.75]
  const model = (count: number, spreadMetres: number | null) =>
    mapModel({
      people: {
        ...noPeople,
        spreadMetres,
        frame: {
          serverTime: 0,
          bounds: [113, 22, 114, 23],
          people: Array.from({ length: count }, (_, handle) => at(handle, here)),
          cells: [],
        },
      },
    })
  const properties = (count: number, metres: number | null) =>
    peopleFeatures(model(count, metres)).features.map((feature) => feature.properties ?? {})

  it('are one mark with a number further out, and one each close in', () => {
    expect(properties(4, null)).toMatchObject([{ stack: 'stack:4:dark' }])
    const close = properties(4, 5)
    expect(close[0]).toEqual({ fan: 'fan:4:dark' })
    expect(close.slice(1)).toHaveLength(4)
    for (const mark of close.slice(1)) expect(mark).toHaveProperty('aside')
  })

  it('leave somebody who stands alone where he is', () => {
    expect(properties(1, 5)[0]).not.toHaveProperty('aside')
  })

  it('stay a number where a ring would be too wide', () => {
    expect(properties(MOST_SPREAD + 1, 5)).toMatchObject([{ stack: `stack:${MOST_SPREAD + 1}:dark` }])
  })
})
