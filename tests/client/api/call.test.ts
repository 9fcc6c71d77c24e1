/** A question is asked again while the server is not ready for a moment; a command never is. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CallFailed, call } from '../../../client/api/call.ts'

const NOT_READY = { status: 503, body: { code: 'not_ready', message: 'later', correlationId: 'c1' } }
const GOOD = { status: 200, body: [] }

/** A server that gives these answers in turn, the last one for ever. */
function serverWith(...answers: { status: number; body: unknown }[]) {
  let asked = 0
  const answer = vi.fn(async (_address: string, init: RequestInit) => {
    init.signal?.throwIfAborted()
    const { status, body } = answers[Math.min(asked++, answers.length - 1)] ?? GOOD
    return new Response(JSON.stringify(body), { status })
  })
  vi.stubGlobal('fetch', answer)
  return answer
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What came of it once every wait is over. */
async function outcome(asking: Promise<unknown>): Promise<unknown> {
  const settled = asking.catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(5_000)
  return settled
}

it.each([1, 2])('answers a question that the server was not ready for %d times', async (times) => {
  const server = serverWith(...Array.from({ length: times }, () => NOT_READY), GOOD)
  expect(await outcome(call('duty.list', {}))).toEqual([])
  expect(server).toHaveBeenCalledTimes(times + 1)
})

it('says so when the server stays away, with the number to quote', async () => {
  const server = serverWith(NOT_READY)
  const failed = await outcome(call('duty.list', {}))
  expect(failed).toBeInstanceOf(CallFailed)
  expect(failed).toMatchObject({ status: 503, body: { code: 'not_ready', correlationId: 'c1' } })
  expect(server).toHaveBeenCalledTimes(3)
})

it('waits before it asks again, and longer the second time', async () => {
  const server = serverWith(NOT_READY)
  const asking = call('duty.list', {}).catch(() => {})
  const countAfter = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds)
    return server.mock.calls.length
  }
  expect(await countAfter(390)).toBe(1)
  expect(await countAfter(220)).toBe(2)
  expect(await countAfter(1_000)).toBe(2)
  expect(await countAfter(1_000)).toBe(3)
  await asking
})

it.each(['duty.end', 'session.touch'] as const)('sends a command once: %s', async (id) => {
  const server = serverWith(NOT_READY, GOOD)
  expect(await outcome(call(id, {}))).toBeInstanceOf(CallFailed)
  expect(server).toHaveBeenCalledTimes(1)
})

it('asks once where the server answered that it will not', async () => {
  const server = serverWith({ status: 500, body: { code: 'fault', message: 'no', correlationId: 'c2' } }, GOOD)
  expect(await outcome(call('duty.list', {}))).toMatchObject({ status: 500 })
  expect(server).toHaveBeenCalledTimes(1)
})

it('stops waiting when nobody wants the answer any more', async () => {
  const server = serverWith(NOT_READY)
  const wanted = new AbortController()
  const asking = call('duty.list', { signal: wanted.signal }).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(100)
  wanted.abort()
  expect(await asking).toMatchObject({ body: { code: 'offline' } })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(server).toHaveBeenCalledTimes(1)
})
