import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { easeFrame, MOST_EASED, movesBetween } from '../../../client/map/easing.ts'
import { type MapModel, noPeople } from '../../../client/map/map-model.ts'
import { createMotion } from '../../../client/map/motion.ts'
import type { LonLat } from '../../../contract/geo.ts'
import type { Frame } from '../../../contract/position-frame.ts'
import { everything, mapModel } from '../../support/map-model.ts'

const frameOf = (...places: LonLat[]): Frame => ({
  serverTime: 0,
  bounds: [113, 22, 114, 23],
  people: places.map((position, handle) => ({
    handle,
    position,
    headingDegrees: null,
    ageMs: 0,
    accuracyMetres: 5,
    flags: 0,
  })),
  cells: [],
})
/** About ten metres. */
const STEP = 1e-4
const before = frameOf([113.5, 22.5], [113.6, 22.5], [113.7, 22.5])
const after = frameOf([113.5 + STEP, 22.5], [113.6, 22.5], [113.8, 22.5])
const modelOf = (frame: Frame, more: Partial<MapModel> = {}) => mapModel({ people: { ...noPeople, frame }, ...more })
const longitudes = (model: MapModel | undefined) => model?.people.frame?.people.map(({ position }) => position[0])

describe('ways between two frames', () => {
  it('are shown of those who walked: not of who stands, and not of who is suddenly elsewhere', () => {
    expect([...movesBetween(before, after).keys()]).toEqual([0])
  })

  it('end where the newer frame has them', () => {
    const moves = movesBetween(before, after)
    expect(easeFrame(after, moves, 0).people[0]?.position).toEqual([113.5, 22.5])
    expect(easeFrame(after, moves, 0.5).people[0]?.position[0]).toBeCloseTo(113.5 + STEP / 2, 9)
    expect(easeFrame(after, moves, 1).people[0]?.position[0]).toBeCloseTo(113.5 + STEP, 9)
  })

  it('are not worked out for a crowd', () => {
    const many = (shift: number) =>
      frameOf(...Array.from({ length: MOST_EASED + 1 }, (_, index): LonLat => [113 + index / 1e3 + shift, 22]))
    expect(movesBetween(many(0), many(STEP)).size).toBe(0)
  })
})

describe('motion', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('walks from one frame to the next within a second, and ends exactly there', () => {
    const drawn: MapModel[] = []
    const motion = createMotion({ move: (model) => drawn.push(model), isStill: () => false, pixelMetres: () => 0.01 })
    motion.start(modelOf(before))
    expect(longitudes(motion.start(modelOf(after)))?.[0]).toBe(113.5)
    vi.advanceTimersByTime(1_000)
    const way = drawn.map((model) => longitudes(model)?.[0] ?? 0)
    expect(way.length).toBeGreaterThan(4)
    expect(way).toEqual(way.toSorted((a, b) => a - b))
    expect(drawn.at(-1)?.people.frame).toBe(after)
    vi.advanceTimersByTime(5_000)
    expect(drawn).toHaveLength(way.length)
  })

  it('draws a frame at once for whoever wants less motion, and while people are hidden', () => {
    for (const [isStill, visible] of [
      [true, everything(true)],
      [false, everything(false)],
    ] as const) {
      const drawn: MapModel[] = []
      const motion = createMotion({
        move: (model) => drawn.push(model),
        isStill: () => isStill,
        pixelMetres: () => 0.01,
      })
      motion.start(modelOf(before, { visible }))
      expect(motion.start(modelOf(after, { visible })).people.frame).toBe(after)
      vi.advanceTimersByTime(1_000)
      expect(drawn).toEqual([])
    }
  })

  it('goes on from the way when something else changes, and stops when it is told to', () => {
    const drawn: MapModel[] = []
    const motion = createMotion({ move: (model) => drawn.push(model), isStill: () => false, pixelMetres: () => 0.01 })
    motion.start(modelOf(before))
    const next = modelOf(after)
    motion.start(next)
    vi.advanceTimersByTime(500)
    const now = longitudes(motion.start({ ...next, theme: 'light' }))?.[0]
    expect(now).toBe(longitudes(drawn.at(-1))?.[0])
    motion.stop()
    const count = drawn.length
    vi.advanceTimersByTime(2_000)
    expect(drawn).toHaveLength(count)
  })
})
