import fc from 'fast-check'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { byUrgency, callTime, isWaiting } from '../../../client/stores/call-order.ts'
import { useCalls } from '../../../client/stores/calls.ts'
import { type CallState, callStates, isEnded } from '../../../contract/call-ladder.ts'
import type { LiveCall } from '../../../contract/calls.ts'

beforeEach(() => setActivePinia(createPinia()))

const aCall = (id: string, state: CallState, more: Partial<LiveCall> = {}): LiveCall => ({
  id,
  code: `C-${id}`,
  state,
  hop: 1,
  position: [113.93, 22.75],
  areaId: null,
  wish: null,
  skill: null,
  note: null,
  isVerified: false,
  queuedBecause: null,
  member: null,
  takenBy: null,
  placedAt: 0,
  dueAt: null,
  ...more,
})
const someCalls = fc.uniqueArray(
  fc.record({ id: fc.uuid(), state: fc.constantFrom(...callStates), placedAt: fc.integer({ min: 0, max: 9 }) }),
  { selector: ({ id }) => id, maxLength: 30 },
)

it('lists what waits for a dispatcher before everything else, alarms first, the longest waiting first', () => {
  fc.assert(
    fc.property(someCalls, (seeds) => {
      const calls = useCalls()
      calls.forget()
      for (const { id, state, placedAt } of seeds) calls.put(aCall(id, state, { placedAt }))
      expect(calls.ordered.map(({ id }) => id).sort()).toEqual(
        seeds.flatMap(({ id, state }) => (isEnded(state) ? [] : id)).sort(),
      )
      const marks = calls.ordered.map((item) => (item.state === 'alarm' ? 0 : isWaiting(item) ? 1 : 2))
      expect(marks).toEqual(marks.toSorted())
      expect(calls.ordered.toReversed().sort(byUrgency)).toEqual(calls.ordered)
      for (const [index, item] of calls.ordered.entries()) {
        const next = calls.ordered[index + 1]
        if (next?.state === item.state) expect(next.placedAt).toBeGreaterThanOrEqual(item.placedAt)
      }
    }),
  )
})

it('is heard until it is acknowledged, one by one, and again when it becomes an alarm', () => {
  const calls = useCalls()
  calls.put(aCall('a', 'dispatcher'))
  calls.put(aCall('b', 'dispatcher'))
  calls.put(aCall('c', 'ringing'))
  expect(calls.unheard.map(({ id }) => id)).toEqual(['a', 'b'])
  calls.acknowledge('a')
  expect(calls.unheard.map(({ id }) => id)).toEqual(['b'])
  calls.put(aCall('a', 'dispatcher', { note: '又打来' }))
  expect(calls.unheard.map(({ id }) => id)).toEqual(['b'])
  calls.put(aCall('a', 'alarm'))
  expect(calls.unheard.map(({ id }) => id)).toEqual(['a', 'b'])
  calls.acknowledge()
  expect(calls.unheard).toEqual([])
  calls.put(aCall('a', 'taken'))
  calls.put(aCall('a', 'ringing'))
  calls.put(aCall('a', 'dispatcher'))
  expect(calls.waiting.map(({ id }) => id)).toEqual(['a', 'b'])
})

it('goes when it ends or leaves the view; the same fact twice changes nothing', () => {
  const calls = useCalls()
  calls.put(aCall('a', 'alarm'))
  calls.put(aCall('a', 'alarm'))
  expect(calls.ordered).toHaveLength(1)
  calls.put(aCall('a', 'cancelled'))
  expect(calls.ordered).toEqual([])
  calls.put(aCall('b', 'ringing'))
  calls.remove('b')
  calls.remove('b')
  expect(calls.ordered).toEqual([])
})

it('counts down in whole seconds to zero and never below, and up where nothing is due', () => {
  const pace = { hops: 3, ringMs: 15_000, dispatcherMs: 30_000 }
  const waiting = aCall('a', 'dispatcher', { dueAt: 30_000 })
  expect(callTime(waiting, pace, 0)).toEqual({ kind: 'left', seconds: 30, share: 1 })
  expect(callTime(waiting, pace, 15_001)).toMatchObject({ seconds: 15, share: 14_999 / 30_000 })
  expect(callTime(waiting, pace, 30_000)).toEqual({ kind: 'left', seconds: 0, share: 0 })
  expect(callTime(waiting, pace, 99_000)).toEqual({ kind: 'left', seconds: 0, share: 0 })
  expect(callTime(waiting, null, 0)).toEqual({ kind: 'left', seconds: 30, share: null })
  expect(callTime(aCall('b', 'alarm', { placedAt: 1_000 }), pace, 62_999)).toEqual({
    kind: 'since',
    seconds: 61,
    share: null,
  })
})
