/** Datum, axis order and what base features are, without a database. */
import fc from 'fast-check'
import gcoord from 'gcoord'
import { describe, expect, it } from 'vitest'
import { distanceMetres, type LonLat } from '../../contract/geo.ts'
import { createAxisWatch } from '../../geodata/import/axis-watch.ts'
import { type BaseFacts, classifyBase, isWalkable } from '../../geodata/import/base-kinds.ts'
import { toWgs84 } from '../../geodata/import/datum.ts'
import type { Shape } from '../../geodata/import/geometry-gate.ts'

const inChina = fc.tuple(fc.double({ min: 75, max: 134, noNaN: true }), fc.double({ min: 19, max: 52, noNaN: true }))

describe('datum', () => {
  const there = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const

  it.each(['gcj02', 'bd09'] as const)('%s comes back to within a metre of where it was', (datum) => {
    fc.assert(
      fc.property(inChina, ([longitude, latitude]) => {
        const place: LonLat = [longitude, latitude]
        const shifted = gcoord.transform([...place] as LonLat, gcoord.WGS84, there[datum])
        const back = toWgs84({ type: 'Point', coordinates: shifted }, datum)
        expect(distanceMetres(back.coordinates as LonLat, place)).toBeLessThan(1)
      }),
    )
  })

  it('moves every position of every shape, and leaves the given one alone', () => {
    const ring: LonLat[] = [
      [114, 22.7],
      [114.01, 22.7],
      [114.01, 22.71],
      [114, 22.7],
    ]
    const given: Shape[] = [
      { type: 'LineString', coordinates: ring },
      { type: 'MultiLineString', coordinates: [ring] },
      { type: 'Polygon', coordinates: [ring] },
      { type: 'MultiPolygon', coordinates: [[ring]] },
    ]
    const before = structuredClone(given)
    for (const shape of given) {
      const moved = toWgs84(shape, 'gcj02')
      const [first] = moved.coordinates.flat(3) as number[]
      expect(first).not.toBe(114)
      expect(distanceMetres([first ?? 0, 22.7], [114, 22.7])).toBeGreaterThan(100)
      expect(JSON.stringify(moved).match(/114(?=,)/g)).toBeNull()
    }
    expect(given).toEqual(before)
  })

  it('leaves WGS-84 as it is', () => {
    const shape: Shape = { type: 'Point', coordinates: [114, 22.7] }
    expect(toWgs84(shape, 'wgs84')).toBe(shape)
  })
})

describe('axis order', () => {
  const newYork: LonLat = [-73.9, 40.7]
  const swapped: LonLat = [40.7, -73.9]

  it('is judged by what is loaded', () => {
    const watch = createAxisWatch([-74.3, 40.4, -73.6, 41])
    expect(watch.isSwapped(1, newYork)).toBe(false)
    expect(watch.isSwapped(2, swapped)).toBe(true)
    // Far away, but not the mirror of anything: the first file of another town.
    expect(watch.isSwapped(3, [2.35, 48.85])).toBe(false)
  })

  it('without anything loaded by the rest of the file, early rows included', () => {
    const watch = createAxisWatch(null)
    expect(watch.isSwapped(1, swapped)).toBe(false)
    for (let index = 2; index < 40; index++) expect(watch.isSwapped(index, newYork)).toBe(false)
    expect(watch.isSwapped(40, swapped)).toBe(true)
    expect(watch.lateFindings()).toEqual([{ index: 1, place: swapped }])
  })

  it('says nothing of one or two places', () => {
    const watch = createAxisWatch(null)
    watch.isSwapped(1, newYork)
    watch.isSwapped(2, swapped)
    expect(watch.lateFindings()).toEqual([])
  })
})

describe('base features', () => {
  const facts = (kind: string, more: Partial<BaseFacts> = {}): BaseFacts => ({
    kind,
    detail: null,
    name: null,
    isLabel: false,
    isOutline: false,
    foot: null,
    access: null,
    isTunnel: false,
    ...more,
  })

  it.each([
    ['water', {}, 'Polygon', 'water water'],
    ['river', {}, 'LineString', 'water river'],
    ['water', { isOutline: true }, 'LineString', null],
    ['ferry', {}, 'LineString', 'water ferry'],
    ['park', {}, 'MultiPolygon', 'green park'],
    ['residential', {}, 'Polygon', 'land residential'],
    ['something new', {}, 'Polygon', 'land something new'],
    ['path', { detail: 'footway' }, 'LineString', 'road footway'],
    ['major_road', { detail: 'primary' }, 'MultiLineString', 'road primary'],
    ['rail', { detail: 'subway' }, 'LineString', 'rail subway'],
    ['wall', {}, 'LineString', null],
    ['park', { name: '人民公园' }, 'Point', 'place park'],
    ['park', { name: '人民公园', isLabel: true }, 'Point', null],
    ['toilets', {}, 'Point', null],
  ] as const)('%s %j as a %s', (kind, more, type, expected) => {
    const found = classifyBase(facts(kind, more), type)
    expect(found && `${found.layer} ${found.kind}`).toBe(expected)
  })

  it.each([
    ['path', { detail: 'footway' }, true],
    ['path', { detail: 'steps' }, true],
    ['path', { detail: 'cycleway' }, false],
    ['path', { detail: 'cycleway', foot: 'designated' }, true],
    ['path', { detail: 'footway', isTunnel: true }, true],
    ['minor_road', { detail: 'residential' }, true],
    ['minor_road', { detail: 'service', access: 'private' }, false],
    ['minor_road', { detail: 'service', access: 'private', foot: 'yes' }, true],
    ['major_road', { detail: 'primary' }, true],
    ['major_road', { detail: 'primary', foot: 'no' }, false],
    // A tunnel for cars must not join the two banks of a river on foot.
    ['major_road', { detail: 'primary', isTunnel: true }, false],
    ['major_road', { detail: 'primary', isTunnel: true, foot: 'yes' }, true],
    ['major_road', { detail: 'trunk_link' }, false],
  ] as const)('%s %j on foot: %s', (kind, more, expected) => {
    expect(isWalkable('road', facts(kind, more))).toBe(expected)
    expect(isWalkable('rail', facts(kind, more))).toBe(false)
  })
})
