import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bandBetween, callPlace, callRuleChanges, defaultCallRules } from '#contract/calls'
import { distanceMetres, type LonLat, snapTo } from '#contract/geo'

const METRE = 1 / 111_195
const place = (from: LonLat, east: number, north: number): LonLat => [
  from[0] + (east * METRE) / Math.cos((from[1] * Math.PI) / 180),
  from[1] + north * METRE,
]
const CITY: LonLat = [114.05, 22.75]
const metres = fc.double({ min: -4_000, max: 4_000, noNaN: true })
const somewhere = fc.tuple(metres, metres).map(([east, north]) => place(CITY, east, north))
/** In the same square of 500 m, kept off its very edge. */
const inSquareOf = (cell: LonLat) =>
  fc
    .tuple(fc.double({ min: -249, max: 249, noNaN: true }), fc.double({ min: -249, max: 249, noNaN: true }))
    .map(([east, north]) => place(cell, east, north))

it('two members in one square get identical answers to every call', () => {
  const both = somewhere.chain((there) => {
    const cell = snapTo(500, there)
    return fc.tuple(inSquareOf(cell), inSquareOf(cell), somewhere)
  })
  fc.assert(
    fc.property(both, ([one, other, caller]) => {
      expect(bandBetween(caller, one)).toBe(bandBetween(caller, other))
    }),
  )
})

it('two hundred calls from a ring give away the square and not the place in it', () => {
  // The best guess from any number of answers is the square; on average its middle is farther off than this.
  const member = place(snapTo(500, CITY), 200, -180)
  const answers = (at: LonLat) =>
    Array.from({ length: 200 }, (_, step) => {
      const turn = (step / 200) * 2 * Math.PI
      return bandBetween(place(CITY, 900 * Math.cos(turn), 900 * Math.sin(turn)), at)
    })
  const consistent = [-240, 0, 240].flatMap((east) =>
    [-240, 0, 240].map((north) => place(snapTo(500, CITY), east, north)),
  )
  for (const guess of consistent) expect(answers(guess)).toEqual(answers(member))
  expect(Math.max(...consistent.map((guess) => distanceMetres(guess, member)))).toBeGreaterThan(200)
})

it('the bands say what they are called, to within the square', () => {
  fc.assert(
    fc.property(somewhere, somewhere, (caller, member) => {
      const real = distanceMetres(caller, member)
      const most = { within500: 500, within1000: 1_000, within2000: 2_000, beyond2000: Number.POSITIVE_INFINITY }
      const least = { within500: 0, within1000: 500, within2000: 1_000, beyond2000: 2_000 }
      const band = bandBetween(caller, member)
      expect(real).toBeLessThan(most[band] + 360)
      expect(real).toBeGreaterThan(least[band] - 360)
    }),
  )
})

it('rules of a street may be changed one by one, and not into nonsense', () => {
  expect(callRuleChanges.parse({ ringMs: 20_000 })).toEqual({ ringMs: 20_000 })
  for (const wrong of [{ ringMs: 0 }, { detourFactor: 0.5 }, { walkingMetresPerSecond: -1 }, { ringSeconds: 3 }])
    expect(callRuleChanges.safeParse(wrong).success).toBe(false)
  expect(defaultCallRules.hops * defaultCallRules.ringMs).toBe(defaultCallRules.ladderMs)
})

it('a press needs a secret of 256 bits', () => {
  const press = {
    secret: 'x'.repeat(43),
    deviceId: '019a0000-0000-7000-8000-000000000001',
    position: CITY,
    accuracyMetres: null,
    wish: null,
    skill: null,
    note: null,
  }
  expect(callPlace.safeParse(press).success).toBe(true)
  for (const secret of ['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}=`, `${'x'.repeat(42)}/`])
    expect(callPlace.safeParse({ ...press, secret }).success).toBe(false)
})
