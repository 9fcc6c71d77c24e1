import { expect, it } from 'vitest'
import { toMeasurement } from '../bench/bench.ts'

it('holds a figure against its goal, and a ratio rather than the figure when there is one', () => {
  const met = (figure: Parameters<typeof toMeasurement>[1]) => toMeasurement('suite', figure).met
  expect(met({ id: 'a', value: 45, unit: 's', goal: { atMost: 45 } })).toBe(true)
  expect(met({ id: 'a', value: 45.1, unit: 's', goal: { atMost: 45 } })).toBe(false)
  expect(met({ id: 'a', value: 1, unit: '/s', peer: 'Redis', ratio: 12, goal: { atLeast: 10 } })).toBe(true)
  expect(met({ id: 'a', value: 100, unit: '/s', peer: 'Redis', ratio: 9, goal: { atLeast: 10 } })).toBe(false)
})

it('neither meets nor misses a goal when nothing was measured or nothing is promised', () => {
  expect(
    toMeasurement('suite', { id: 'a', value: null, unit: 's', peer: 'Redis (not installed)', goal: { atMost: 1 } }),
  ).toEqual({
    suite: 'suite',
    id: 'a',
    value: null,
    unit: 's',
    peer: 'Redis (not installed)',
    ratio: null,
    goal: '≤ 1',
    met: null,
  })
  expect(toMeasurement('suite', { id: 'a', value: 3, unit: 's' }).met).toBeNull()
})

it('misses a goal whose measurement has no excuse', () => {
  const figure = { id: 'a', value: null, unit: '/s', goal: { atLeast: 20 }, missing: 'no PostgreSQL answers' }
  expect(toMeasurement('suite', figure)).toMatchObject({ met: false, missing: 'no PostgreSQL answers' })
})
