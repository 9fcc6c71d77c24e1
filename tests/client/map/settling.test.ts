/** A crowd is drawn anew only where that shows, and never further off than a pixel. */
import { describe, expect, it } from 'vitest'
import { MOST_EASED } from '../../../client/map/easing.ts'
import { peopleFeatures } from '../../../client/map/layers/people-features.ts'
import { noPeople } from '../../../client/map/map-model.ts'
import { createMotion } from '../../../client/map/motion.ts'
import { settleFrame } from '../../../client/map/settling.ts'
import { distanceMetres, type LonLat } from '../../../contract/geo.ts'
import { type Frame, type FramePerson, personFlags } from '../../../contract/position-frame.ts'
import { createRandom } from '../../../server/demo/random.ts'
import { mapModel } from '../../support/map-model.ts'

const METRE = 1 / 111_195
const person = (handle: number, position: LonLat, more: Partial<FramePerson> = {}): FramePerson => ({
  handle,
  position,
  headingDegrees: 90,
  ageMs: 1_000,
  accuracyMetres: 5,
  flags: 0,
  ...more,
})
const frameOf = (...people: FramePerson[]): Frame => ({ serverTime: 0, bounds: [113, 22, 115, 24], people, cells: [] })
const HERE: LonLat = [114, 22.7]
const north = (metres: number): LonLat => [HERE[0], HERE[1] + metres * METRE]
const settled = (before: FramePerson, after: FramePerson, exact: number | null = null) =>
  settleFrame(frameOf(before), frameOf(after), 5, exact).people[0]

describe('a mark', () => {
  const before = person(1, HERE)

  it('is the very same while its person stays within a pixel', () => {
    expect(settled(before, person(1, north(4), { headingDegrees: 97, ageMs: 9_000, accuracyMetres: 8 }))).toBe(before)
  })

  it('goes where its person is once that is a pixel away', () => {
    const after = person(1, north(6))
    expect(settled(before, after)).toBe(after)
  })

  it.each([
    ['a turn', { headingDegrees: 101 }],
    ['a heading that is known no more', { headingDegrees: null }],
    ['a call', { flags: personFlags.inCall }],
    ['an old fix', { flags: personFlags.stale }],
  ])('shows %s at once, where it is', (_name, more) => {
    expect(settled(before, person(1, north(4), more))).toMatchObject({ ...more, position: HERE })
  })

  it('knows that north is next to north', () => {
    const northward = person(1, HERE, { headingDegrees: 358 })
    expect(settled(northward, person(1, HERE, { headingDegrees: 3 }))).toBe(northward)
  })

  it('tells the age of an old fix by the minute', () => {
    const old = (ageMs: number) => person(1, HERE, { flags: personFlags.stale, ageMs })
    const told = old(120_000)
    expect(settled(told, old(140_000))).toBe(told)
    expect(settled(told, old(170_000))?.ageMs).toBe(170_000)
  })

  it('of the one in focus is exact', () => {
    const after = person(1, north(1))
    expect(settled(before, after, 1)).toBe(after)
  })
})

describe('a crowd', () => {
  const random = createRandom(3)
  const COUNT = MOST_EASED + 100
  let walking = Array.from({ length: COUNT }, (_, handle) =>
    person(handle, [HERE[0] + random.between(0, 0.05), HERE[1] + random.between(0, 0.05)]),
  )
  const walk = () => {
    walking = walking.map((each) => ({
      ...each,
      position: [each.position[0] + random.normal() * METRE, each.position[1] + random.normal() * METRE],
      ageMs: random.between(0, 9_000),
    }))
    return frameOf(...walking)
  }
  const modelOf = (frame: Frame) => mapModel({ people: { ...noPeople, frame } })

  it('is never drawn further off than a pixel, holds everybody, and is mostly left as it is', () => {
    const motion = createMotion({ move() {}, isStill: () => false, pixelMetres: () => 6 })
    let drawn = motion.start(modelOf(walk())).people.frame?.people ?? []
    let kept = 0
    for (let second = 0; second < 60; second++) {
      const truth = walk()
      const before = new Set(drawn)
      drawn = motion.start(modelOf(truth)).people.frame?.people ?? []
      expect(drawn.map(({ handle }) => handle)).toEqual(truth.people.map(({ handle }) => handle))
      const off = drawn.map((each, index) => distanceMetres(each.position, truth.people[index]?.position ?? [0, 0]))
      expect(Math.max(...off)).toBeLessThan(6.1)
      kept += drawn.filter((each) => before.has(each)).length
    }
    expect(kept / (60 * COUNT)).toBeGreaterThan(0.8)
    expect(kept).toBeLessThan(60 * COUNT)
  })

  it('draws a few exactly', () => {
    const motion = createMotion({ move() {}, isStill: () => true, pixelMetres: () => 1_000 })
    motion.start(modelOf(frameOf(person(1, HERE))))
    expect(motion.start(modelOf(frameOf(person(1, north(2))))).people.frame?.people[0]?.position).toEqual(north(2))
  })

  it('stays as it is drawn when something else changes, and is no other object for the layers', () => {
    const motion = createMotion({ move() {}, isStill: () => false, pixelMetres: () => 6 })
    motion.start(modelOf(walk()))
    const told = modelOf(walk())
    const first = motion.start(told)
    expect(motion.start({ ...told, theme: 'light' }).people).toBe(first.people)
  })

  it('costs no new features for those who are the same, and new ones when they are named or the theme turns', () => {
    const model = modelOf(walk())
    const again = peopleFeatures({ ...model }).features
    const { features } = peopleFeatures(model)
    expect(features.filter((feature, index) => feature !== again[index])).toEqual([])
    const dark = new Set(features)
    expect(peopleFeatures({ ...model, theme: 'light' }).features.some((feature) => dark.has(feature))).toBe(false)
  })
})
