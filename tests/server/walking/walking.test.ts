import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LonLat } from '#contract/geo'
import { atOnce, inSlices } from '../../../server/walking/in-slices.ts'
import { buildNetwork, type WalkingNetwork } from '../../../server/walking/network.ts'
import { createWalkingService } from '../../../server/walking/walking.service.ts'
import { MAX_ACCESS_METRES, WalkingSearch } from '../../../server/walking/walking-search.ts'
import { demoDistrict } from '../../support/demo-district.ts'
import { WalkingOracle } from '../../support/walking-oracle.ts'

/** About 100 metres. */
const STEP = 0.001
const corner = (x: number, y: number): LonLat => [114 + x * STEP, 22.7 + y * STEP]
/** Streets of a lattice, west of the corner (0, 0) when `dx` is negative. */
function lattice(columns: number, rows: number, dx = 0): LonLat[][] {
  const across = Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => corner(x + dx, y)))
  const up = Array.from({ length: columns }, (_, x) => Array.from({ length: rows }, (_, y) => corner(x + dx, y)))
  return [...across, ...up]
}
function networkOf(lines: LonLat[][]): WalkingNetwork {
  const network = atOnce(buildNetwork(lines))
  if (!network) throw new Error('There is no network.')
  return network
}
const walk = (network: WalkingNetwork, from: LonLat, to: LonLat, atMost?: number) =>
  WalkingSearch.from(network, from)?.to(to, atMost)
const metresOf = (found: unknown) => (typeof found === 'object' && found ? (found as { metres: number }).metres : found)

const place = fc.tuple(fc.double({ min: -0.5, max: 9.5, noNaN: true }), fc.double({ min: -0.5, max: 9.5, noNaN: true }))

it('walks as the oracle does, between any places, whichever streets are missing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 180, maxLength: 180 }),
      place,
      fc.array(place, { minLength: 1, maxLength: 12 }),
      (kept, from, targets) => {
        const streets = lattice(10, 10)
          .flatMap((line) => line.slice(1).map((to, at): LonLat[] => [line[at] as LonLat, to]))
          .filter((_, at) => kept[at] || at % 3 > 0)
        const network = atOnce(buildNetwork(streets))
        const oracle = new WalkingOracle(streets)
        if (!network) return expect(oracle.stretches).toEqual([])
        const start = oracle.attach(corner(...from))
        const reached = oracle.reach(start)
        const search = WalkingSearch.from(network, corner(...from))
        for (const target of targets) {
          const expected = oracle.metres(start, reached, oracle.attach(corner(...target)))
          const actual = search?.to(corner(...target))
          if (expected === Number.POSITIVE_INFINITY) expect(actual).toBe('noWay')
          else expect(metresOf(actual)).toBeCloseTo(expected, 3)
          expect(search?.to(corner(...target), expected - 1)).toBe(actual === 'noWay' ? 'noWay' : 'beyond')
        }
      },
    ),
    { numRuns: 60 },
  )
})

describe('a river', () => {
  const west = lattice(8, 8, -9)
  const east = lattice(8, 8, 2)
  const here = corner(-2, 4)
  const over = corner(2, 4)

  it('cuts: there is no way to the other bank', () => {
    expect(walk(networkOf([...west, ...east]), here, over)).toBe('noWay')
    expect(walk(networkOf([...west, ...east]), here, corner(-5, 4))).toMatchObject({ metres: expect.any(Number) })
  })

  it('is crossed where a bridge meets the streets of both banks, however far that is', () => {
    const bridge = [corner(-2, 0), corner(0, 0), corner(2, 0)]
    const found = metresOf(walk(networkOf([...west, ...east, bridge]), here, over))
    // Four squares down, four over, four up again.
    expect(found).toBeGreaterThan(1_200)
    expect(found).toBeLessThan(1_400)
  })

  it('is not crossed by a bridge that only passes over streets', () => {
    const flyover = [corner(-3.5, 0.5), corner(3.5, 0.5)]
    expect(walk(networkOf([...west, ...east, flyover]), here, over)).toBe('noWay')
  })
})

it('leaves out parts of fewer than fifty corners: whoever stands there is taken to the streets around', () => {
  const courtyard = [
    [corner(1.4, 1.4), corner(1.6, 1.4)],
    [corner(1.6, 1.4), corner(1.6, 1.6)],
  ] as LonLat[][]
  const network = networkOf([...lattice(8, 8), ...courtyard])
  expect(network.longitudes).toHaveLength(64)
  expect(walk(network, corner(1.6, 1.5), corner(5, 5))).toMatchObject({ metres: expect.any(Number) })
  expect(atOnce(buildNetwork(lattice(7, 7)))).toBeNull()
  expect(atOnce(buildNetwork([]))).toBeNull()
})

it('says who is far from every street, and finds no way from there', () => {
  const network = networkOf(lattice(8, 8))
  const [inside, outside] = [MAX_ACCESS_METRES - 50, MAX_ACCESS_METRES + 50].map((metres) => corner(-metres / 103, 3))
  expect(walk(network, corner(3, 3), inside as LonLat)).toMatchObject({ metres: expect.any(Number) })
  expect(walk(network, corner(3, 3), outside as LonLat)).toBe('offNetwork')
  expect(WalkingSearch.from(network, outside as LonLat)).toBeNull()
})

it('builds in slices between which others get their turn', async () => {
  let turns = 0
  let isBuilding = true
  const count = () => {
    turns++
    if (isBuilding) setImmediate(count)
  }
  setImmediate(count)
  // No slice is so short that it would not end: however fast the machine, others come in at each place to stop.
  const sliced = await inSlices(buildNetwork(lattice(120, 120)), 0)
  isBuilding = false
  expect(turns).toBeGreaterThan(3)
  expect(sliced?.metres).toHaveLength(2 * 120 * 119)
})

it('keeps the network before until the new one is there, and builds again when asked meanwhile', async () => {
  let streets = lattice(8, 8)
  let reads = 0
  async function* ways() {
    reads++
    yield streets
  }
  const walking = createWalkingService({ queries: { ways } })
  expect(walking.from(corner(3, 3))).toBeNull()
  await walking.rebuild()
  expect(walking.size()).toBe(64)
  streets = lattice(10, 10)
  const rebuilt = walking.rebuild()
  expect(walking.size()).toBe(64)
  const again = walking.rebuild()
  await Promise.all([rebuilt, again])
  expect(walking.size()).toBe(100)
  expect(reads).toBe(3)
})

it('walks through the demo district as the oracle does', async () => {
  const lines = (await demoDistrict()).baseFeatures.flatMap(({ shape, isWalkable }) =>
    isWalkable && shape.type === 'LineString' ? [shape.line as LonLat[]] : [],
  )
  const network = networkOf(lines)
  const oracle = new WalkingOracle(lines)
  const nodes = network.longitudes.length
  const nodeAt = (node: number): LonLat => [network.longitudes[node] as number, network.latitudes[node] as number]
  const placeAt = (seed: number): LonLat => {
    const [longitude, latitude] = nodeAt((seed * 7_919) % nodes)
    return [longitude + Math.sin(seed) * 0.0008, latitude + Math.cos(seed * 3) * 0.0008]
  }
  const from = placeAt(1)
  const start = oracle.attach(from)
  const reached = oracle.reach(start)
  const search = WalkingSearch.from(network, from)
  for (let seed = 2; seed < 60; seed++)
    expect(metresOf(search?.to(placeAt(seed)))).toBeCloseTo(
      oracle.metres(start, reached, oracle.attach(placeAt(seed))),
      2,
    )
}, 60_000)
