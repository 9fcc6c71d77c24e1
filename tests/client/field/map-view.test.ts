/** The small map's own arithmetic, against what Web Mercator says. */
import { expect, it } from 'vitest'
import type { Bounds } from '#contract/geo'
import { mapView } from '../../../client/field/small-map/map-view.ts'
import { tileAt } from '../../support/tiles.ts'

const grid: Bounds = [113.921, 22.7643, 113.9252, 22.7677]

it('fits the box into the picture, its middle in the middle and its padding kept', () => {
  const view = mapView(grid, 132, 150, 14)
  const [left, top] = view.pixelOf([grid[0], grid[3]])
  const [right, bottom] = view.pixelOf([grid[2], grid[1]])
  expect(left + right).toBeCloseTo(132, 3)
  expect(top + bottom).toBeCloseTo(150, 3)
  expect(Math.min(left, top)).toBeCloseTo(14, 3)
})

it('asks for the tiles that show the picture, and puts their corners where they belong', () => {
  const view = mapView(grid, 358, 300, 14)
  const [tile] = view.tiles
  expect(tile).toBeDefined()
  const middle = tileAt([113.9231, 22.766], tile?.z ?? 0)
  expect(view.tiles).toContainEqual(middle)
  const corners = view.tiles.flatMap((each) => [view.pixelIn(each, 0, 0), view.pixelIn(each, 1, 1)])
  expect(Math.min(...corners.map(([x]) => x))).toBeLessThanOrEqual(0)
  expect(Math.max(...corners.map(([x]) => x))).toBeGreaterThanOrEqual(358)
  expect(Math.min(...corners.map(([, y]) => y))).toBeLessThanOrEqual(0)
  expect(Math.max(...corners.map(([, y]) => y))).toBeGreaterThanOrEqual(300)
})

it('knows how long a metre is', () => {
  const view = mapView(grid, 358, 300, 14)
  const [x0] = view.pixelOf([113.921, 22.766])
  const [x1] = view.pixelOf([113.9252, 22.766])
  // 0.0042° of longitude at this latitude.
  expect((x1 - x0) / view.pixelsPerMetre).toBeCloseTo(0.0042 * 111_319.5 * Math.cos((22.766 * Math.PI) / 180), -1)
})
