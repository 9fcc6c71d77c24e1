import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { LonLat } from '#contract/geo'
import type { BaseFeatureRow, District, Polygon } from '../../geodata/generate/district.ts'
import { demoDistrict } from '../support/demo-district.ts'
import { between, flat, flatArea, holds, NearIndex, type Stretch, stretchesOf } from '../support/flat-ground.ts'

let district: District
// Thousands of shapes take a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  district = await demoDistrict()
}, 120_000)

const level = (wanted: string) => district.areas.filter((area) => area.level === wanted)
const ringsOf = (border: Polygon[]) => border.flat()
const areaOf = (border: Polygon[]) => ringsOf(border).reduce((sum, ring) => sum + flatArea(ring), 0)
const nameOf = (point: LonLat | undefined) => String(point)

/** Sides of all rings as "from>to". */
function sidesOf(borders: Polygon[][]): Map<string, number> {
  const sides = new Map<string, number>()
  for (const ring of borders.flatMap(ringsOf))
    for (let at = 1; at < ring.length; at++) {
      const side = `${nameOf(ring[at - 1])}>${nameOf(ring[at])}`
      sides.set(side, (sides.get(side) ?? 0) + 1)
    }
  return sides
}
const reversed = (side: string) => side.split('>').reverse().join('>')
/** Sides that no neighbour has the other way round: the outline of the whole. */
const outlineOf = (sides: Map<string, number>) => [...sides.keys()].filter((side) => !sides.has(reversed(side)))

describe('grids, communities and the street', () => {
  it('cover about 30 square kilometres', () => {
    expect(areaOf(level('street')[0]?.border ?? []) / 1e6).toBeCloseTo(30.1, 0)
  })

  it('share every side exactly with one neighbour or with the street’s border', () => {
    const street = sidesOf(level('street').map(({ border }) => border))
    for (const wanted of ['grid', 'community']) {
      const sides = sidesOf(level(wanted).map(({ border }) => border))
      expect([...sides.values()].every((count) => count === 1)).toBe(true)
      expect(outlineOf(sides).sort()).toEqual([...street.keys()].sort())
    }
  })

  it('add up: neither gap nor overlap', () => {
    const [street = 0] = level('street').map(({ border }) => areaOf(border))
    for (const wanted of ['grid', 'community']) {
      const sum = level(wanted).reduce((all, { border }) => all + areaOf(border), 0)
      expect(Math.abs(sum - street)).toBeLessThan(1)
    }
    for (const community of level('community')) {
      const own = level('grid').filter(({ parentCode }) => parentCode === community.code)
      const sum = own.reduce((all, { border }) => all + areaOf(border), 0)
      expect(Math.abs(sum - areaOf(community.border))).toBeLessThan(1)
    }
  })

  it('have their borders along streets, banks, the railway or the edge of the district', () => {
    const ways = new Set<string>()
    for (const { shape } of district.baseFeatures) {
      if (shape.type !== 'LineString') continue
      for (let at = 1; at < shape.line.length; at++) {
        const side = `${nameOf(shape.line[at - 1])}>${nameOf(shape.line[at])}`
        ways.add(side).add(reversed(side))
      }
    }
    const metres = (side: string) => {
      const [from = '', to = ''] = side.split('>')
      const [a, b] = [from, to].map((text) => flat(text.split(',').map(Number) as [number, number]))
      return a && b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0
    }
    const sides = [...sidesOf(level('grid').map(({ border }) => border)).keys()]
    const total = sides.reduce((sum, side) => sum + metres(side), 0)
    const along = sides.filter((side) => ways.has(side)).reduce((sum, side) => sum + metres(side), 0)
    // The rest runs down the middle of the river and across its banks.
    expect(along / total).toBeGreaterThan(0.9)
  })
})

describe('every building', () => {
  it('stands in exactly one grid, its own', () => {
    const grids = level('grid').map(({ code, border }) => ({ code, sides: ringsOf(border).flatMap(stretchesOf) }))
    for (const { name, centre, areaCode } of district.buildings) {
      const found = grids.filter(({ sides }) => holds(sides, flat(centre))).map(({ code }) => code)
      expect(found, name).toEqual([areaCode])
    }
  })

  it('keeps off the streets', () => {
    /** Half of the carriageway, metres. */
    const half: Record<string, number> = {
      primary: 14,
      secondary: 10,
      residential: 5,
      lane: 2,
      service: 3,
      footway: 1,
      rail: 8,
    }
    const ways = new NearIndex<{ stretch: Stretch; feature: BaseFeatureRow }>()
    for (const feature of district.baseFeatures) {
      if (feature.layer !== 'road' && feature.layer !== 'rail') continue
      if (feature.shape.type !== 'LineString') continue
      for (const stretch of stretchesOf(feature.shape.line)) ways.add({ stretch, feature }, stretch)
    }
    const blocked: string[] = []
    for (const { name, shape } of district.buildings)
      for (const wall of shape.flatMap(stretchesOf))
        for (const { stretch, feature } of ways.near(wall, 20))
          if (between(wall, stretch) < (half[feature.kind] ?? 0))
            blocked.push(`${name} ${feature.kind} ${feature.name}`)
    expect(blocked).toEqual([])
  })

  it('keeps off the water', () => {
    const shores = new NearIndex<Stretch>()
    const surfaces = district.baseFeatures.flatMap(({ layer, shape }) =>
      layer === 'water' && shape.type === 'Polygon' ? [shape.polygon.flatMap(stretchesOf)] : [],
    )
    for (const shore of surfaces.flat()) shores.add(shore, shore)
    const wet = district.buildings.filter(
      ({ shape, centre }) =>
        surfaces.some((surface) => holds(surface, flat(centre))) ||
        shape.flatMap(stretchesOf).some((wall) => [...shores.near(wall)].some((shore) => between(wall, shore) === 0)),
    )
    expect(wet.map(({ name }) => name)).toEqual([])
  })

  it('keeps off its neighbours', () => {
    const walls = new NearIndex<{ wall: Stretch; code: string }>()
    const touching = new Set<string>()
    for (const { code, name, shape } of district.buildings) {
      const own = shape.flatMap(stretchesOf)
      for (const wall of own)
        for (const other of walls.near(wall)) if (between(wall, other.wall) < 0.5) touching.add(`${name} ${other.code}`)
      for (const wall of own) walls.add({ wall, code }, wall)
    }
    expect([...touching]).toEqual([])
  })
})

it('has every case inside the grid it is counted to', () => {
  const polygons = new Map(level('grid').map(({ code, border }) => [code, ringsOf(border).flatMap(stretchesOf)]))
  const astray = district.cases.filter(
    ({ position, areaCode }) => position !== null && !holds(polygons.get(areaCode ?? '') ?? [], flat(position)),
  )
  expect(astray.map(({ code }) => code)).toEqual([])
})

describe('the walking network', () => {
  /** Corners of the largest connected part, and of all. */
  function connect(features: BaseFeatureRow[]): { largest: Set<string>; all: number } {
    const next = new Map<string, Set<string>>()
    const join = (a: string, b: string) => next.set(a, (next.get(a) ?? new Set()).add(b))
    for (const { shape, isWalkable } of features) {
      if (!isWalkable || shape.type !== 'LineString') continue
      const corners = shape.line.map(nameOf)
      for (let at = 1; at < corners.length; at++) {
        join(corners[at - 1] ?? '', corners[at] ?? '')
        join(corners[at] ?? '', corners[at - 1] ?? '')
      }
    }
    let largest = new Set<string>()
    const left = new Set(next.keys())
    for (const start of next.keys()) {
      if (!left.delete(start)) continue
      const part = new Set([start])
      for (const corner of part) for (const other of next.get(corner) ?? []) if (left.delete(other)) part.add(other)
      if (part.size > largest.size) largest = part
    }
    return { largest, all: next.size }
  }

  it('is one piece of at least 95 %', () => {
    const { largest, all } = connect(district.baseFeatures)
    expect(largest.size / all).toBeGreaterThan(0.95)
  })

  it('joins both banks by three to five bridges and by nothing else', () => {
    const bridges = district.baseFeatures.filter(({ isBridge }) => isBridge)
    const streets = new Set(bridges.map(({ name }) => name))
    expect(streets.size).toBeGreaterThanOrEqual(3)
    expect(streets.size).toBeLessThanOrEqual(5)
    const { largest, all } = connect(district.baseFeatures.filter(({ isBridge }) => !isBridge))
    expect(largest.size / all).toBeLessThan(0.75)
  })
})

it('looks like a town: a river, a hill with a lake, avenues, streets, lanes, paths, a railway', () => {
  const kinds = new Set(district.baseFeatures.map(({ layer, kind }) => `${layer} ${kind}`))
  const wanted = [
    'water river',
    'water lake',
    'green wood',
    'green park',
    'green farmland',
    'land residential',
    'land industrial',
    'road primary',
    'road secondary',
    'road residential',
    'road lane',
    'road footway',
    'rail rail',
    'place school',
  ]
  for (const kind of wanted) expect(kinds).toContain(kind)
})

it('is densest in the middle', () => {
  const [street] = level('street')
  const points = (street?.border ?? []).flat(2).map(flat)
  const middle = [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length)
  const away = ({ centre }: { centre: LonLat }) =>
    Math.hypot(flat(centre)[0] - (middle[0] ?? 0), flat(centre)[1] - (middle[1] ?? 0))
  const homes = district.buildings.filter(({ households }) => households > 0)
  const perSquareKilometre = (from: number, to: number) =>
    homes.filter((home) => away(home) >= from && away(home) < to).reduce((sum, { households }) => sum + households, 0) /
    ((Math.PI * (to ** 2 - from ** 2)) / 1e6)
  expect(perSquareKilometre(0, 1_500)).toBeGreaterThan(1.5 * perSquareKilometre(2_200, 3_000))
})
