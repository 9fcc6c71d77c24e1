import { describe, expect, it } from 'vitest'
import { caseFeatures } from '../../../client/map/layers/case-features.ts'
import { casePlaces, casesSignature, nextCaseOf } from '../../../client/map/layers/case-places.ts'
import { heatWeight } from '../../../contract/heat.ts'
import { DAY_MS, HOUR_MS, mapModel, NOW, nearLimit, openCase, overdue } from '../../support/map-model.ts'

describe('casePlaces', () => {
  it('puts cases of one address together, the worst first, then by due time', () => {
    const [place, ...others] = casePlaces(
      [openCase('late', { dueAt: NOW + 3 * DAY_MS }), openCase('soon'), overdue('red'), nearLimit('yellow')],
      NOW,
    )
    expect(others).toEqual([])
    expect(place?.cases.map(({ id }) => id)).toEqual(['red', 'yellow', 'soon', 'late'])
    expect(place?.worst).toBe('overdue')
  })

  it('keeps neighbours two metres apart, and leaves out those without a place', () => {
    const places = casePlaces(
      [openCase('a'), openCase('b', { position: [113.93002, 22.75] }), openCase('c', { position: null })],
      NOW,
    )
    expect(places.map(({ cases }) => cases.length)).toEqual([1, 1])
  })

  it('adds the weights up, so that a stack is as hot as its cases apart', () => {
    const old = NOW - 21 * DAY_MS
    const [place] = casePlaces([openCase('a', { reportedAt: NOW }), openCase('b', { reportedAt: old })], NOW)
    expect(place?.weight).toBeCloseTo(heatWeight(NOW, NOW) + heatWeight(old, NOW), 6)
  })
})

describe('caseFeatures', () => {
  const properties = (...cases: ReturnType<typeof openCase>[]) =>
    caseFeatures(mapModel({ cases })).features.map((feature) => feature.properties)

  it('names the icon by the worst case and counts the stack', () => {
    expect(properties(openCase('a'))).toEqual([
      expect.objectContaining({ ids: 'a', worst: 'onTime', icon: 'case:onTime:dark' }),
    ])
    expect(properties(openCase('a'))[0]).not.toHaveProperty('stack')
    expect(properties(openCase('a'), nearLimit('b'))[0]).toMatchObject({
      ids: 'b,a',
      worst: 'nearLimit',
      stack: 'stack:2:dark',
    })
  })

  it('shows a case that passes its limit as such, at that instant', () => {
    const item = openCase('a', { dueAt: NOW })
    const worstAt = (now: number) => caseFeatures(mapModel({ cases: [item], now })).features[0]?.properties?.worst
    expect(worstAt(NOW - DAY_MS - 1)).toBe('onTime')
    expect(worstAt(NOW)).toBe('overdue')
  })
})

describe('nextCaseOf', () => {
  it('begins with the first and goes round with every further click', () => {
    expect(nextCaseOf(['a', 'b', 'c'], null)).toBe('a')
    expect(nextCaseOf(['a', 'b', 'c'], 'a')).toBe('b')
    expect(nextCaseOf(['a', 'b', 'c'], 'c')).toBe('a')
    expect(nextCaseOf(['a', 'b'], 'elsewhere')).toBe('a')
    expect(nextCaseOf([], null)).toBeNull()
  })
})

describe('casesSignature', () => {
  const cases = [openCase('a'), nearLimit('b')]

  it('stays while nothing would look different', () => {
    const calm = NOW - (NOW % HOUR_MS)
    expect(casesSignature(cases, calm + 1)).toBe(casesSignature(cases, calm + 60_000))
  })

  it('changes when a case passes a limit, and with every hour of age', () => {
    expect(casesSignature([nearLimit('b', { dueAt: NOW + 1 })], NOW)).not.toBe(
      casesSignature([nearLimit('b', { dueAt: NOW + 1 })], NOW + 1),
    )
    expect(casesSignature(cases, NOW)).not.toBe(casesSignature(cases, NOW + HOUR_MS))
  })
})
