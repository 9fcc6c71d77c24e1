/** The outbox of a phone: in order, once, and nothing after the end of a duty. */
import { describe, expect, it } from 'vitest'
import { MAX_SHARED_FIXES } from '#contract/events'
import type { Fix } from '#contract/positions'
import { BatchRefused, createDelivery } from '../../../client/field/sharing/deliver.ts'
import { createMemoryOutbox } from '../../../client/field/sharing/outbox.ts'

const fixAt = (takenAt: number): Fix => ({
  takenAt,
  sentAt: null,
  position: [113.92, 22.76],
  accuracyMetres: 8,
  speedMetresPerSecond: null,
  headingDegrees: null,
  batteryPercent: null,
  isMock: false,
})

/** A server that can be away, refuse, or be slow. */
function world(most?: number) {
  const sent: Fix[][] = []
  const delivered: number[] = []
  const failures: unknown[] = []
  const state = { answer: async (fixes: Fix[]): Promise<string[]> => fixes.map(() => 'live'), count: 0 }
  const delivery = createDelivery({
    outbox: createMemoryOutbox(most),
    async send(fixes) {
      sent.push(fixes)
      return state.answer(fixes)
    },
    now: () => 99,
    onDelivered: (fixes) => void delivered.push(...fixes.map(({ takenAt }) => takenAt)),
    onFailure: (error) => void failures.push(error),
    onCount(count) {
      state.count = count
    },
  })
  return { delivery, sent, delivered, failures, state }
}

const away = async () => {
  throw new Error('timeout')
}

describe('delivery', () => {
  it('keeps what was not acknowledged, and sends it in order and once when the line is back', async () => {
    const { delivery, delivered, failures, state } = world()
    state.answer = away
    for (let at = 1; at <= 3; at++) await delivery.add(fixAt(at))
    expect([delivered, failures.length, state.count]).toEqual([[], 3, 3])
    state.answer = async (fixes) => fixes.map(() => 'live')
    await delivery.flush()
    await delivery.flush()
    expect([delivered, state.count]).toEqual([[1, 2, 3], 0])
  })

  it('stamps the moment of sending, so that the error of this clock cancels out', async () => {
    const { delivery, sent } = world()
    await delivery.add(fixAt(1))
    expect(sent[0]?.[0]?.sentAt).toBe(99)
  })

  it('sends a long outbox in messages that the contract allows, one at a time', async () => {
    const { delivery, sent, delivered, state } = world()
    let underWay = 0
    let most = 0
    state.answer = away
    for (let at = 1; at <= 2 * MAX_SHARED_FIXES + 1; at++) await delivery.add(fixAt(at))
    sent.length = 0
    state.answer = async (fixes) => {
      most = Math.max(most, ++underWay)
      await Promise.resolve()
      underWay--
      return fixes.map(() => 'live')
    }
    await Promise.all([delivery.flush(), delivery.flush(), delivery.add(fixAt(9_999))])
    expect(sent.map(({ length }) => length)).toEqual([MAX_SHARED_FIXES, MAX_SHARED_FIXES, 2])
    expect([most, delivered.length, new Set(delivered).size]).toEqual([1, 2 * MAX_SHARED_FIXES + 2, delivered.length])
  })

  it('does not let a batch that can never be read hold up what follows', async () => {
    const { delivery, delivered, failures, state } = world()
    state.answer = async () => {
      throw new BatchRefused('bad_input')
    }
    await delivery.add(fixAt(1))
    state.answer = async (fixes) => fixes.map(() => 'live')
    await delivery.add(fixAt(2))
    expect([delivered, failures.length]).toEqual([[2], 1])
  })

  it.each(['too_many_requests', 'session_locked', 'fault'])(
    'keeps a batch refused for the moment: %s',
    async (code) => {
      const { delivery, state } = world()
      state.answer = async () => {
        throw new BatchRefused(code)
      }
      await delivery.add(fixAt(1))
      expect(state.count).toBe(1)
    },
  )

  it('forgets everything at the end of a duty, and an answer still on its way tells nobody', async () => {
    const { delivery, sent, delivered, state } = world()
    let answer: (verdicts: string[]) => void = () => {}
    state.answer = () => new Promise((resolve) => (answer = resolve))
    const adding = delivery.add(fixAt(1))
    await expect.poll(() => sent.length).toBe(1)
    await delivery.clear()
    answer(['live'])
    await adding
    await delivery.flush()
    expect([delivered, sent.length, state.count]).toEqual([[], 1, 0])
  })

  it('drops the oldest when there are more than a shift can hold', async () => {
    const { delivery, delivered, state } = world(2)
    state.answer = away
    for (let at = 1; at <= 3; at++) await delivery.add(fixAt(at))
    state.answer = async (fixes) => fixes.map(() => 'live')
    await delivery.flush()
    expect(delivered).toEqual([2, 3])
  })
})
