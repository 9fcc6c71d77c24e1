/** Talk between a caller's page and the member's who comes: the two of them, from acceptance to the end, nobody else. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TalkMessage, TalkSignal } from '../../contract/talk.ts'
import { liveLimits } from '../../server/live-limits.ts'
import { insertMember, insertStreet, middleOf, type StreetIds } from '../support/builders.ts'
import { aPress } from '../support/calls.ts'
import {
  connectCaller,
  startTestServer,
  type TestCallerSocket,
  type TestServer,
  type TestSocket,
} from '../support/server.ts'

let server: TestServer
let street: StreetIds
beforeAll(async () => {
  const ice = { urls: ['stun:stun.example:3478', 'turn:turn.example:3478'], turnSecret: 'shared' }
  server = await startTestServer({ ice, liveLimits: { ...liveLimits, messageBurst: 60 } })
  street = await insertStreet(server.test.db)
})
afterAll(() => server.stop())

interface Heard {
  said: TalkMessage[]
  signals: TalkSignal[]
}

/** A member with his page open, who is told what is told to him alone. */
async function aMember() {
  const memberId = await insertMember(server.test.db, {}, [{ post: 'gridMember', area_id: street.grids[0] }])
  const client = await server.signInAs('member', { scope: [street.grids[0]], memberId })
  const socket = await client.connect()
  const heard: Heard = { said: [], signals: [] }
  socket.on('talk:said', ({ message }) => heard.said.push(message))
  socket.on('talk:signal', ({ signal }) => heard.signals.push(signal))
  return { memberId, socket, ...heard }
}

/** A call, and its caller's page. */
async function aCall() {
  const press = aPress(middleOf(0, 0))
  await server.anonymous.call('calls.place', { body: press })
  const heard: Heard = { said: [], signals: [] }
  const socket: TestCallerSocket = await connectCaller(server.origin, { secret: press.secret }, (opened) => {
    opened.on('talk:said', (message) => heard.said.push(message))
    opened.on('talk:signal', (signal) => heard.signals.push(signal))
  })
  const [{ id } = { id: '' }] = await server.test.db.query<{ id: string }>(
    'SELECT id FROM calls ORDER BY placed_at DESC, id DESC LIMIT 1',
  )
  return { id, socket, ...heard }
}
const setState = (id: string, state: string, handlerId: string | null) =>
  server.test.db.query(
    `UPDATE calls SET state = $2, handler_id = $3, due_at = NULL, version = version + 1,
       ended_at = CASE WHEN $2 IN ('done', 'cancelled') THEN now() END WHERE id = $1`,
    [id, state, handlerId],
  )
const message = (text: string, key = randomUUID()) => ({ key, text })
const ofMember = (socket: TestSocket, callId: string, text: string) =>
  socket.emitWithAck('talk:say', { callId, ...message(text) })
const offer = (sdp = 'v=0'): TalkSignal => ({ kind: 'offer', voiceId: randomUUID(), sdp })

it('both write and read in one order, a retry is no second message, and nobody else hears a word', async () => {
  const [member, colleague, call, other] = [await aMember(), await aMember(), await aCall(), await aCall()]
  expect(await call.socket.emitWithAck('talk:say', message('太早'))).toMatchObject({ ok: false, code: 'call_over' })
  await setState(call.id, 'accepted', member.memberId)
  await setState(other.id, 'accepted', colleague.memberId)

  const first = message('我在三楼')
  const said = await call.socket.emitWithAck('talk:say', first)
  expect(said).toMatchObject({ ok: true, value: { number: 1, from: 'caller', text: '我在三楼' } })
  expect(await call.socket.emitWithAck('talk:say', first)).toEqual(said)
  await Promise.all([
    ...Array.from({ length: 8 }, (_, index) => ofMember(member.socket, call.id, `m${index}`)),
    ...Array.from({ length: 8 }, (_, index) => call.socket.emitWithAck('talk:say', message(`c${index}`))),
  ])
  const thread = await call.socket.emitWithAck('talk:read', { after: 0 })
  const messages = thread.ok ? thread.value.messages : []
  expect(messages.map(({ number }) => number)).toEqual(Array.from({ length: 17 }, (_, index) => index + 1))
  expect(new Set(messages.map(({ text }) => text)).size).toBe(17)
  expect(await member.socket.emitWithAck('talk:read', { callId: call.id, after: 0 })).toMatchObject({
    value: { messages },
  })
  expect(await member.socket.emitWithAck('talk:read', { callId: call.id, after: 15 })).toMatchObject({
    value: { messages: messages.slice(15) },
  })
  const byNumber = (heard: Heard) => heard.said.toSorted((a, b) => a.number - b.number)
  await expect.poll(() => [byNumber(call), byNumber(member)]).toEqual([messages, messages])
  expect([colleague.said, other.said]).toEqual([[], []])

  for (const attempt of [
    ofMember(colleague.socket, call.id, '路过'),
    colleague.socket.emitWithAck('talk:read', { callId: call.id, after: 0 }),
    colleague.socket.emitWithAck('talk:signal', { callId: call.id, signal: offer() }),
  ])
    expect(await attempt).toMatchObject({ ok: false, code: 'not_found' })

  // Given back and taken by the colleague: what was written before is not his to read.
  await setState(other.id, 'done', colleague.memberId)
  await setState(call.id, 'onTheWay', colleague.memberId)
  expect(await colleague.socket.emitWithAck('talk:read', { callId: call.id, after: 0 })).toMatchObject({
    value: { messages: [] },
  })
  expect(await ofMember(member.socket, call.id, '还在吗')).toMatchObject({ ok: false, code: 'not_found' })
  expect(await ofMember(colleague.socket, call.id, '换我来')).toMatchObject({ value: { number: 18 } })

  await setState(call.id, 'done', colleague.memberId)
  expect(await call.socket.emitWithAck('talk:say', message('谢谢'))).toMatchObject({ ok: false, code: 'call_over' })
  expect(await ofMember(colleague.socket, call.id, '再见')).toMatchObject({ ok: false, code: 'not_found' })
  await server.web.calls.talk.forget()
  const left = () => server.test.db.query('SELECT 1 FROM call_messages WHERE call_id = $1', [call.id])
  expect(await left()).toHaveLength(18)
  await server.test.db.query(`UPDATE calls SET ended_at = now() - interval '31 days' WHERE id = $1`, [call.id])
  await server.web.calls.talk.forget()
  expect(await left()).toEqual([])
})

it('steps towards a voice connection go from the one to the other, are kept nowhere, and end with the call', async () => {
  const [member, colleague, call, other] = [await aMember(), await aMember(), await aCall(), await aCall()]
  const tooEarly = await call.socket.emitWithAck('talk:signal', offer())
  expect(tooEarly).toMatchObject({ ok: false, code: 'call_over' })
  await setState(call.id, 'onTheWay', member.memberId)
  await setState(other.id, 'onTheWay', colleague.memberId)
  const ring = offer('v=0 audio')
  expect(await call.socket.emitWithAck('talk:signal', ring)).toMatchObject({ ok: true })
  await expect.poll(() => member.signals).toEqual([ring])
  const answer: TalkSignal = { ...ring, kind: 'answer', sdp: 'v=0 back' } as TalkSignal
  const candidate: TalkSignal = {
    kind: 'candidate',
    voiceId: randomUUID(),
    candidate: 'candidate:1',
    mid: '0',
    line: 0,
  }
  for (const signal of [answer, candidate]) await member.socket.emitWithAck('talk:signal', { callId: call.id, signal })
  await expect.poll(() => call.signals).toEqual([answer, candidate])
  expect([colleague.signals, other.signals]).toEqual([[], []])

  for (const bad of [
    offer('v'.repeat(12_001)),
    { ...ring, extra: 1 },
    { kind: 'offer', voiceId: 'x', sdp: '' },
    { kind: 'join', voiceId: randomUUID() },
    { kind: 'candidate', voiceId: randomUUID(), candidate: 'c'.repeat(1_001), mid: null, line: null },
    null,
  ])
    expect(await call.socket.emitWithAck('talk:signal', bad as never)).toMatchObject({ ok: false, code: 'bad_input' })
  await setState(call.id, 'cancelled', member.memberId)
  expect(await call.socket.emitWithAck('talk:signal', ring)).toMatchObject({ ok: false, code: 'call_over' })
  expect(member.signals).toEqual([ring])
})

it('gives relay passwords that end, and answers a flood with a refusal', async () => {
  const [member, call] = [await aMember(), await aCall()]
  await setState(call.id, 'accepted', member.memberId)
  const thread = await call.socket.emitWithAck('talk:read', { after: 0 })
  const [stun, turn] = thread.ok ? thread.value.iceServers : []
  expect(stun).toEqual({ urls: 'stun:stun.example:3478' })
  expect(turn).toMatchObject({ urls: 'turn:turn.example:3478', credential: expect.stringMatching(/^[\w+/]{27}=$/) })
  expect(Number(turn?.username) * 1000 - Date.now()).toBeLessThanOrEqual(2 * 3_600_000)
  expect(JSON.stringify(thread)).not.toContain('shared')
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => call.socket.emitWithAck('talk:read', { after: 0 })),
  )
  expect(answers.filter((answer) => !answer.ok && answer.code === 'too_many_requests').length).toBeGreaterThan(20)
})
