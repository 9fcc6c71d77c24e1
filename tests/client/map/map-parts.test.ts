import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseIcon, countIcon, parseIcon, servicePointIcon, stackIcon } from '../../../client/map/icons/icon-id.ts'
import { changedStates } from '../../../client/map/mountAreaStates.ts'
import { changed } from '../../../client/map/mountLayer.ts'
import { tileAddresses } from '../../../client/map/mountTiles.ts'
import { lowestArea } from '../../../client/map/pick.ts'
import { scaleBar } from '../../../client/map/scale-bar.ts'
import { fromMapLngLat, toMapLngLat } from '../../../client/map/toMapLngLat.ts'
import { ownScriptAddress } from '../../../client/map/trusted-types.ts'
import { mapModel } from '../../support/map-model.ts'

describe('toMapLngLat', () => {
  it('comes back to where it was', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -179.9, max: 179.9, noNaN: true }),
        fc.double({ min: -85, max: 85, noNaN: true }),
        (longitude, latitude) => {
          const [lng, lat] = toMapLngLat([longitude, latitude])
          const back = fromMapLngLat({ lng, lat })
          expect(back[0]).toBeCloseTo(longitude, 6)
          expect(back[1]).toBeCloseTo(latitude, 6)
        },
      ),
    )
  })

  it('brings a longitude of another turn of the world back', () => {
    expect(fromMapLngLat({ lng: 474, lat: 22 })).toEqual([114, 22])
    expect(fromMapLngLat({ lng: -246, lat: 22 })).toEqual([114, 22])
    expect(fromMapLngLat({ lng: 114, lat: 91 })).toEqual([114, 90])
  })
})

describe('icons', () => {
  it('are known by the names the layers give them', () => {
    expect(parseIcon(caseIcon('overdue', 'dark'))).toEqual({ kind: 'case', supervision: 'overdue', theme: 'dark' })
    expect(parseIcon(servicePointIcon('mediationRoom', false, 'light'))).toEqual({
      kind: 'servicePoint',
      point: 'mediationRoom',
      isOpen: false,
      theme: 'light',
    })
    expect(parseIcon(countIcon(7, 'dark'))).toEqual({ kind: 'count', count: '7', theme: 'dark' })
    expect(parseIcon(countIcon(1_200, 'dark'))).toEqual({ kind: 'count', count: '999+', theme: 'dark' })
    expect(parseIcon(stackIcon(120, 'light'))).toEqual({ kind: 'stack', count: '99+', theme: 'light' })
  })

  it.each([
    '',
    'case',
    'case:overdue',
    'case:worst:dark',
    'case:overdue:pink',
    'servicePoint:bank:open:dark',
    'count:x:dark',
    'count:12345:dark',
  ])('are not drawn for the name "%s"', (name) => expect(parseIcon(name)).toBeNull())
})

describe('area states', () => {
  const state = (openCases: number, worst: 'onTime' | 'overdue' | null = null) => ({ openCases, worst })

  it('are sent where they differ', () => {
    const before = new Map([
      ['a', state(1)],
      ['b', state(2)],
    ])
    const after = new Map([
      ['a', state(1)],
      ['b', state(3, 'overdue')],
      ['c', state(1, 'onTime')],
    ])
    expect(changedStates(before, after)).toEqual([
      ['b', { open: 3, worst: 'overdue' }],
      ['c', { open: 1, worst: 'onTime' }],
    ])
  })

  it('are taken back where the last case was closed', () => {
    expect(changedStates(new Map([['a', state(4, 'overdue')]]), new Map())).toEqual([['a', { open: 0, worst: 'none' }]])
  })
})

describe('style differences', () => {
  it('are what is new, other or gone', () => {
    expect(changed({ a: 1, b: ['x'], c: 2 }, { a: 1, b: ['y'], d: 3 })).toEqual([
      ['b', ['y']],
      ['c', undefined],
      ['d', 3],
    ])
    expect(changed({ a: ['x', 1] }, { a: ['x', 1] })).toEqual([])
    expect(changed(undefined, undefined)).toEqual([])
  })
})

it('asks for tiles of the data as they stand', () => {
  expect(tileAddresses(mapModel(), 'http://localhost:8080')).toEqual({
    base: 'http://localhost:8080/tiles/base/3-5/{z}/{x}/{y}',
    areas: 'http://localhost:8080/tiles/areas/4/{z}/{x}/{y}',
  })
})

describe('a click where areas lie over one another', () => {
  it('means the one furthest down the tree', () => {
    const found = [
      { id: 's', level: 'street' },
      { id: 'g', level: 'grid' },
      { id: 'c', level: 'community' },
    ]
    expect(lowestArea(found)).toBe('g')
    expect(lowestArea(found.slice(0, 1))).toBe('s')
    expect(lowestArea([])).toBeNull()
  })
})

describe('scale', () => {
  it('is a round number of metres that fits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (zoom, latitude) => {
          const { metres, pixels } = scaleBar(zoom, latitude, 110)
          expect(pixels).toBeLessThanOrEqual(110)
          expect(pixels).toBeGreaterThanOrEqual(110 / 2.5 - 1)
          expect(metres.toExponential()).toMatch(/^[125]e/)
        },
      ),
    )
  })
})

describe('scripts of our own', () => {
  const page = 'https://grid.example/dispatch/'
  it('pass', () => {
    expect(ownScriptAddress('/assets/worker.js', page)).toBe('/assets/worker.js')
    expect(ownScriptAddress('https://grid.example/assets/worker.js', page)).toBe(
      'https://grid.example/assets/worker.js',
    )
  })

  it.each([
    'https://elsewhere.example/worker.js',
    'data:text/javascript,alert(1)',
    'blob:https://grid.example/1',
    'javascript:alert(1)',
    '//elsewhere.example/x.js',
  ])('and nothing else: %s', (address) => expect(() => ownScriptAddress(address, page)).toThrow(TypeError))
})
