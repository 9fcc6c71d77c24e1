import { describe, expect, it } from 'vitest'
import { isTimeZone, readInstant } from '../../geodata/import/instants.ts'

const iso = (value: string, zone = 'Asia/Shanghai') => new Date(readInstant(value, zone)).toISOString()

describe('the same moment however it is written', () => {
  it.each([
    '2025-03-14 01:20',
    '2025-03-14 01:20:00',
    '2025-03-14T01:20',
    '2025-03-14T01:20:00+08:00',
    '2025-03-13T17:20:00Z',
    '2025-03-13T17:20:00.000Z',
    '2025-03-13T12:20:00-0500',
    '2025/3/14 1:20',
    '2025.03.14 01:20',
    '2025年3月14日 1:20',
    '2025年3月14日1时20分',
    '2025年03月14日 01时20分00秒',
    '2025年3月14日 凌晨1点20分',
    '3/14/2025 1:20',
    '03/14/2025 01:20:00 AM',
    '２０２５-０３-１４ ０１：２０',
  ])('%s', (value) => expect(iso(value)).toBe('2025-03-13T17:20:00.000Z'))
})

it.each([
  ['2025-03-14', '2025-03-13T16:00:00.000Z'],
  ['2025年3月14日', '2025-03-13T16:00:00.000Z'],
  ['3/14/2025 12:00 AM', '2025-03-13T16:00:00.000Z'],
  ['3/14/2025 12:00 PM', '2025-03-14T04:00:00.000Z'],
  ['3/14/2025 1:20:30 pm', '2025-03-14T05:20:30.000Z'],
  ['2025-03-14 下午3:05', '2025-03-14T07:05:00.000Z'],
  ['2024-02-29 08:00', '2024-02-29T00:00:00.000Z'],
  ['2025-03-14 24:00', '2025-03-14T16:00:00.000Z'],
  ['2025-03-14T01:20:00.123456Z', '2025-03-14T01:20:00.123Z'],
])('%s', (value, expected) => expect(iso(value)).toBe(expected))

describe('clocks of New York', () => {
  it('winter and summer', () => {
    expect(iso('1/1/2025 10:00', 'America/New_York')).toBe('2025-01-01T15:00:00.000Z')
    expect(iso('7/1/2025 10:00', 'America/New_York')).toBe('2025-07-01T14:00:00.000Z')
  })
  it('around the hour that was skipped', () => {
    expect(iso('3/9/2025 1:59', 'America/New_York')).toBe('2025-03-09T06:59:00.000Z')
    expect(iso('3/9/2025 3:00', 'America/New_York')).toBe('2025-03-09T07:00:00.000Z')
    expect(() => iso('3/9/2025 2:30', 'America/New_York')).toThrow(expect.objectContaining({ code: 'date_skipped' }))
  })
  it('the first of an hour that came twice', () => {
    expect(iso('11/2/2025 1:30', 'America/New_York')).toBe('2025-11-02T05:30:00.000Z')
  })
})

it.each([
  '2025-02-29',
  '2025-02-30 10:00',
  '2025-13-01',
  '2025-00-10',
  '14/3/2025 1:20',
  '2025-03-14 25:00',
  '2025-03-14 24:01',
  '2025-03-14 10:60',
  '3/14/2025 13:00 PM',
  '3/14/2025 0:30 AM',
  '2025-03-14T01:20:00+15:00',
  '1025-03-14',
])('%s never was', (value) => {
  expect(() => iso(value)).toThrow(expect.objectContaining({ code: 'date_impossible' }))
})

it.each(['昨天', '2025-03', '20250314', '14 Mar 2025', '45730.5', '', '2025-03-14 abc', '2025-03-14 01:20 +8'])(
  '%j is no time',
  (value) => expect(() => iso(value)).toThrow(expect.objectContaining({ code: 'date_unreadable' })),
)

it('knows zones', () => {
  expect([
    isTimeZone('Asia/Shanghai'),
    isTimeZone('America/New_York'),
    isTimeZone('Mars/Olympus'),
    isTimeZone(''),
  ]).toEqual([true, true, false, false])
})
