import { expect, it } from 'vitest'
import { distanceMetres, type LonLat } from '#contract/geo'
import { createRandom } from '../../../server/demo/random.ts'
import { buildRoadGraph, nearestNode } from '../../../server/demo/road-graph.ts'
import { Walker } from '../../../server/demo/walker.ts'

/** A lattice of streets, 20 by 20 crossings about 110 m apart. */
const crossing = (x: number, y: number): LonLat => [114 + x * 0.001, 22.7 + y * 0.001]
const steps = Array.from({ length: 20 }, (_, index) => index)
const streets = [
  ...steps.map((y) => steps.map((x) => crossing(x, y))),
  ...steps.map((x) => steps.map((y) => crossing(x, y))),
]

it('joins lines where they share a vertex and keeps the largest part', () => {
  const graph = buildRoadGraph([
    ...streets,
    [
      [115, 23],
      [115.001, 23],
    ],
  ])
  expect(graph.nodes).toHaveLength(400)
  expect(graph.neighbours[nearestNode(graph, crossing(10, 10))]).toHaveLength(4)
  expect(graph.neighbours[nearestNode(graph, [113.9, 22.6])]).toHaveLength(2)
})

it('walks on the network, no faster than it can, and stays about home', () => {
  const graph = buildRoadGraph(streets)
  for (let seed = 1; seed <= 20; seed++) {
    const home = crossing(10, 10)
    const walker = new Walker(graph, createRandom(seed), home)
    let before = walker.fix()
    let moved = 0
    for (let second = 0; second < 600; second++) {
      walker.step(1)
      const fix = walker.fix()
      if (fix && before) {
        // A stride, and the noise of two fixes.
        const metres = distanceMetres(before.position, fix.position)
        expect(metres).toBeLessThan(6 + 6 * fix.accuracyMetres)
        moved += metres
        expect(distanceMetres(fix.position, home)).toBeLessThan(2_500)
      }
      before = fix
    }
    expect(moved).toBeGreaterThan(0)
  }
})

it('gives the same morning for the same seed', () => {
  const graph = buildRoadGraph(streets)
  const morning = (seed: number) => {
    const walker = new Walker(graph, createRandom(seed), crossing(5, 5))
    for (let second = 0; second < 60; second++) walker.step(1)
    return walker.fix()
  }
  expect(morning(3)).toEqual(morning(3))
  expect(morning(3)).not.toEqual(morning(4))
})
