import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rowAfterKey, rowsInSight } from '../../../client/dispatch/queue/window.ts'
import { paneLimits, paneWidth } from '../../../client/dispatch/shell-widths.ts'

it('gives the panes the widths of the drawing, wider from 1920 on', () => {
  expect(paneLimits('queue', 1440, 364).default).toBe(304)
  expect(paneLimits('card', 1440, 304).default).toBe(364)
  expect(paneLimits('queue', 1920, 400).default).toBe(340)
  expect(paneLimits('card', 1920, 340).default).toBe(400)
})

it('leaves the map its share however a pane is dragged', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1280, max: 7680 }), fc.integer({ min: 0, max: 5_000 }), (screen, wish) => {
      const queue = paneWidth(wish, paneLimits('queue', screen, 364))
      expect(screen - queue - 364).toBeGreaterThanOrEqual(560)
      expect(queue).toBeGreaterThanOrEqual(240)
    }),
  )
})

it('draws only the rows in sight and a few beside them', () => {
  expect(rowsInSight(0, 510, 51, 50_000)).toEqual([0, 16])
  expect(rowsInSight(51 * 1_000, 510, 51, 50_000)).toEqual([994, 1_016])
  expect(rowsInSight(51 * 1_000, 510, 51, 3)).toEqual([3, 3])
  expect(rowsInSight(0, 0, 51, 0)).toEqual([0, 0])
})

it('moves through the rows by keys and stops at the ends', () => {
  expect(rowAfterKey('ArrowDown', -1, 10, 5)).toBe(0)
  expect(rowAfterKey('ArrowDown', 9, 10, 5)).toBe(9)
  expect(rowAfterKey('ArrowUp', 0, 10, 5)).toBe(0)
  expect(rowAfterKey('ArrowUp', -1, 10, 5)).toBe(9)
  expect(rowAfterKey('PageDown', 2, 10, 5)).toBe(7)
  expect(rowAfterKey('PageUp', 2, 10, 5)).toBe(0)
  expect(rowAfterKey('End', 2, 10, 5)).toBe(9)
  expect(rowAfterKey('Home', 2, 10, 5)).toBe(0)
  expect(rowAfterKey('a', 2, 10, 5)).toBeNull()
  expect(rowAfterKey('ArrowDown', -1, 0, 5)).toBeNull()
})
