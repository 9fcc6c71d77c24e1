/**
 * The lie of the land: how the plan (s along the river, t across it, in metres) is bent into the town.
 * The bend is smooth and never folds, so what is a partition in the plan is one on the ground.
 */
import { add, type Point, rotate, scale } from './plane.ts'
import { createRandom } from './random.ts'

export interface Hill {
  middle: Point
  /** Half its extent along s and t. */
  reach: Point
}

export interface Terrain {
  /** From plan to ground, both in metres. */
  bend(plan: Point): Point
  hill: Hill
  /** Half the width of the river at s. */
  riverHalfWidth(s: number): number
}

/** Beyond this the river's meander no longer bends the streets. */
const MEANDER_REACH = 1_500
const HILL_PUSH = 560
const HILL_PUSH_REACH = 860

export function createTerrain(seed: number): Terrain {
  const random = createRandom(seed, 'terrain')
  const phase = [0, 1, 2].map(() => random.between(0, 2 * Math.PI))
  const [phaseA = 0, phaseB = 0, phaseC = 0] = phase
  const tilt = random.between(0.16, 0.3) * (random.chance(0.5) ? 1 : -1)
  const hill: Hill = { middle: [-2_050 + random.between(-120, 120), 1_620], reach: [1_050, 800] }
  const ripple = createRipple(seed)

  const meander = (s: number) =>
    330 * Math.sin((2 * Math.PI * s) / 4_600 + phaseA) + 120 * Math.sin((2 * Math.PI * s) / 2_300 + phaseB)
  const slope = (s: number) => (meander(s + 1) - meander(s - 1)) / 2

  function followRiver([s, t]: Point): Point {
    const near = Math.exp(-((t / MEANDER_REACH) ** 2))
    const across = 0.6 * t * Math.exp(-((t / 700) ** 2))
    return [s - slope(s) * across, t + meander(s) * near]
  }

  /** Streets give way to the hill. */
  function pushByHill(point: Point): Point {
    const away: Point = [point[0] - hill.middle[0], point[1] - hill.middle[1]]
    const near = Math.hypot(away[0], away[1]) / HILL_PUSH_REACH
    return add(point, scale(away, (HILL_PUSH / HILL_PUSH_REACH) * Math.exp(-near * near)))
  }

  /** The whole valley is turned, a little more in the east than in the west. */
  const turnValley = (point: Point) => rotate(point, tilt * (1 + 0.35 * Math.sin(point[0] / 2_600)))

  return {
    hill,
    bend: (plan) => turnValley(add(pushByHill(followRiver(plan)), ripple(plan))),
    riverHalfWidth: (s) => 43 + 9 * Math.sin(s / 780 + phaseC) + 5 * Math.sin(s / 310 + phaseA),
  }
}

/** Slow waves in both directions, so that no street is quite straight. */
function createRipple(seed: number): (plan: Point) => Point {
  const random = createRandom(seed, 'ripple')
  const waves = [1_900, 2_700, 3_700, 1_450].map((length, index) => {
    const direction = random.between(0, Math.PI)
    const size = (index + 1) % 2 === 0 ? 52 : 38
    return {
      along: [Math.cos(direction) / length, Math.sin(direction) / length] as const,
      push: rotate([size, 0], random.between(0, 2 * Math.PI)),
      phase: random.between(0, 2 * Math.PI),
    }
  })
  return ([s, t]) =>
    waves.reduce<Point>(
      (sum, { along, push, phase }) =>
        add(sum, scale(push, Math.sin(2 * Math.PI * (along[0] * s + along[1] * t) + phase))),
      [0, 0],
    )
}
