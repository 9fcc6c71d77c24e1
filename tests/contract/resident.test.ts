/** What residents are told: hours by the district's clock, estimates, figures and codes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLACE_CODE_LENGTH, placeCodeFrom, readPlaceCode, spellPlaceCode } from '#contract/place-codes'
import { estimatedWalkMinutes, openingOf, roundedPlace, toldCount } from '#contract/resident'

const weekdays: [string, string][][] = [
  ...Array.from({ length: 5 }, (): [string, string][] => [
    ['09:00', '12:00'],
    ['14:30', '20:30'],
  ]),
  [],
  [],
]
const point = { hours: weekdays, closedOn: null, closedReason: null }
/** A Monday, by the clock of Shanghai. */
const monday = (clock: string) => new Date(`2026-11-23T${clock}:00+08:00`)
const at = (clock: string, more = {}) => openingOf({ ...point, ...more }, monday(clock), 'Asia/Shanghai')

describe('opening', () => {
  it('says until when, and when it closes soon', () => {
    expect(at('09:00')).toEqual({ state: 'open', until: '12:00', minutesLeft: 180 })
    expect(at('11:20')).toEqual({ state: 'closing', until: '12:00', minutesLeft: 40 })
    expect(at('11:59')).toEqual({ state: 'closing', until: '12:00', minutesLeft: 1 })
  })

  it('says when it opens next: today, tomorrow, after the weekend', () => {
    expect(at('12:00')).toMatchObject({ state: 'closed', next: { days: 0, at: '14:30' } })
    expect(at('20:30')).toMatchObject({ state: 'closed', next: { days: 1, at: '09:00', weekday: 1 } })
    const friday = openingOf(point, new Date('2026-11-27T21:00:00+08:00'), 'Asia/Shanghai')
    expect(friday).toMatchObject({ next: { days: 3, at: '09:00', weekday: 0 } })
  })

  it('keeps a day off out of turn, and its reason', () => {
    expect(at('10:00', { closedOn: '2026-11-23', closedReason: '停电' })).toEqual({
      state: 'closed',
      next: { days: 1, at: '09:00', weekday: 1 },
      reason: '停电',
    })
    expect(openingOf({ ...point, hours: weekdays.map(() => []) }, monday('10:00'), 'Asia/Shanghai')).toMatchObject({
      next: null,
    })
  })

  it('goes by the district, wherever the phone is', () => {
    expect(openingOf(point, monday('10:00'), 'America/New_York').state).toBe('closed')
  })
})

it('never promises a walk shorter than the straight line allows, nor none', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20_000, noNaN: true }), (metres) => {
      const minutes = estimatedWalkMinutes(metres)
      return minutes >= 1 && Number.isInteger(minutes) && minutes * 75 >= metres
    }),
  )
  expect(estimatedWalkMinutes(173)).toBe(3)
})

it('tells no figure below five', () => {
  expect([0, 4, 5, 6].map(toldCount)).toEqual([null, null, 5, 6])
})

it('sends a place no finer than some 10 m', () => {
  expect(roundedPlace([114.0123456, 22.7654321])).toEqual([114.0123, 22.7654])
})

describe('place codes', () => {
  const random = fc.uint8Array({ minLength: PLACE_CODE_LENGTH, maxLength: PLACE_CODE_LENGTH })

  it('are read back as they were made, in capitals and spelt out too', () => {
    fc.assert(
      fc.property(random, (bytes) => {
        const code = placeCodeFrom(bytes)
        return [code, code.toUpperCase(), spellPlaceCode(code)].every((typed) => readPlaceCode(typed) === code)
      }),
    )
  })

  it('use five bits of every byte', () => {
    const letters = new Set(Array.from({ length: 256 }, (_, byte) => placeCodeFrom(new Uint8Array(13).fill(byte))))
    expect(letters.size).toBe(32)
  })

  it.each(['', 'short', '0123456789abcd', '0123456789ab!', '０１２３４５６７８９ａｂｃ'])(
    'are not read from %j',
    (text) => {
      expect(readPlaceCode(text)).toBeNull()
    },
  )
})
