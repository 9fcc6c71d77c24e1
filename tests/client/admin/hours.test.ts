import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { openingHours } from '#contract/service-points'
import {
  addSpan,
  copyMonday,
  emptyHours,
  type HoursDraft,
  hoursDraft,
  hoursFaults,
  MAX_SPANS,
  readClock,
  removeSpan,
  setClock,
  toOpeningHours,
  weekGroups,
} from '../../../client/dispatch/admin/points/hours.ts'

const onMonday = (...spans: [string, string][]): HoursDraft => [spans, ...emptyHours().slice(1)]

describe('a clock time as typed', () => {
  it.each([
    ['9', '09:00'],
    ['09', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    [' 21:05 ', '21:05'],
    ['９：３０', '09:30'],
    ['24', '24:00'],
    ['24:00', '24:00'],
    ['0', '00:00'],
  ])('%s is %s', (typed, clock) => expect(readClock(typed)).toBe(clock))

  it.each(['', 'x', '25', '24:01', '9:60', '12:3', '-1', '12:30:00', '99999'])('%s is none', (typed) =>
    expect(readClock(typed)).toBeNull(),
  )
})

describe('editing the week', () => {
  it('proposes usual hours first and then something after the last span', () => {
    const once = addSpan(emptyHours(), 2)
    expect(once[2]).toEqual([['09:00', '17:00']])
    expect(addSpan(once, 2)[2]).toEqual([
      ['09:00', '17:00'],
      ['18:00', '21:00'],
    ])
  })

  it('stops at as many spans as the contract takes', () => {
    let draft = emptyHours()
    for (let count = 0; count < MAX_SPANS + 3; count++) draft = addSpan(draft, 0)
    expect(draft[0]).toHaveLength(MAX_SPANS)
  })

  it('takes out one span and leaves the others', () => {
    const draft = onMonday(['08:00', '12:00'], ['14:00', '18:00'])
    expect(removeSpan(draft, 0, 0)[0]).toEqual([['14:00', '18:00']])
  })

  it('changes one end of one span', () => {
    expect(setClock(onMonday(['08:00', '12:00']), 0, 0, 1, '1130')[0]).toEqual([['08:00', '1130']])
  })

  it('copies Monday to the weekdays and leaves the weekend', () => {
    const draft = addSpan(onMonday(['08:00', '12:00']), 6)
    const copied = copyMonday(draft, 'weekdays')
    expect(copied.slice(0, 5)).toEqual(Array(5).fill([['08:00', '12:00']]))
    expect(copied[5]).toEqual([])
    expect(copied[6]).toEqual(draft[6])
  })

  it('copies Monday to the whole week, and a change of one day then stays on that day', () => {
    const copied = copyMonday(onMonday(['08:00', '12:00']), 'week')
    expect(copied).toEqual(Array(7).fill([['08:00', '12:00']]))
    expect(setClock(copied, 3, 0, 0, '10:00')[4]).toEqual([['08:00', '12:00']])
  })
})

describe('what is wrong with a day', () => {
  it('finds what is no time, ends before it begins, or is double', () => {
    expect(hoursFaults(onMonday(['08:00', 'noon']))[0]).toBe('clock')
    expect(hoursFaults(onMonday(['18:00', '08:00']))[0]).toBe('clock')
    expect(hoursFaults(onMonday(['14:00', '18:00'], ['08:00', '14:30']))[0]).toBe('overlap')
    expect(hoursFaults(onMonday(['08:00', '12:00'], ['12:00', '18:00']))[0]).toBeNull()
    expect(hoursFaults(emptyHours())).toEqual(Array(7).fill(null))
  })

  it('sends each day in order, written out', () => {
    expect(toOpeningHours(onMonday(['14', '18'], ['8', '1130']))[0]).toEqual([
      ['08:00', '11:30'],
      ['14:00', '18:00'],
    ])
  })

  it('whatever is found right is taken by the contract', () => {
    const typed = fc.constantFrom('', '8', '08:30', '12', '1730', '24', '25', 'x', '00:00')
    const day = fc.array(fc.tuple(typed, typed), { maxLength: MAX_SPANS })
    fc.assert(
      fc.property(fc.array(day, { minLength: 7, maxLength: 7 }), (draft) => {
        if (hoursFaults(draft).some((fault) => fault !== null)) return
        expect(z.safeParse(openingHours, toOpeningHours(draft)).success).toBe(true)
      }),
    )
  })

  it('a stored week comes back unchanged from the form', () => {
    const stored = toOpeningHours(copyMonday(onMonday(['08:00', '12:00'], ['14:00', '24:00']), 'weekdays'))
    expect(toOpeningHours(hoursDraft(stored))).toEqual(stored)
  })
})

it('tells the week in groups of days with the same hours', () => {
  const week = toOpeningHours(addSpan(copyMonday(onMonday(['08:30', '12:00'], ['14:00', '18:00']), 'weekdays'), 5))
  expect(weekGroups(week)).toEqual([
    { from: 0, to: 4, spans: '08:30–12:00 14:00–18:00' },
    { from: 5, to: 5, spans: '09:00–17:00' },
  ])
})
