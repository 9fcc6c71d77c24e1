import { expect, it } from 'vitest'
import { personFlags, readFrame } from '#contract/position-frame'
import { AreaOrder } from '../../../server/positions/area-order.ts'
import { createFrames, type PositionRights } from '../../../server/positions/frames.ts'
import { LiveStore } from '../../../server/positions/live-store.ts'
import { cellSize } from '../../../server/positions/viewed-box.ts'

const NOW = 1_800_000_000_000
const order = new AreaOrder(['/s/', '/s/a/', '/s/a/1/', '/s/b/', '/s/b/1/', '/t/'])
const view = { bounds: [114, 22.7, 114.04, 22.71] as [number, number, number, number], zoom: 14 }
const rights = (scope: string[], over: Partial<PositionRights> = {}): PositionRights => ({
  detail: 'full',
  ranges: order.rangesOf(scope),
  onlyMemberId: null,
  ...over,
})

function setUp() {
  const store = new LiveStore(view.bounds)
  let handle = 1
  const put = (memberId: string, longitude: number, path: string | null, ageMs = 0) =>
    store.put({
      memberId,
      handle: handle++,
      position: [longitude, 22.705],
      fixAt: NOW - ageMs,
      accuracyMetres: 8,
      headingDegrees: 90,
      staleAfterMs: 30_000,
      areaOrder: order.orderOf(path),
      flags: 0,
    })
  put('a', 114.01, '/s/a/1/')
  put('b', 114.02, '/s/b/1/', 45_000)
  put('none', 114.03, null)
  const frames = createFrames({ store, now: () => NOW })
  const handles = (frameOf: Uint8Array) => readFrame(frameOf).people.map(({ handle }) => handle)
  const handleOf = (id: string) => store.handleAt(store.slotOf(id) ?? -1)
  return { store, frames, put, handles, handleOf }
}

it('shows a viewer the people of his subtrees and nobody else', () => {
  const { frames, handles, handleOf } = setUp()
  expect(handles(frames.build(view, rights(['/s/a/'])))).toEqual([handleOf('a')])
  expect(handles(frames.build(view, rights(['/s/']))).sort()).toEqual([handleOf('a'), handleOf('b')])
  expect(handles(frames.build(view, rights(['/'])))).toHaveLength(3)
  expect(handles(frames.build(view, rights(['/t/', '/gone/'])))).toEqual([])
  expect(handles(frames.build(view, rights([])))).toEqual([])
})

it('shows one who may only see himself just that', () => {
  const { frames, handles, handleOf } = setUp()
  expect(handles(frames.build(view, rights(['/'], { onlyMemberId: 'b' })))).toEqual([handleOf('b')])
})

it('marks who is stale and says how old the fix is', () => {
  const { frames } = setUp()
  const [person] = readFrame(frames.build(view, rights(['/s/b/']))).people
  expect(person?.ageMs).toBe(45_000)
  expect((person?.flags ?? 0) & personFlags.stale).toBe(personFlags.stale)
})

it('rounds places to the detail of the role', () => {
  const { frames } = setUp()
  const [exact] = readFrame(frames.build(view, rights(['/s/a/']))).people
  expect(exact?.position[0]).toBeCloseTo(114.01, 5)
  const [snapped] = readFrame(frames.build(view, rights(['/s/a/'], { detail: 'snap50' }))).people
  // The middle of a 50 m cell is not where he is.
  expect(Math.abs((snapped?.position[0] ?? 0) - 114.01)).toBeGreaterThan(1e-6)
  expect(Math.abs((snapped?.position[0] ?? 0) - 114.01)).toBeLessThan(0.0005)
})

it('only counts for those who may only count, and for everybody when zoomed out', () => {
  const { frames } = setUp()
  const counted = readFrame(frames.build(view, rights(['/'], { detail: 'counts' })))
  expect(counted.people).toEqual([])
  expect(counted.cells.reduce((sum, { people }) => sum + people, 0)).toBe(3)
  expect(counted.cells.reduce((sum, { stale }) => sum + stale, 0)).toBe(1)
  const far = readFrame(frames.build({ ...view, zoom: 8 }, rights(['/s/a/'])))
  expect(far.people).toEqual([])
  expect(far.cells.reduce((sum, { people }) => sum + people, 0)).toBe(1)
})

/** Halves a box until it is smaller than a house; returns how far from the person, in degrees, the hunt ended. */
function hunt(detail: PositionRights['detail']) {
  const { frames, put } = setUp()
  put('a', HUNTED, '/s/a/1/')
  const sees = (bounds: [number, number, number, number]) => {
    const { people, cells } = readFrame(frames.build({ bounds, zoom: 20 }, rights(['/s/a/'], { detail })))
    return people.length + cells.reduce((sum, cell) => sum + cell.people, 0) > 0
  }
  let [low, high] = [114.0, 114.02]
  while (high - low > 1e-6) {
    const middle: number = (low + high) / 2
    if (sees([low, 22.7, middle, 22.71])) high = middle
    else low = middle
  }
  return Math.abs((low + high) / 2 - HUNTED)
}
const HUNTED = 114.0123

it('tells where somebody is by no choice of boxes to one who may only count, or only see a rounded place', () => {
  expect(hunt('full')).toBeLessThan(1e-6)
  // The hunt ends on the middle of the 50 m square, or on the edge of the cell, and not on him.
  expect(hunt('snap50')).toBeGreaterThan(0.00005)
  expect(hunt('counts')).toBeGreaterThan(0.002)
})

it('counts in lattices that nest, whatever span is asked for', () => {
  const sizes = new Set(Array.from({ length: 400 }, (_, index) => cellSize(0.001 + index * 0.0007, 0.005, 32)))
  expect([...sizes].sort((a, b) => a - b)).toEqual([0.005, 0.01])
})
