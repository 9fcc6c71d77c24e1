/** What callers' pages are told: each change once, places now and then, nothing old and nothing after the end. */
import { expect, it } from 'vitest'
import type { CallerView } from '../../../contract/calls.ts'
import type { LonLat } from '../../../contract/geo.ts'
import { callerViewFor } from '../../../server/calls/call-audience.ts'
import { createCallerFanOut } from '../../../server/calls/caller-fan-out.ts'
import type { CallRow } from '../../../server/calls/calls.queries.ts'

const HERE: LonLat = [114.02, 22.7]

function aWorld(isVerified = true) {
  let clock = 1_000_000
  let where: LonLat = [114.021, 22.7]
  let row = {
    id: 'call-1',
    code: 'C-1',
    version: 1,
    state: 'ringing',
    hop: 1,
    longitude: HERE[0],
    latitude: HERE[1],
    placedAt: clock,
    isVerified,
    handlerId: null,
    offerMemberId: 'm1',
    memberName: '林秀英',
    memberBadge: '012',
    memberIsPartyMember: false,
    stars: null,
  } as CallRow
  let slow: Promise<void> = Promise.resolve()
  const fanOut = createCallerFanOut({
    async read(ids) {
      const read = [row].filter(({ id }) => ids.includes(id))
      await slow
      return read
    },
    viewOf: (of) => callerViewFor(of, { position: where, minutes: 3 }, clock),
    now: () => clock,
  })
  const told: CallerView[] = []
  const page = { isBusy: false, isEnded: false }
  const screen = {
    tell: (view: CallerView) => void told.push(view),
    isBusy: () => page.isBusy,
    end: () => {
      page.isEnded = true
    },
  }
  return {
    fanOut,
    told,
    page,
    screen,
    set: (next: Partial<CallRow>) => {
      row = { ...row, ...next, version: row.version + 1 }
    },
    walk(metres: number) {
      where = [where[0] + metres / 102_700, where[1]]
    },
    wait(milliseconds: number) {
      clock += milliseconds
    },
    /** The next reading takes until the returned function is called. */
    hold() {
      let go: () => void = () => {}
      slow = new Promise((resolve) => {
        go = resolve
      })
      return () => {
        slow = Promise.resolve()
        go()
      }
    },
  }
}
const states = (told: CallerView[]) => told.map(({ state }) => state)

it('tells how it stands at once, then each change once; what shows nothing new is not told', async () => {
  const { fanOut, told, screen, set } = aWorld()
  await fanOut.follow('call-1', screen).told
  await fanOut.changed(['call-1'])
  set({ deliveredAt: 5 })
  await fanOut.changed(['call-1'])
  set({ state: 'accepted', handlerId: 'm1' })
  await fanOut.changed(['call-1', 'call-2'])
  expect(states(told)).toEqual(['ringing', 'accepted'])
})

it('a change during the first reading is not lost, and what is older comes not after it', async () => {
  const { fanOut, told, screen, set, hold } = aWorld()
  const go = hold()
  const { told: first } = fanOut.follow('call-1', screen)
  set({ state: 'accepted', handlerId: 'm1' })
  go()
  await fanOut.changed(['call-1'])
  await first
  expect(states(told).at(-1)).toBe('accepted')
  const late = hold()
  const reading = fanOut.changed(['call-1'])
  set({ state: 'onTheWay' })
  late()
  await fanOut.changed(['call-1'])
  await reading
  expect(states(told)).toEqual([...new Set(states(told))])
  expect(states(told).at(-1)).toBe('onTheWay')
})

it('while somebody comes, where he is: at most every five seconds, only when it is another, and not to a slow page', async () => {
  const { fanOut, told, page, screen, set, walk, wait } = aWorld()
  await fanOut.follow('call-1', screen).told
  walk(30)
  wait(60_000)
  fanOut.move()
  expect(told).toHaveLength(1)
  set({ state: 'accepted', handlerId: 'm1' })
  await fanOut.changed(['call-1'])
  const after: number[] = []
  for (let second = 1; second <= 20; second++) {
    wait(1_000)
    walk(25)
    fanOut.move()
    after.push(told.length)
  }
  expect(told).toHaveLength(6)
  expect(after.filter((count, index) => count > (after[index - 1] ?? 2))).toHaveLength(4)
  wait(60_000)
  fanOut.move()
  const still = told.length
  wait(60_000)
  fanOut.move()
  expect(told).toHaveLength(still)
  page.isBusy = true
  walk(25)
  fanOut.move()
  expect(told).toHaveLength(still)
})

it('an unverified caller is sent no step of his helper, only when he comes into another band', async () => {
  const { fanOut, told, screen, set, walk, wait } = aWorld(false)
  set({ state: 'onTheWay', handlerId: 'm1' })
  await fanOut.follow('call-1', screen).told
  for (let times = 0; times < 40; times++) {
    wait(5_000)
    walk(5)
    fanOut.move()
  }
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({ position: null, minutes: null, band: 'within500' })
})

it('ends with the call, and tells nothing after', async () => {
  const { fanOut, told, page, screen, set, walk, wait } = aWorld()
  set({ state: 'onTheWay', handlerId: 'm1' })
  const { told: first, stop } = fanOut.follow('call-1', screen)
  await first
  set({ state: 'done' })
  await fanOut.changed(['call-1'])
  expect([states(told), page.isEnded]).toEqual([['onTheWay', 'done'], true])
  expect(told.at(-1)).toMatchObject({ position: null, minutes: null })
  walk(100)
  wait(10_000)
  fanOut.move()
  stop()
  set({ state: 'rated', stars: 5 })
  await fanOut.changed(['call-1'])
  expect(told).toHaveLength(2)
})
