import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { nextStep, stepsOf } from '../../../client/field/call/call-steps.ts'
import { useOwnCall } from '../../../client/field/call/own-call.ts'
import { useClock } from '../../../client/stores/clock.ts'
import type { MemberCall } from '../../../contract/calls.ts'

const NOW = 1_800_000_000_000
const ringing = (more: Partial<MemberCall> = {}): MemberCall => ({
  callId: 'call',
  code: 'C-1',
  state: 'ringing',
  offerId: 'offer',
  position: [114, 22.7],
  wish: null,
  skill: null,
  note: null,
  way: null,
  wayMetres: null,
  worstSeconds: null,
  dueAt: NOW + 5_000,
  serverTime: NOW,
  ...more,
})

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().tick(NOW)
})

describe('a call that rings', () => {
  it('rings until its time is up by the server’s clock, also when this phone’s is wrong', () => {
    const own = useOwnCall()
    useClock().correct(NOW, NOW - 3_600_000)
    own.take(ringing())
    expect([own.isRinging, own.leftMs]).toEqual([true, 5_000])
    useClock().tick(NOW - 3_600_000 + 4_999)
    expect(own.isRinging).toBe(true)
    useClock().tick(NOW - 3_600_000 + 5_000)
    expect(own.isRinging).toBe(false)
  })

  it('has the whole time once the server knows that it rings', () => {
    const own = useOwnCall()
    own.take(ringing())
    own.take(ringing({ dueAt: NOW + 15_000 }))
    useClock().tick(NOW + 14_000)
    expect(own.isRinging).toBe(true)
  })

  it('moves on: he is told, and the next call takes the place of the news', () => {
    const own = useOwnCall()
    own.take(ringing())
    own.lose('another offer')
    expect(own.isRinging).toBe(true)
    own.lose('offer')
    expect([own.call, own.lost]).toEqual([null, 'movedOn'])
    own.take(ringing({ offerId: 'next' }))
    expect([own.isRinging, own.lost]).toEqual([true, null])
  })
})

describe('a call under way', () => {
  it('is told apart from one that rang when it is called off', () => {
    const own = useOwnCall()
    own.take(ringing({ state: 'onTheWay', dueAt: null }))
    expect([own.isRinging, own.isUnderWay]).toEqual([false, true])
    own.lose('offer')
    expect([own.isUnderWay, own.lost]).toEqual([false, 'cancelled'])
  })

  it.each(['done', 'rated', 'cancelled'] as const)('is over when it is %s', (state) => {
    const own = useOwnCall()
    own.take(ringing({ state }))
    expect([own.call, own.lost]).toEqual([null, null])
  })

  it('goes one step at a time', () => {
    expect((['accepted', 'onTheWay', 'arrived', 'done', 'ringing'] as const).map(nextStep)).toEqual([
      'onTheWay',
      'arrived',
      'done',
      null,
      null,
    ])
    expect(stepsOf('onTheWay').map(({ at }) => at)).toEqual(['past', 'now', 'later', 'later'])
  })
})
