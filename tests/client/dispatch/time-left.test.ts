import { expect, it } from 'vitest'
import { timeLeft } from '../../../client/dispatch/time-left.ts'

const NOW = 1_000_000_000_000
const MINUTE_MS = 60_000

it.each([
  ['no limit', null, null],
  ['9 minutes left', 9 * MINUTE_MS, { isOver: false, days: 0, hours: 0, minutes: 9 }],
  ['a second left is still a minute', 1_000, { isOver: false, days: 0, hours: 0, minutes: 1 }],
  ['exactly due is over', 0, { isOver: true, days: 0, hours: 0, minutes: 0 }],
  ['over by 59 seconds', -59_000, { isOver: true, days: 0, hours: 0, minutes: 0 }],
  ['over by 1:52', -112 * MINUTE_MS, { isOver: true, days: 0, hours: 1, minutes: 52 }],
  ['a day to the minute', 1440 * MINUTE_MS, { isOver: false, days: 1, hours: 0, minutes: 0 }],
  ['days', -(3 * 1440 + 4 * 60 + 5) * MINUTE_MS, { isOver: true, days: 3, hours: 4, minutes: 5 }],
])('%s', (_name, dueIn, expected) => {
  expect(timeLeft(dueIn === null ? null : NOW + dueIn, NOW)).toEqual(expected)
})
