/** A caller's page follows its call through any cut: nothing older after newer, nothing twice, and the end is seen. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CallFailed } from '../../../client/api/call.ts'
import type { CallerSocket } from '../../../client/caller/caller-socket.ts'
import { type CallLink, type CallReach, followCall } from '../../../client/caller/follow-call.ts'
import type { CallState } from '../../../contract/call-ladder.ts'
import type { CallerView } from '../../../contract/calls.ts'

const SECRET = 's'.repeat(43)

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A server with one call, and a socket to it that can be cut; what is sent over it arrives later, in order. */
function aWorld(latencyMs: () => number = () => 30) {
  type Listener = (value: never) => void
  const listeners = new Map<string, Listener[]>()
  const tell = (name: string, value: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(value as never)
  }
  const later = (work: () => void) => setTimeout(work, latencyMs())
  let hop = 0
  let state: CallState = 'ringing'
  let isUp = true
  let isRefused: string | null = null
  let asks = 0
  /** Of one connection; a new one hears nothing meant for the one before. */
  let line = 0
  let arrivesAt = 0
  const view = (): CallerView => ({
    code: 'C-1',
    state,
    hop,
    placedAt: 0,
    acceptedAt: null,
    endedAt: null,
    serverTime: Date.now(),
    dueAt: null,
    queuedBecause: null,
    band: null,
    helper: null,
    minutes: null,
    position: null,
    isVerified: false,
    stars: null,
  })
  function push(): void {
    const [said, on] = [view(), line]
    arrivesAt = Math.max(arrivesAt + 1, Date.now() + latencyMs())
    setTimeout(() => socket.connected && on === line && tell('call:view', said), arrivesAt - Date.now())
  }
  const socket = {
    connected: false,
    active: false,
    on(name: string, listener: Listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener])
      return socket
    },
    connect() {
      if (socket.connected || socket.active) return socket
      socket.active = true
      later(() => {
        if (!socket.active) return
        socket.active = false
        if (isRefused) return tell('connect_error', new Error(isRefused))
        if (!isUp) {
          socket.connect()
          return tell('connect_error', new Error('websocket error'))
        }
        socket.connected = true
        line++
        tell('connect', undefined)
        push()
      })
      return socket
    },
    disconnect() {
      socket.connected = false
      socket.active = false
      return socket
    },
  }
  const reach: CallReach = {
    open: async () => socket as unknown as CallerSocket,
    ask: () =>
      new Promise((resolve, reject) => {
        asks++
        later(() => {
          if (!isUp) return reject(new CallFailed(0, { code: 'offline', message: '' }))
          if (isRefused === 'not_found') return reject(new CallFailed(404, { code: 'not_found', message: '' }))
          const answer = view()
          later(() => resolve(answer))
        })
      }),
  }
  return {
    reach,
    asks: () => asks,
    isConnected: () => socket.connected,
    step(next: CallState = state) {
      hop++
      state = next
      if (socket.connected) push()
    },
    cut() {
      isUp = false
      if (!socket.connected) return
      socket.connected = false
      socket.active = false
      tell('disconnect', 'transport close')
      socket.connect()
    },
    mend() {
      isUp = true
    },
    refuse(reason: string) {
      isRefused = reason
    },
  }
}

function follow(reach: CallReach) {
  const seen: CallerView[] = []
  const links: CallLink[] = []
  let isGone = false
  const following = followCall(
    SECRET,
    {
      onView: (view) => seen.push(view),
      onLink: (link) => links.push(link),
      onGone: () => {
        isGone = true
      },
    },
    reach,
  )
  return { seen, links, following, isGone: () => isGone, hops: () => seen.map(({ hop }) => hop) }
}

it('hears every change over its socket, and asks nothing then', async () => {
  const world = aWorld()
  const { hops, links } = follow(world.reach)
  await vi.advanceTimersByTimeAsync(1_000)
  const asked = world.asks()
  for (let step = 0; step < 5; step++) {
    world.step()
    await vi.advanceTimersByTimeAsync(3_000)
  }
  expect(hops()).toEqual([0, 1, 2, 3, 4, 5])
  expect(world.asks()).toBe(asked)
  expect(links.at(-1)).toBe('live')
})

it('asks every two to five seconds while the socket is cut, says so, and is told again when it is back', async () => {
  const world = aWorld()
  const { hops, links } = follow(world.reach)
  await vi.advanceTimersByTimeAsync(1_000)
  world.cut()
  await vi.advanceTimersByTimeAsync(500)
  expect(links.at(-1)).toBe('lost')
  world.step()
  const asked = world.asks()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(world.asks() - asked).toBeGreaterThanOrEqual(4)
  expect(world.asks() - asked).toBeLessThanOrEqual(11)
  world.mend()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(hops()).toEqual([0, 1])
  expect(links.at(-1)).toBe('live')
})

it('works without any socket', async () => {
  const world = aWorld()
  const { hops, links } = follow({ ...world.reach, open: () => Promise.reject(new Error('no code')) })
  for (let step = 0; step < 3; step++) {
    await vi.advanceTimersByTimeAsync(2_500)
    world.step()
  }
  await vi.advanceTimersByTimeAsync(2_500)
  expect(hops()).toEqual([0, 1, 2, 3])
  expect(links).toEqual(['asking'])
})

it('says once that there is no such call, and asks no more', async () => {
  const world = aWorld()
  world.refuse('not_found')
  const { isGone } = follow(world.reach)
  await vi.advanceTimersByTimeAsync(100)
  expect(isGone()).toBe(true)
  const asked = world.asks()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(world.asks()).toBe(asked)
})

it('comes back by itself after the server had no room', async () => {
  const world = aWorld()
  world.refuse('too_many_requests')
  follow(world.reach)
  await vi.advanceTimersByTimeAsync(1_000)
  world.refuse('')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(world.isConnected()).toBe(true)
})

it('through random cuts: only newer than before, never twice, the last word is heard and it is over', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    const world = aWorld(() => 1 + random(400))
    const { seen, hops, following } = follow(world.reach)
    for (let turn = 0; turn < 40; turn++) {
      const what = random(4)
      if (what === 0) world.cut()
      else if (what === 1) world.mend()
      else world.step(turn < 20 ? 'ringing' : 'onTheWay')
      await vi.advanceTimersByTimeAsync(random(1_500))
    }
    world.mend()
    world.step('done')
    await vi.advanceTimersByTimeAsync(20_000)
    const heard = hops()
    expect(
      heard.every((hop, index) => index === 0 || hop > (heard[index - 1] as number)),
      `seed ${seed}: ${heard}`,
    ).toBe(true)
    expect(seen.at(-1)?.state, `seed ${seed}`).toBe('done')
    const asked = world.asks()
    await vi.advanceTimersByTimeAsync(30_000)
    expect([world.asks(), world.isConnected()]).toEqual([asked, false])
    following.stop()
  }
})
