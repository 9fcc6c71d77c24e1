/** Limits: refused in time, said until when, and nobody shut out by somebody else. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RateLimits, rateLimits } from '../../server/auth/rate-limits.ts'
import { liveLimits } from '../../server/live-limits.ts'
import { insertAccount } from '../support/accounts.ts'
import { connectSocket, startTestServer, type TestServer } from '../support/server.ts'

const PASSWORD = 'a password of its own'
const limits: RateLimits = {
  ...rateLimits,
  signIn: { windowMs: 900_000, limit: 3 },
  unlock: { windowMs: 900_000, limit: 3 },
  linkPage: { windowMs: 900_000, limit: 20 },
  session: { windowMs: 900_000, limit: 30 },
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({
    rateLimits: limits,
    liveLimits: { ...liveLimits, handshakesPerSecond: 3, handshakesWaiting: 0 },
  })
})
afterAll(() => server.stop())

const account = () => insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere' })
const signIn = (name: string, password: string) => server.anonymous.call('session.signIn', { body: { name, password } })

it('stops guessing one name, in any case of its letters, says for how long, and leaves other names alone', async () => {
  const [victim, other] = [await account(), await account()]
  const client = await server.signIn(other)
  await client.call('session.setPassword', { body: { current: null, next: PASSWORD } })
  for (let guess = 0; guess < 3; guess++) expect((await signIn(victim.signInName, `guess ${guess}`)).status).toBe(401)
  const stopped = await signIn(victim.signInName.toUpperCase(), 'guess 4')
  expect(stopped).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await signIn(other.signInName, PASSWORD)).status).toBe(200)
})

it('does not count right passwords', async () => {
  const mine = await account()
  const client = await server.signIn(mine)
  await client.call('session.setPassword', { body: { current: null, next: PASSWORD } })
  for (let time = 0; time < 6; time++) expect((await signIn(mine.signInName, PASSWORD)).status).toBe(200)
})

it('stops guessing at a locked screen', async () => {
  const client = await server.signIn(await account())
  const unlock = () => client.call('session.unlock', { body: { password: 'guess' } })
  for (let guess = 0; guess < 3; guess++) expect((await unlock()).status).toBe(401)
  expect((await unlock()).status).toBe(429)
})

it('holds one session to its share, not the next one at the same address', async () => {
  const [greedy, modest] = [await server.signIn(await account()), await server.signIn(await account())]
  const statuses = []
  for (let call = 0; call < 31; call++) statuses.push((await greedy.call('session.see')).status)
  expect(statuses.filter((status) => status === 200).length).toBe(30)
  expect(statuses.at(-1)).toBe(429)
  expect((await modest.call('session.see')).status).toBe(200)
})

it('turns a storm of handshakes away with 503 and lets them in later', async () => {
  const clients = await Promise.all(Array.from({ length: 4 }, async () => server.signIn(await account())))
  const tries = await Promise.allSettled(
    Array.from({ length: 12 }, (_, at) => connectSocket(server.origin, clients[at % 4]?.cookie ?? '')),
  )
  const [open, refused] = [tries.filter(isOpen), tries.filter(({ status }) => status === 'rejected')]
  for (const { value } of open) value.disconnect()
  expect(open.length).toBeGreaterThanOrEqual(3)
  expect(refused.length).toBeGreaterThanOrEqual(1)
  const later = () => connectSocket(server.origin, clients[0]?.cookie ?? '').then((socket) => socket.disconnect())
  await expect
    .poll(
      () =>
        later().then(
          () => 'open',
          () => 'refused',
        ),
      { timeout: 10_000 },
    )
    .toBe('open')
})

function isOpen<Value>(result: PromiseSettledResult<Value>): result is PromiseFulfilledResult<Value> {
  return result.status === 'fulfilled'
}

it('stops trying out sign-in links', async () => {
  const statuses: number[] = []
  for (let guess = 0; guess < 21; guess++)
    statuses.push((await fetch(`${server.origin}/sign-in/${'x'.repeat(42)}${guess % 10}`)).status)
  expect(statuses.at(-1)).toBe(429)
})
