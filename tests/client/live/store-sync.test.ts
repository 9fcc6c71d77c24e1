/** The stores in step with the server: what is read when, and what the screen says of itself meanwhile. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveSocket } from '../../../client/live/connect.ts'
import { type StoreSync, useStoreSync } from '../../../client/live/use-store-sync.ts'
import { useConnection } from '../../../client/stores/connection.ts'
import { useNotices } from '../../../client/stores/notices.ts'
import { useOnDuty } from '../../../client/stores/on-duty.ts'
import { useOpenCases } from '../../../client/stores/open-cases.ts'
import { useSession } from '../../../client/stores/session.ts'
import type { SessionView } from '../../../contract/accounts.ts'
import type { ResumeAnswer, ToldFact } from '../../../contract/facts.ts'
import { mapModel, openCase } from '../../support/map-model.ts'

const dispatcher: SessionView = {
  accountId: 'a1',
  name: '派遣员',
  role: 'dispatcher',
  scope: [],
  hasPassword: true,
  asksCurrentPassword: true,
  isLocked: false,
  expiresAt: 0,
  idleLockMs: null,
}

/** What the server holds, how often each of it was asked for, and whether it answers at all. */
function createServer() {
  const { district } = mapModel()
  const state = { cases: [openCase('1')], district, resume: { seq: 5, facts: null } as ResumeAnswer, isAway: false }
  const asked = new Map<string, number>()
  const answers: Record<string, () => unknown> = {
    '/api/district': () => state.district,
    '/api/cases/open': () => ({ cases: state.cases, total: state.cases.length, asOf: 0 }),
    '/api/areas': () => [],
    '/api/service-points': () => [],
    '/api/duty': () => [],
    '/api/calls': () => ({ calls: [], asOf: 0 }),
  }
  const fetched = async (address: string) => {
    const path = address.split('?')[0] ?? ''
    asked.set(path, (asked.get(path) ?? 0) + 1)
    const body = state.isAway ? { code: 'fault', message: 'away' } : answers[path]?.()
    if (body === undefined) throw new Error(`Nobody answers ${path}.`)
    return new Response(JSON.stringify(body), { status: state.isAway ? 500 : 200 })
  }
  vi.stubGlobal('fetch', fetched)
  const emitWithAck = async (_name: string, { after }: { after: number | null }) => {
    asked.set('resume', (asked.get('resume') ?? 0) + 1)
    if (state.isAway) throw new Error('no answer')
    return { ok: true, value: after === null ? { ...state.resume, facts: null } : state.resume }
  }
  const socket = { timeout: () => ({ emitWithAck }) } as unknown as LiveSocket
  return { state, socket, count: (what: string) => asked.get(what) ?? 0 }
}

let server: ReturnType<typeof createServer>
let sync: StoreSync
beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  useSession().apply(dispatcher)
  server = createServer()
  sync = useStoreSync(server.socket)
})
afterEach(() => {
  sync.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Lets what was begun come to its end. */
async function settle<T>(work: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(2_000)
  return work
}
const raise = (layer: 'cases' | 'members') => {
  const { district } = server.state
  server.state.district = { ...district, versions: { ...district.versions, [layer]: district.versions[layer] + 1 } }
}
const caseFact = (seq: number, previousSeq: number, id: string): ToldFact => ({
  previousSeq,
  fact: { seq, at: 0, kind: 'case', id, record: openCase(id) },
})

describe('coming in', () => {
  it('reads everything, and is in step only after that', async () => {
    const coming = sync.comeIn()
    expect(sync.isInStep()).toBe(false)
    await settle(coming)
    expect(sync.isInStep()).toBe(true)
    expect(useConnection().state).toBe('connected')
    expect([useOpenCases().isKnown, useOnDuty().isKnown]).toEqual([true, true])
  })

  it('after a short absence takes the facts that were missed, and reads no list for them', async () => {
    await settle(sync.comeIn())
    const before = server.count('/api/cases/open')
    server.state.resume = { seq: 6, facts: [caseFact(6, 5, '2').fact] }
    raise('cases')
    await settle(sync.comeIn())
    expect(useOpenCases().byDue.map(({ id }) => id)).toContain('2')
    expect(server.count('/api/cases/open')).toBe(before)
    expect(sync.isInStep()).toBe(true)
  })

  it('is not in step when the server does not answer, and says that the link is lost', async () => {
    server.state.isAway = true
    await settle(sync.comeIn())
    expect(sync.isInStep()).toBe(false)
    expect(useConnection().state).toBe('lost')
    server.state.isAway = false
    await settle(sync.comeIn())
    expect(sync.isInStep()).toBe(true)
    expect(useConnection().state).toBe('connected')
  })
})

describe('while the link is up', () => {
  beforeEach(() => settle(sync.comeIn()))

  it('a fact changes the list at once', () => {
    sync.receive(caseFact(6, 5, '7'))
    expect(useOpenCases().byDue.map(({ id }) => id)).toContain('7')
  })

  it('a fact that says that others were missed has them asked for', async () => {
    const before = server.count('resume')
    server.state.resume = { seq: 8, facts: [caseFact(7, 6, '7').fact, caseFact(8, 7, '8').fact] }
    sync.receive(caseFact(8, 7, '8'))
    await vi.advanceTimersByTimeAsync(100)
    expect(server.count('resume')).toBe(before + 1)
    expect(useOpenCases().byDue.map(({ id }) => id)).toEqual(expect.arrayContaining(['7', '8']))
  })

  it('a list that changed without a fact is read, and a layer without a list is not asked about', async () => {
    await vi.advanceTimersByTimeAsync(5_000)
    const before = server.count('/api/cases/open')
    raise('members')
    await settle(sync.refetch())
    expect(server.count('/api/cases/open')).toBe(before)
    server.state.cases = [openCase('1'), openCase('9')]
    raise('cases')
    await settle(sync.refetch())
    expect(useOpenCases().byDue.map(({ id }) => id)).toContain('9')
  })

  it('a finished load is read at once, facts or not', async () => {
    sync.receive(caseFact(6, 5, '7'))
    server.state.cases = [openCase('1'), openCase('7'), openCase('9')]
    sync.expectLoad()
    await vi.advanceTimersByTimeAsync(100)
    expect(useOpenCases().byDue.map(({ id }) => id)).toContain('9')
  })

  it('a session that has locked says nothing about the link', async () => {
    // Who is here is told to a locked screen too.
    const locked = { ...dispatcher, isLocked: true }
    const refusal = { code: 'session_locked', message: '' }
    vi.stubGlobal('fetch', async (path: string) =>
      path === '/api/session' ? Response.json(locked) : Response.json(refusal, { status: 401 }),
    )
    await settle(sync.refetch())
    expect(useConnection().state).toBe('connected')
    expect(useNotices().notices).toEqual([])
    expect(useSession().isLocked).toBe(true)
  })

  it('forgets everything of the person before', () => {
    sync.forget()
    expect(sync.isInStep()).toBe(false)
    expect([useOpenCases().isKnown, useOnDuty().isKnown]).toEqual([false, false])
    sync.receive(caseFact(6, 5, '7'))
    expect(useOpenCases().isKnown).toBe(false)
  })
})
