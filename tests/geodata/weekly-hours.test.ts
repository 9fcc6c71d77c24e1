import { describe, expect, it } from 'vitest'
import { readHours } from '../../geodata/import/weekly-hours.ts'

const DAY = [['08:30', '17:30']]
const WORKDAYS = [DAY, DAY, DAY, DAY, DAY, [], []]

describe('working days', () => {
  it.each([
    '周一至周五 08:30-17:30',
    '周一到周五 8:30-17:30',
    '星期一至星期五 08:30~17:30',
    '周一至周五08:30-17:30',
    '周一至周五：08:30－17:30',
    '周一—周五 08:30—17:30',
    '工作日 08:30-17:30',
    'Mo-Fr 08:30-17:30',
    'mo-fr 8:30 - 17:30',
    'Mon-Fri 08:30-17:30',
    '周一、周二、周三、周四、周五 08:30-17:30',
    '周一至五 08:30-17:30',
    'Mo,Tu,We,Th,Fr 08:30-17:30',
    '周一至周五 08:30-17:30；周六、周日 休息',
    'Mo-Fr 08:30-17:30; Sa,Su off',
    'Mo-Su 08:30-17:30; Sa-Su closed',
  ])('%s', (value) => expect(readHours(value)).toEqual(WORKDAYS))
})

it('adds days and spans', () => {
  expect(readHours('周一至周五 08:30-12:00,14:00-17:30;周六 09:00-12:00')).toEqual([
    ...Array.from({ length: 5 }, () => [
      ['08:30', '12:00'],
      ['14:00', '17:30'],
    ]),
    [['09:00', '12:00']],
    [],
  ])
  expect(readHours('周一至周五 14:00-17:30;周一至周五 08:30-12:00')[0]).toEqual([
    ['08:30', '12:00'],
    ['14:00', '17:30'],
  ])
})

it('lets a later rule replace what it meets', () => {
  expect(readHours('每天 09:00-18:00;周六 10:00-12:00')[5]).toEqual([['10:00', '12:00']])
  expect(readHours('Mo-Su 09:00-18:00; We off')[2]).toEqual([])
})

it.each(['24/7', '每天 24小时', '每天 全天', 'Mo-Su 00:00-24:00', '00:00-24:00'])('%s is always', (value) => {
  expect(readHours(value)).toEqual(Array.from({ length: 7 }, () => [['00:00', '24:00']]))
})

it('goes past midnight into the next day, and round the end of the week', () => {
  const week = readHours('周五至周日 20:00-02:00')
  expect(week[4]).toEqual([['20:00', '24:00']])
  expect(week[5]).toEqual([
    ['00:00', '02:00'],
    ['20:00', '24:00'],
  ])
  expect(week[0]).toEqual([['00:00', '02:00']])
  expect(readHours('Fr-Mo 10:00-12:00').map((spans) => spans.length)).toEqual([1, 0, 0, 0, 1, 1, 1])
})

it.each([
  '看情况',
  '周八 08:00-17:00',
  '08:00',
  '周一至周五 25:00-26:00',
  '周一 08:00-17:60',
  'Mo-Fr',
  '周一至周五 早上',
  '8-5pm',
])('%s cannot be read', (value) =>
  expect(() => readHours(value)).toThrow(expect.objectContaining({ code: 'hours_unreadable' })),
)
