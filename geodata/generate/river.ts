/** The water itself: the banks of the river, from well before the district to well beyond it. */
import type { Town } from './ground.ts'
import type { Point } from './plane.ts'

const STEP = 30

export function layRiver(town: Town): { surface: Point[]; middle: Point[] } {
  const all = town.map.corners.map(([s]) => s)
  const [west, east] = [Math.min(...all), Math.max(...all)]
  const [north, south, middle]: [Point[], Point[], Point[]] = [[], [], []]
  for (let s = west; s <= east; s += STEP) {
    const half = town.riverHalfWidth(s)
    north.push(town.bend([s, half]))
    south.push(town.bend([s, -half]))
    middle.push(town.bend([s, 0]))
  }
  return { surface: [...south, ...north.reverse()], middle }
}
