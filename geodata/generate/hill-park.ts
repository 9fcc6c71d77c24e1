/** The hill: wood, a lake, footpaths that start at corners of its edge. */
import type { Town } from './ground.ts'
import type { PlanarMap } from './planar-map.ts'
import { add, distance, type Point, scale } from './plane.ts'
import { createRandom } from './random.ts'

export interface HillPark {
  face: number
  edge: Point[]
  /** Shares of the way from the middle to the edge: higher ground inside. */
  contours: Point[][]
  lake: Point[]
  paths: Point[][]
  middle: Point
}

const SPOKES = 48

export function layHillPark(seed: number, town: Town): HillPark | null {
  const hill = town.blocks.find(({ use }) => use === 'hill')
  const face = hill?.leaves[0]
  if (!hill || face === undefined) return null
  const random = createRandom(seed, 'hill')
  const waves = [2, 3, 5].map((count) => ({ count, phase: random.between(0, 2 * Math.PI), size: 0.13 / count }))
  const wobble = (turn: number) =>
    waves.reduce((sum, { count, phase, size }) => sum + size * Math.sin(count * turn + phase), 0)
  const { map } = town
  const middle = hill.middle
  const reach = (turn: number) => reachOf(map, face, middle, turn)
  const ringAt = (share: number) =>
    Array.from({ length: SPOKES }, (_, index) => {
      const turn = (index / SPOKES) * 2 * Math.PI
      return town.bend(
        add(middle, scale([Math.cos(turn), Math.sin(turn)], reach(turn) * share * (1 + wobble(turn) * 2))),
      )
    })

  const lakeMiddle = add(middle, [random.between(190, 260), -random.between(110, 170)])
  const lake = Array.from({ length: 28 }, (_, index) => {
    const turn = (index / 28) * 2 * Math.PI
    const radius = 92 * (1 + 2.2 * wobble(turn * 1 + 1))
    return town.bend(add(lakeMiddle, [Math.cos(turn) * radius * 1.35, Math.sin(turn) * radius * 0.85]))
  })

  const loop = ringAt(0.68)
  const gates = pickGates(town, face, 6)
  const spurs = gates.map((gate) => windingPath(gate, nearest(loop, gate), random.between(-0.12, 0.12)))
  const summit = town.bend(add(middle, [random.between(-80, 80), random.between(-60, 60)]))
  const climbs = [4, 20, 34].map((at) => windingPath(loop[at] ?? summit, summit, 0.22))
  return {
    face,
    edge: town.groundRing(face),
    contours: [0.82, 0.62, 0.4].map(ringAt),
    lake,
    paths: [[...loop, loop[0] ?? summit], ...spurs, ...climbs],
    middle: summit,
  }
}

function reachOf(map: PlanarMap, face: number, middle: Point, turn: number): number {
  const ends = map.chordEnds(face, middle, [Math.cos(turn), Math.sin(turn)], 0)
  return ends ? ends.ahead.reach : 0
}

/** Corners of the edge where a street arrives, spread around the hill. */
function pickGates(town: Town, face: number, count: number): Point[] {
  const { ring } = town.map.face(face)
  const onStreet = ring.filter((corner, index) => {
    const [before, after] = [ring.at(index - 1) ?? corner, ring[(index + 1) % ring.length] ?? corner]
    return town.map.side(before, corner).street !== town.map.side(corner, after).street || index % 7 === 0
  })
  const step = Math.max(1, Math.floor(onStreet.length / count))
  return onStreet.filter((_, index) => index % step === 0).map(town.placeOf)
}

const nearest = (points: Point[], to: Point): Point =>
  points.reduce((best, point) => (distance(point, to) < distance(best, to) ? point : best))

/** From one point to another in a curve that sways by `bow` of its length. */
function windingPath(from: Point, to: Point, bow: number): Point[] {
  const along: Point = [to[0] - from[0], to[1] - from[1]]
  const steps = Math.max(3, Math.round(Math.hypot(along[0], along[1]) / 45))
  return Array.from({ length: steps + 1 }, (_, index) => {
    if (index === 0) return from
    if (index === steps) return to
    const share = index / steps
    const sway = bow * Math.sin(share * Math.PI) + 0.02 * Math.sin(share * 9)
    return [from[0] + along[0] * share - along[1] * sway, from[1] + along[1] * share + along[0] * sway]
  })
}
