import { describe, expect, it } from 'vitest'
import { heatFull, heatMaxWeight, heatWeight } from '#contract/heat'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 10, 20)

describe('heatWeight', () => {
  it.each([
    [0, 1],
    [7, 2],
    [14, 3],
    [35, 6],
    [400, 6],
  ])('of a case %i days old is %i', (days, weight) => {
    expect(heatWeight(NOW - days * DAY_MS, NOW)).toBeCloseTo(weight, 6)
  })

  it('of a case from a clock that runs ahead is that of a new one', () => {
    expect(heatWeight(NOW + DAY_MS, NOW)).toBe(1)
  })

  it('never passes its bound', () => expect(heatWeight(0, NOW)).toBe(heatMaxWeight))
})

describe('heatFull', () => {
  const at = (metresEast: number, weight: number) => ({
    position: [113.93 + metresEast / (111_195 * Math.cos((22.75 * Math.PI) / 180)), 22.75] as [number, number],
    weight,
  })

  it('is never so small that three cases of a rare kind look like a fire', () => {
    expect(heatFull([])).toBe(10)
    expect(heatFull([at(0, 1), at(0, 1), at(0, 1)])).toBe(10)
  })

  it('is a round number near the hottest place', () => {
    expect(heatFull([at(0, 26)])).toBe(20)
    expect(heatFull([at(0, 40)])).toBe(50)
    expect(heatFull([at(0, 100)])).toBe(100)
    expect(heatFull([at(0, 1_000)])).toBe(1_000)
    for (const weight of [30, 70, 170, 900, 12_345]) expect(String(heatFull([at(0, weight)]))).toMatch(/^[125]0+$/)
  })

  it('adds up what lies close together and not what lies apart', () => {
    const close = Array.from({ length: 40 }, (_, index) => at(index * 2, 2))
    const apart = Array.from({ length: 40 }, (_, index) => at(index * 2_000, 2))
    expect(heatFull(close)).toBeGreaterThan(heatFull(apart))
    expect(heatFull(apart)).toBe(10)
  })
})
