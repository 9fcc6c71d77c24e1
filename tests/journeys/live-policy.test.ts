/** The live connection: rooms follow from the session alone, and a right withdrawn is gone within two seconds. */
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Acknowledgement } from '../../contract/events.ts'
import type { LoadReport } from '../../contract/loads.ts'
import { liveLimits } from '../../server/live-limits.ts'
import { insertStreet, type StreetIds } from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer, type TestSocket } from '../support/server.ts'

let server: TestServer
let street: StreetIds
beforeAll(async () => {
  server = await startTestServer({
    liveLimits: { ...liveLimits, messagesPerSecond: 1, messageBurst: 5, refusedMessages: 10, socketsPerAccount: 2 },
  })
  street = await insertStreet(server.test.db)
})
afterAll(() => server.stop())

const dispatcher = () => server.signInAs('dispatcher', { scope: [street.communities[0]] })
/** Sends any event, also one that does not exist, as an attacker's client would. */
const emit = (socket: TestSocket, name: string, ...args: unknown[]) =>
  (socket as { emit(...all: unknown[]): unknown }).emit(name, ...args)
const ask = (socket: TestSocket): Promise<Acknowledgement<'clock:ask'>> =>
  socket.timeout(5_000).emitWithAck('clock:ask', {})
const disconnected = (socket: TestSocket) =>
  new Promise<void>((resolve) => (socket.connected ? socket.once('disconnect', () => resolve()) : resolve()))
/** Everything a socket is told from now on. */
function record(socket: TestSocket): { name: string; payload: unknown }[] {
  const told: { name: string; payload: unknown }[] = []
  socket.onAny((name: string, payload: unknown) => told.push({ name, payload }))
  return told
}
const setRole = ({ account }: TestClient, role: string) =>
  server.test.db.query(
    'UPDATE accounts SET role = $2, authorisation_version = authorisation_version + 1 WHERE id = $1',
    [account.id, role],
  )

it('refuses a socket without a session, with an ended one, and with an invented one', async () => {
  await expect(server.anonymous.connect()).rejects.toThrow('not_signed_in')
  const client = await dispatcher()
  await client.call('session.signOut')
  await expect(client.connect()).rejects.toThrow('not_signed_in')
})

it.each([
  ['subscribe', { grid: 'elsewhere' }],
  ['join', 'role:streetAdmin'],
  ['join', ['role:streetAdmin', 'role:communityAdmin']],
  ['room', { area: '/440311001/440311001002/' }],
  ['load:progress', {}],
  ['session:changed', { role: 'streetAdmin' }],
  ['__proto__', {}],
  ['constructor', {}],
])('cuts a socket that sends %s, gives it nothing, and notes it', async (name, payload) => {
  const client = await dispatcher()
  const socket = await client.connect()
  const told = record(socket)
  emit(socket, name, payload)
  await disconnected(socket)
  server.web.live.tell('load:progress', REPORT)
  expect(told).toEqual([])
  await expect
    .poll(() =>
      server.test.db.query("SELECT detail FROM audit_log WHERE action = 'event.refused' AND actor_id = $1", [
        client.account.id,
      ]),
    )
    .toEqual([{ detail: { event: name } }])
})

const REPORT: LoadReport = {
  id: '0193f0a0-0000-7000-8000-000000000001',
  fileName: 'areas.geojson',
  kind: 'areas',
  at: 0,
  actor: null,
  state: 'running',
  rowsRead: 1,
  added: 0,
  changed: 0,
  unchanged: 0,
  refusedCount: 0,
  refused: [],
  notes: [],
  progress: null,
  message: null,
}

it('tells an event only to roles whose policy row allows it', async () => {
  const admin = await (await server.signInAs('streetAdmin', { scope: 'everywhere' })).connect()
  const member = await (await server.signInAs('member', { scope: [street.grids[0]] })).connect()
  const [toAdmin, toMember] = [record(admin), record(member)]
  server.web.live.tell('load:progress', REPORT)
  server.web.live.tell('data:changed', { versions: { cases: 7 } } as never)
  await expect.poll(() => toAdmin.map(({ name }) => name)).toEqual(['load:progress', 'data:changed'])
  await expect.poll(() => toMember.map(({ name }) => name)).toEqual(['data:changed'])
})

it('a demotion while connected: out of its rooms and without answers within two seconds', async () => {
  const client = await server.signInAs('communityAdmin', { scope: [street.communities[0]] })
  const socket = await client.connect()
  expect(await ask(socket)).toMatchObject({ ok: true })
  const told = record(socket)
  const from = Date.now()
  await setRole(client, 'member')
  await disconnected(socket)
  expect(Date.now() - from).toBeLessThan(10_000)
  server.web.live.tell('load:progress', REPORT)
  expect(told).toEqual([{ name: 'session:changed', payload: null }])
  await expect(client.connect()).rejects.toThrow('not_signed_in')
})

it('a disabled account and a signed-out one lose their sockets', async () => {
  const [disabled, left] = [await dispatcher(), await dispatcher()]
  const sockets = [await disabled.connect(), await left.connect()]
  await server.test.db.query('UPDATE accounts SET is_disabled = true WHERE id = $1', [disabled.account.id])
  await left.call('session.signOut')
  await Promise.all(sockets.map(disconnected))
})

it('a locked session keeps hearing (alarms sound on) but is answered session_locked', async () => {
  const client = await dispatcher()
  const socket = await client.connect()
  const told = record(socket)
  await server.test.db.query(
    "UPDATE sessions SET active_at = active_at - interval '31 minutes' WHERE account_id = $1",
    [client.account.id],
  )
  await expect.poll(() => told).toMatchObject([{ name: 'session:changed', payload: { isLocked: true } }])
  expect(await ask(socket)).toMatchObject({ ok: false, code: 'session_locked' })
  server.web.live.tell('data:changed', { versions: { cases: 8 } } as never)
  await expect.poll(() => told.length).toBe(2)
})

it('answers bad payloads with a refusal, and messages without acknowledgement with silence', async () => {
  const socket = await (await dispatcher()).connect()
  for (const payload of [null, { area: 'x' }, 'text', [1, 2]]) {
    const answer = await new Promise((resolve) => emit(socket, 'clock:ask', payload, resolve))
    expect(answer).toMatchObject({ ok: false, code: 'bad_input' })
  }
  emit(socket, 'clock:ask', {})
  await wait(50)
  expect(socket.connected).toBe(true)
})

it('answers a burst, refuses what is beyond it, and cuts who does not stop', async () => {
  const socket = await (await dispatcher()).connect()
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask(socket)))
  expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(5)
  expect(answers.filter((answer) => !answer.ok && answer.code === 'too_many_requests').length).toBeGreaterThanOrEqual(5)
  for (let more = 0; more < 30; more++) emit(socket, 'clock:ask', {}, () => {})
  await disconnected(socket)
})

it('an account has so many sockets and no more, until it closes one', async () => {
  const client = await dispatcher()
  const sockets = [await client.connect(), await client.connect()]
  await expect(client.connect()).rejects.toThrow('too_many_requests')
  sockets[0]?.disconnect()
  await expect
    .poll(() =>
      client.connect().then(
        () => 'open',
        (error: Error) => error.message,
      ),
    )
    .toBe('open')
})
