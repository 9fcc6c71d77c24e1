/** What the residents' page makes of a call: buttons, screens, steps, sounds, and what it keeps. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { callStates, isEnded, isHandled, queueReasons } from '#contract/call-ladder'
import { type CallerView, distanceBands } from '#contract/calls'
import { callPage as english } from '../../../client/locales/en/call-page.ts'
import { callPage as chinese } from '../../../client/locales/zh-CN/call-page.ts'
import {
  callScreens,
  minutesOfBand,
  ringLeft,
  screenOf,
  stepsOf,
  waitedFor,
} from '../../../client/resident/call/call-screen.ts'
import { callButtonOf } from '../../../client/resident/home/call-button.ts'
import { cueOf } from '../../../client/resident/state/chimes.ts'
import { isOpen, type KeptCall, newUuid, PRESS_LIVES_MS } from '../../../client/resident/state/kept-calls.ts'
import { newSecret } from '../../../client/resident/state/new-secret.ts'
import { useCalls } from '../../../client/resident/state/use-calls.ts'

const view = (more: Partial<CallerView> = {}): CallerView => ({
  code: 'C-1',
  state: 'ringing',
  hop: 1,
  placedAt: 0,
  acceptedAt: null,
  endedAt: null,
  serverTime: 0,
  dueAt: null,
  queuedBecause: null,
  band: null,
  helper: null,
  minutes: null,
  position: null,
  isVerified: false,
  stars: null,
  ...more,
})
const helper = { surname: '周', badge: '0712', isPartyMember: false }
const kept = (more: Partial<KeptCall> = {}): KeptCall => ({
  secret: newSecret(),
  press: null,
  pressedAt: 0,
  place: null,
  view: view(),
  fault: null,
  ...more,
})

describe('the large button', () => {
  const known = { open: null, isLocating: false, isOffline: false, hasPlace: true, isEmpty: false }

  it('always has a way on: to call, to be found, to the open call, or to the telephone', () => {
    expect(callButtonOf(known)).toBe('call')
    expect(callButtonOf({ ...known, hasPlace: false })).toBe('locate')
    expect(callButtonOf({ ...known, isOffline: true })).toBe('telephone')
    expect(callButtonOf({ ...known, isEmpty: true })).toBe('telephone')
  })

  it('leads back to every call that is open, also without a network', () => {
    for (const state of callStates) {
      const open = kept({ view: view({ state }) })
      for (const isOffline of [false, true]) {
        const button = callButtonOf({ ...known, open, isOffline })
        const expected = isHandled(state) ? 'coming' : state === 'ringing' || state === 'searching' ? 'back' : 'desk'
        if (!isEnded(state)) expect(button, state).toBe(expected)
        else expect(button, state).toBe(isOffline ? 'telephone' : 'call')
      }
    }
    const tooMany = kept({ view: view({ state: 'dispatcher', queuedBecause: 'overLimit' }) })
    expect(callButtonOf({ ...known, open: tooMany })).toBe('queued')
  })
})

describe('the screens of a call', () => {
  it('there is one for each state, and every wait ends with who takes it in the end', () => {
    for (const state of callStates) {
      const { view: seen } = kept({ view: view({ state, helper }) })
      const screen = screenOf({ view: seen, fault: null })
      expect(callScreens).toContain(screen)
      if (screen === 'waiting') expect(['desk', 'told']).toContain(stepsOf(seen).at(-1)?.text)
    }
    expect(screenOf({ view: null, fault: null })).toBe('waiting')
    expect(screenOf({ view: view(), fault: 'notSent' })).toBe('over')
    // What the duty desk settled by itself has nobody to be rated.
    expect(screenOf({ view: view({ state: 'done' }), fault: null })).toBe('over')
    expect(screenOf({ view: view({ state: 'done', helper }), fault: null })).toBe('rate')
  })

  it('counts who was asked, and exactly one thing happens now', () => {
    const said = (hop: number, state: 'ringing' | 'searching') =>
      stepsOf(view({ hop, state })).map(({ tense, text, member }) => `${tense} ${text}${member ?? ''}`)
    expect(said(0, 'searching')).toEqual(['passed received', 'now best', 'next thenRings1', 'next desk'])
    expect(said(2, 'ringing')).toEqual([
      'passed received',
      'missed noAnswer1',
      'now ringing2',
      'next another3',
      'next desk',
    ])
    for (const state of callStates)
      for (const queuedBecause of [null, ...queueReasons]) {
        const steps = stepsOf(view({ state, queuedBecause, hop: 3 }))
        expect(steps.filter(({ tense }) => tense === 'now')).toHaveLength(1)
        for (const { text } of steps)
          for (const words of [chinese, english]) expect(Object.keys(words.step)).toContain(text)
      }
  })

  it('tells ranges of minutes that grow with the band, and never one number', () => {
    const ranges = distanceBands.map(minutesOfBand)
    for (const [at, { from, to }] of ranges.entries()) {
      if (to !== null) expect(to).toBeGreaterThan(from)
      expect(from).toBeGreaterThanOrEqual(ranges[at - 1]?.to ?? 1)
    }
    expect(ranges.at(-1)?.to).toBeNull()
  })

  it('counts seconds down to none', () => {
    expect(ringLeft(9_001, 0)).toEqual({ seconds: 10, part: 9.001 / 15 })
    expect(ringLeft(0, 5_000)).toEqual({ seconds: 0, part: 0 })
    expect([waitedFor(0, 52_900), waitedFor(0, 61_000), waitedFor(9, 0)]).toEqual(['0:52', '1:01', '0:00'])
  })
})

it('sounds once for what is new, and never again for the same', () => {
  const ring = (hop: number) => view({ hop })
  expect(cueOf(null, ring(1))).toBe('member')
  expect(cueOf(ring(1), ring(1))).toBeNull()
  expect(cueOf(ring(1), ring(2))).toBe('member')
  expect(cueOf(ring(2), view({ state: 'dispatcher' }))).toBe('desk')
  expect(cueOf(view({ state: 'dispatcher' }), view({ state: 'taken' }))).toBeNull()
  expect(cueOf(ring(1), view({ state: 'accepted' }))).toBe('accepted')
  expect(cueOf(view({ state: 'accepted' }), view({ state: 'onTheWay' }))).toBeNull()
  expect(cueOf(view({ state: 'onTheWay' }), view({ state: 'arrived' }))).toBe('arrived')
  for (const state of callStates) expect(cueOf(view({ state }), view({ state })), state).toBeNull()
})

it('makes ids of version 4 where the browser makes none', () => {
  for (let n = 0; n < 50; n++)
    expect(newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

describe('what the phone keeps', () => {
  let stored: Map<string, string>
  let sent: { path: string; body: { secret: string } }[]
  let answer: (path: string) => Response
  const place = { position: [113.86, 22.79] as [number, number], title: '3 号楼', wish: 'gridMember' as const }
  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })
  /** Someone else's page: what it follows does not matter here. */
  const looked = () => null
  const open = () => {
    const scope = effectScope()
    const calls = scope.run(() => useCalls(looked))
    if (!calls) throw new Error('The scope ran nothing.')
    return { calls, close: () => scope.stop() }
  }

  beforeEach(() => {
    stored = new Map()
    sent = []
    answer = () => json(view())
    vi.useFakeTimers()
    vi.stubGlobal('window', { addEventListener() {}, removeEventListener() {} })
    vi.stubGlobal('document', { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' })
    vi.stubGlobal('navigator', {})
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    })
    vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
      sent.push({ path, body: JSON.parse(body) })
      return answer(path)
    })
    return () => {
      vi.useRealTimers()
      vi.unstubAllGlobals()
    }
  })
  const placed = () => sent.filter(({ path }) => path === '/api/calls')

  it('a second press, in this page or another, is the same call', async () => {
    const { calls, close } = open()
    const other = open()
    const secret = calls.press(place)
    expect(calls.press(place)).toBe(secret)
    expect(other.calls.press(place)).toBe(secret)
    await vi.advanceTimersByTimeAsync(10)
    expect(placed().map(({ body }) => body.secret)).toEqual([secret])
    close()
    other.close()
  })

  it('a press without a network is sent again under the same secret, also after the page was closed', async () => {
    answer = () => {
      throw new Error('no network')
    }
    const first = open()
    const secret = first.calls.press(place)
    await vi.advanceTimersByTimeAsync(4_100)
    expect(first.calls.isLost.value).toBe(true)
    first.close()
    answer = () => json(view({ state: 'accepted' }))
    const second = open()
    await vi.advanceTimersByTimeAsync(2_100)
    expect(new Set(placed().map(({ body }) => body.secret))).toEqual(new Set([secret]))
    expect(second.calls.find(secret)).toMatchObject({ press: null, view: { state: 'accepted' } })
    second.close()
  })

  it('an old press is never sent: nobody waits any more', async () => {
    answer = () => {
      throw new Error('no network')
    }
    const first = open()
    const secret = first.calls.press(place)
    await vi.advanceTimersByTimeAsync(10)
    vi.setSystemTime(Date.now() + PRESS_LIVES_MS + 1)
    sent = []
    answer = () => json({ code: 'not_found', message: '' }, 404)
    await vi.advanceTimersByTimeAsync(2_100)
    expect(placed()).toEqual([])
    expect(first.calls.find(secret)?.fault).toBe('notSent')
    expect(first.calls.open.value).toBeNull()
    first.close()
  })

  it('what was given up before it was answered is taken back, whether or not it had reached the server', async () => {
    for (const reached of [true, false]) {
      sent = []
      answer = () => {
        throw new Error('no network')
      }
      const { calls, close } = open()
      const secret = calls.press(place)
      await vi.advanceTimersByTimeAsync(10)
      await calls.cancel(secret)
      expect(calls.open.value).toBeNull()
      answer = (path) => {
        expect(path).toBe('/api/calls/own/cancel')
        return reached ? json(view({ state: 'cancelled' })) : json({ code: 'not_found', message: '' }, 404)
      }
      await vi.advanceTimersByTimeAsync(2_100)
      expect(placed()).toHaveLength(1)
      const known = calls.find(secret)
      expect(known).toMatchObject(reached ? { view: { state: 'cancelled' }, press: null } : { fault: 'notSent' })
      close()
    }
  })

  it('what is given up while its press is on the way is cancelled as soon as it is answered', async () => {
    let free = () => {}
    const held = new Promise<void>((resolve) => {
      free = resolve
    })
    vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
      sent.push({ path, body: JSON.parse(body) })
      if (path !== '/api/calls') return json(view({ state: 'cancelled' }))
      await held
      return json(view())
    })
    const { calls, close } = open()
    const secret = calls.press(place)
    await calls.cancel(secret)
    free()
    await vi.advanceTimersByTimeAsync(10)
    expect(sent.map(({ path }) => path)).toEqual(['/api/calls', '/api/calls/own/cancel'])
    expect(calls.find(secret)?.view?.state).toBe('cancelled')
    close()
  })

  it('knows which calls are open', () => {
    expect(isOpen(kept())).toBe(true)
    expect(isOpen(kept({ view: null }))).toBe(false)
    expect(isOpen(kept({ fault: 'unknown' }))).toBe(false)
    for (const state of callStates) expect(isOpen(kept({ view: view({ state }) })), state).toBe(!isEnded(state))
  })
})
