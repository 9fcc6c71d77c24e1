/** The ladder under any interleaving: several act on what they last read, some die before they write, time goes on. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isEnded,
  isHandled,
  type LadderCall,
  type LadderEvent,
  type LadderStep,
  newCall,
  ownerOf,
  step,
} from '#contract/call-ladder'
import { defaultCallRules } from '#contract/calls'

const rules = defaultCallRules
const START = 1_800_000_000_000
const ok = (result: LadderStep): LadderCall => {
  if ('refusal' in result) throw new Error(result.refusal)
  return result.call
}
const ring = (call: LadderCall, memberId: string, now: number) =>
  ok(step(call, { kind: 'next', memberId, offerId: `o-${memberId}` }, rules, now))
const answer = (kind: 'accept' | 'decline' | 'delivered', memberId: string): LadderEvent => ({
  kind,
  memberId,
  offerId: `o-${memberId}`,
})

describe('one after another', () => {
  it('a phone that does not say it rings is left after 5 s, one that rings after 15 s', () => {
    const first = ring(newCall(START), 'a', START)
    expect(step(first, { kind: 'due' }, rules, START + 4_999)).toEqual({ call: first, closed: null })
    expect(step(first, { kind: 'due' }, rules, START + 5_000)).toMatchObject({
      call: { state: 'searching', hop: 1 },
      closed: { memberId: 'a', outcome: 'dead' },
    })
    const rings = ok(step(first, answer('delivered', 'a'), rules, START + 300))
    expect(step(rings, { kind: 'due' }, rules, START + 14_999)).toMatchObject({ closed: null })
    expect(step(rings, { kind: 'due' }, rules, START + 15_000)).toMatchObject({
      call: { state: 'searching' },
      closed: { outcome: 'silent' },
    })
  })

  it('after three people, or 45 s, a dispatcher has it; after 30 s more everybody', () => {
    let call = newCall(START)
    for (const [at, memberId] of ['a', 'b', 'c'].entries()) {
      const now = START + at * 1_000
      call = ok(step(ring(call, memberId, now), answer('decline', memberId), rules, now + 500))
    }
    expect(call).toMatchObject({ state: 'dispatcher', queuedBecause: 'allAsked', dueAt: START + 2_500 + 30_000 })
    const alarm = ok(step(call, { kind: 'due' }, rules, START + 32_500))
    expect(alarm).toMatchObject({ state: 'alarm', dueAt: null })
    expect(ownerOf(alarm)).toBe('everybody')
    expect(ring(newCall(START), 'late', START + 45_000)).toMatchObject({ state: 'dispatcher' })
    expect(
      ok(step(ring(newCall(START), 'x', START + 43_000), answer('delivered', 'x'), rules, START + 43_100)),
    ).toMatchObject({ dueAt: START + 45_000 })
  })

  it('what rings elsewhere than on an open page has the whole ring, and never more than the ladder', () => {
    const remote = (call: LadderCall, now: number) =>
      ok(step(call, { kind: 'next', memberId: 'a', offerId: 'o-a', isRemote: true }, rules, now))
    const call = remote(newCall(START), START)
    expect(step(call, { kind: 'due' }, rules, START + 14_999)).toEqual({ call, closed: null })
    expect(step(call, { kind: 'due' }, rules, START + 15_000)).toMatchObject({ closed: { outcome: 'dead' } })
    expect(ok(step(call, answer('delivered', 'a'), rules, START + 9_000)).dueAt).toBe(START + 15_000)
    expect(remote(newCall(START), START + 40_000).dueAt).toBe(START + 45_000)
    const assign = { kind: 'assign', accountId: 'd', memberId: 'b', offerId: 'o-b' } as const
    expect(ok(step(call, { ...assign, isRemote: true }, rules, START + 60_000)).dueAt).toBe(START + 75_000)
    expect(ok(step(call, assign, rules, START + 60_000)).dueAt).toBe(START + 65_000)
  })

  it('nobody there: the dispatchers at once', () => {
    expect(ok(step(newCall(START), { kind: 'next', memberId: null, offerId: 'o' }, rules, START))).toMatchObject({
      state: 'dispatcher',
      queuedBecause: 'noCandidate',
    })
  })

  it('only the one who is asked can accept, before his time is up, and may ask again whether he has', () => {
    const call = ring(newCall(START), 'a', START)
    expect(step(call, answer('accept', 'b'), rules, START + 1)).toEqual({ refusal: 'over' })
    expect(step(call, answer('accept', 'a'), rules, START + 5_000)).toEqual({ refusal: 'over' })
    const won = ok(step(call, answer('accept', 'a'), rules, START + 4_999))
    expect(won).toMatchObject({ state: 'accepted', handlerId: 'a', dueAt: null })
    expect(step(won, answer('accept', 'a'), rules, START + 60_000)).toEqual({ call: won, closed: null })
    expect(step(won, answer('accept', 'b'), rules, START + 1)).toEqual({ refusal: 'taken' })
    expect(step(won, answer('decline', 'a'), rules, START + 1)).toEqual({ refusal: 'over' })
  })

  it('an assigned member who is silent gives it back to the dispatchers', () => {
    const assigned = ok(
      step(newCall(START), { kind: 'assign', accountId: 'd', memberId: 'a', offerId: 'o-a' }, rules, START + 50_000),
    )
    expect(assigned).toMatchObject({ state: 'ringing', takenBy: 'd', hop: 0 })
    expect(ok(step(assigned, { kind: 'due' }, rules, START + 55_000))).toMatchObject({
      state: 'dispatcher',
      queuedBecause: 'notAnswered',
    })
  })

  it('goes on in another call while nobody is on his way, and its phone is silent then', () => {
    const call = ring(newCall(START), 'a', START)
    const merged = step(call, { kind: 'merge' }, rules, START + 1)
    expect(merged).toMatchObject({
      call: { state: 'merged', offer: null, dueAt: null },
      closed: { outcome: 'withdrawn' },
    })
    expect(step(ok(merged), { kind: 'merge' }, rules, START + 2)).toEqual({ call: ok(merged), closed: null })
    expect(step(ok(merged), answer('accept', 'a'), rules, START + 2)).toEqual({ refusal: 'over' })
    expect(step(ok(merged), { kind: 'cancel' }, rules, START + 2)).toEqual({ refusal: 'over' })
    const won = ok(step(call, answer('accept', 'a'), rules, START + 1))
    expect(step(won, { kind: 'merge' }, rules, START + 2)).toEqual({ refusal: 'taken' })
  })

  it('is rated once, and only when it is done', () => {
    const won = ok(step(ring(newCall(START), 'a', START), answer('accept', 'a'), rules, START + 1))
    expect(step(won, { kind: 'rate' }, rules, START)).toEqual({ refusal: 'over' })
    const done = ok(step(won, { kind: 'progress', memberId: 'a', to: 'done' }, rules, START))
    const rated = ok(step(done, { kind: 'rate' }, rules, START))
    expect(step(rated, { kind: 'rate' }, rules, START)).toEqual({ refusal: 'over' })
    expect(step(done, { kind: 'progress', memberId: 'a', to: 'onTheWay' }, rules, START)).toEqual({
      call: done,
      closed: null,
    })
  })
})

/** One act: who, what, on how old a picture of the call, and whether he dies before it is written. */
const act = fc.record({
  what: fc.constantFrom(
    'due',
    'next',
    'nobody',
    'delivered',
    'accept',
    'decline',
    'onTheWay',
    'arrived',
    'done',
    'giveBack',
    'cancel',
    'takeOver',
    'assign',
    'finish',
    'merge',
    'rate',
  ),
  who: fc.integer({ min: 0, max: 5 }),
  staleBy: fc.integer({ min: 0, max: 3 }),
  dies: fc.boolean(),
  waitsMs: fc.constantFrom(0, 1, 400, 4_999, 5_000, 15_000, 31_000),
})
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never

function eventOf({ what, who }: Act, seen: LadderCall, number: number): LadderEvent {
  const memberId = `m${who}`
  // Half of those who answer name the offer that is open in what they saw.
  const offerId = seen.offer && who % 2 === 0 ? seen.offer.id : `o${number - 1}`
  const answerer = seen.offer && who % 3 > 0 ? seen.offer.memberId : memberId
  switch (what) {
    case 'next':
      return { kind: 'next', memberId, offerId: `o${number}` }
    case 'nobody':
      return { kind: 'next', memberId: null, offerId: `o${number}` }
    case 'delivered':
    case 'accept':
    case 'decline':
      return { kind: what, memberId: answerer, offerId }
    case 'onTheWay':
    case 'arrived':
    case 'done':
      return { kind: 'progress', memberId: seen.handlerId ?? memberId, to: what }
    case 'giveBack':
      return { kind: 'giveBack', memberId: seen.handlerId ?? memberId }
    case 'takeOver':
    case 'finish':
      return { kind: what, accountId: `d${who % 2}` }
    case 'assign':
      return { kind: 'assign', accountId: `d${who % 2}`, memberId, offerId: `o${number}` }
    default:
      return { kind: what as 'due' | 'cancel' | 'merge' | 'rate' }
  }
}

it('whoever acts when and dies where: one owner, one offer, one winner, nobody rung twice for an offer', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      // The row with its version: a writer who decided on an older one writes nothing.
      const history: LadderCall[] = [newCall(START)]
      const closed: string[] = []
      const rung: string[] = []
      let [now, ladderRings, ratings] = [START, 0, 0]
      for (const [number, one] of acts.entries()) {
        now += one.waitsMs
        const seenAt = Math.max(0, history.length - 1 - one.staleBy)
        const seen = history[seenAt] as LadderCall
        const result = step(seen, eventOf(one, seen, number), rules, now)
        const isCurrent = seenAt === history.length - 1
        if ('refusal' in result || result.call === seen || one.dies || !isCurrent) continue
        const { call } = result
        history.push(call)
        if (result.closed) closed.push(result.closed.offerId)
        if (call.offer && call.offer.id !== seen.offer?.id) {
          rung.push(call.offer.id)
          if (!call.offer.isAssigned) ladderRings++
        }
        if (call.state === 'rated') ratings++

        expect(ownerOf(call) !== null).toBe(!isEnded(call.state))
        expect(call.offer !== null).toBe(call.state === 'ringing')
        expect(call.dueAt !== null).toBe(['searching', 'ringing', 'dispatcher'].includes(call.state))
        // An offer that was open and is not has come to exactly one end.
        if (seen.offer && seen.offer.id !== call.offer?.id) expect(closed.at(-1)).toBe(seen.offer.id)
        // From one member to another only through a dispatcher's hands.
        if (isHandled(seen.state) && isHandled(call.state)) expect(call.handlerId).toBe(seen.handlerId)
        expect(isEnded(seen.state) && call.state !== 'rated').toBe(false)
      }
      expect(new Set(closed).size).toBe(closed.length)
      expect(new Set(rung).size).toBe(rung.length)
      expect(ladderRings).toBeLessThanOrEqual(rules.hops)
      expect(ratings).toBeLessThanOrEqual(1)
    }),
    { numRuns: 2_000 },
  )
})

it('left to the clock alone, with nobody answering, everybody is alarmed within 45 + 30 s and no clock is ever late', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ rings: fc.boolean(), somebody: fc.boolean() }), { minLength: 8, maxLength: 8 }),
      (answers) => {
        let call = newCall(START)
        for (const [number, { rings, somebody }] of answers.entries()) {
          const now = call.dueAt ?? START
          const memberId = somebody ? `m${number}` : null
          call =
            call.state === 'searching'
              ? ok(step(call, { kind: 'next', memberId, offerId: `o${number}` }, rules, now))
              : ok(step(call, { kind: 'due' }, rules, now))
          if (rings && call.offer)
            call = ok(
              step(call, { kind: 'delivered', memberId: call.offer.memberId, offerId: call.offer.id }, rules, now),
            )
          if (call.dueAt !== null) expect(call.dueAt).toBeLessThanOrEqual(START + 75_000)
        }
        expect(call.state).toBe('alarm')
      },
    ),
  )
})
