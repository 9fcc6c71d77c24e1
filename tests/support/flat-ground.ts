/** Geometry for checking a district: metres on a plane around its middle, and a hash of stretches to find near ones. */
import type { LonLat } from '#contract/geo'

export type Flat = readonly [x: number, y: number]
export type Stretch = readonly [Flat, Flat]

const METRES_PER_DEGREE = 111_195

/** Good to a few centimetres over the few kilometres of a district. */
export const flat = ([longitude, latitude]: LonLat): Flat => [
  (longitude - 113.93) * METRES_PER_DEGREE * Math.cos((22.75 * Math.PI) / 180),
  (latitude - 22.75) * METRES_PER_DEGREE,
]

export function stretchesOf(line: LonLat[]): Stretch[] {
  const points = line.map(flat)
  return points.slice(1).map((point, index) => [points[index] ?? point, point])
}

export function flatArea(ring: LonLat[]): number {
  return stretchesOf(ring).reduce((sum, [a, b]) => sum + (a[0] * b[1] - b[0] * a[1]) / 2, 0)
}

/** Even–odd rule over all sides of a polygon. */
export function holds(sides: readonly Stretch[], [x, y]: Flat): boolean {
  let isIn = false
  for (const [a, b] of sides) {
    if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) * (b[0] - a[0])) / (b[1] - a[1])) isIn = !isIn
  }
  return isIn
}

function fromPoint([x, y]: Flat, [a, b]: Stretch): number {
  const [alongX, alongY] = [b[0] - a[0], b[1] - a[1]]
  const length = alongX ** 2 + alongY ** 2
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * alongX + (y - a[1]) * alongY) / length))
  return Math.hypot(x - a[0] - alongX * share, y - a[1] - alongY * share)
}

const turn = (a: Flat, b: Flat, c: Flat) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

/** Metres between two stretches; 0 when they cross. */
export function between(one: Stretch, other: Stretch): number {
  const [[a, b], [c, d]] = [one, other]
  if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return 0
  return Math.min(fromPoint(a, other), fromPoint(b, other), fromPoint(c, one), fromPoint(d, one))
}

const CELL_METRES = 100

/** Finds what lies within about a cell of a stretch. */
export class NearIndex<Item> {
  private readonly cells = new Map<string, Set<Item>>()

  add(item: Item, stretch: Stretch, margin = 0): void {
    for (const key of keysOf(stretch, margin)) {
      const cell = this.cells.get(key) ?? new Set()
      this.cells.set(key, cell.add(item))
    }
  }

  near(stretch: Stretch, margin = 0): Set<Item> {
    const found = new Set<Item>()
    for (const key of keysOf(stretch, margin)) for (const item of this.cells.get(key) ?? []) found.add(item)
    return found
  }
}

function* keysOf([a, b]: Stretch, margin: number): Generator<string> {
  const cell = (value: number) => Math.floor(value / CELL_METRES)
  for (let x = cell(Math.min(a[0], b[0]) - margin); x <= cell(Math.max(a[0], b[0]) + margin); x++)
    for (let y = cell(Math.min(a[1], b[1]) - margin); y <= cell(Math.max(a[1], b[1]) + margin); y++) yield `${x},${y}`
}
