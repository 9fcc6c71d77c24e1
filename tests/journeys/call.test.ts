/** The one-click call over the wire: a resident's press, members' phones, a dispatcher's screen. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CallerView, MemberCall } from '../../contract/calls.ts'
import type { ToldFact } from '../../contract/facts.ts'
import { snapTo } from '../../contract/geo.ts'
import { personFlags } from '../../contract/position-frame.ts'
import { hashSecret } from '../../server/auth/secrets.ts'
import { insertMember, insertStreet, middleOf, placeIn, type StreetIds } from '../support/builders.ts'
import { aPress } from '../support/calls.ts'
import { aBrowser, aSubscription, startPushService, unseal } from '../support/push-service.ts'
import {
  connectCaller,
  startTestServer,
  type TestCallerSocket,
  type TestClient,
  type TestServer,
  type TestSocket,
} from '../support/server.ts'

let server: TestServer
let street: StreetIds
let dispatcher: TestClient
const here = middleOf(0, 0)
beforeAll(async () => {
  server = await startTestServer({ pushTo: ({ hostname }) => hostname === '127.0.0.1' })
  street = await insertStreet(server.test.db)
  dispatcher = await server.signInAs('dispatcher', { scope: [street.communities[0]] })
})
afterAll(() => server.stop())

interface Phone {
  memberId: string
  socket: TestSocket
  rings: MemberCall[]
  over: string[]
  leave(): Promise<void>
}

/** A member on duty at a place, with his page open; it says that it rings unless it is to look dead. */
async function aPhone(position: [number, number], isDead = false): Promise<Phone> {
  const memberId = await insertMember(server.test.db, {}, [{ post: 'gridMember', area_id: street.grids[0] }])
  const client = await server.signInAs('member', { scope: [street.grids[0]], memberId })
  await server.web.life.duty.start(memberId)
  const socket = await client.connect()
  const fix = { position, accuracyMetres: 5, speedMetresPerSecond: null, headingDegrees: null, batteryPercent: null }
  const fixes = [{ ...fix, takenAt: Date.now(), sentAt: Date.now(), isMock: false }]
  expect(await socket.emitWithAck('position:share', { fixes })).toMatchObject({
    ok: true,
    value: { verdicts: ['live'] },
  })
  const phone: Phone = {
    memberId,
    socket,
    rings: [],
    over: [],
    async leave() {
      socket.disconnect()
      await server.web.life.duty.end(memberId, 'self', null)
    },
  }
  socket.on('offer:ring', (call) => {
    phone.rings.push(call)
    if (!isDead) void socket.emitWithAck('offer:delivered', { offerId: call.offerId ?? '' })
  })
  socket.on('offer:over', ({ offerId }) => phone.over.push(offerId))
  // Who has just come on duty is known to the ranking within two seconds.
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  return phone
}

async function callFacts(): Promise<{ states: string[] }> {
  const socket = await dispatcher.connect()
  const told = { states: [] as string[] }
  socket.on('fact', ({ fact }: ToldFact) => {
    if (fact.kind === 'call') told.states.push(fact.record?.state ?? 'gone')
  })
  await socket.emitWithAck('facts:resume', { after: null })
  return told
}
const follow = async (secret: string) => (await server.anonymous.call('calls.follow', { body: { secret } })).body

it('from the press to the stars: the nearest is silent on a dead line, the second comes', async () => {
  const dead = await aPhone(placeIn(0, 0, 0.5, 0.52), true)
  const helper = await aPhone(placeIn(0, 0, 0.5, 0.6))
  const told = await callFacts()
  const press = aPress(here, { note: '水管爆了', wish: 'gridMember' })
  const placed = await server.anonymous.call('calls.place', { body: press })
  expect(placed).toMatchObject({ status: 200, body: { state: 'ringing', hop: 1, helper: null, position: null } })
  await expect.poll(() => dead.rings.length).toBe(1)
  await expect.poll(() => helper.rings.length, { timeout: 8_000 }).toBe(1)
  expect(dead.over).toEqual([dead.rings[0]?.offerId])
  // Until he has accepted he knows the neighbourhood, and not the door.
  expect(helper.rings[0]).toMatchObject({ state: 'ringing', note: '水管爆了', position: snapTo(100, here) })

  const offerId = helper.rings[0]?.offerId ?? ''
  expect(await dead.socket.emitWithAck('offer:accept', { offerId })).toMatchObject({ ok: false, code: 'call_over' })
  const accepted = await helper.socket.emitWithAck('offer:accept', { offerId })
  expect(accepted).toMatchObject({ ok: true, value: { state: 'accepted' } })
  // The answer was lost on the way: asked again, it is the same.
  expect(await helper.socket.emitWithAck('offer:accept', { offerId })).toMatchObject({ ok: true })
  expect(await dead.socket.emitWithAck('offer:accept', { offerId })).toMatchObject({ ok: false, code: 'call_taken' })
  expect(await follow(press.secret)).toMatchObject({ state: 'accepted', helper: { surname: '林' }, position: null })

  const callId = helper.rings[0]?.callId ?? ''
  // A screen is told how the call stands when it looks, not each step between two looks: wait for each.
  await expect.poll(() => told.states).toContain('accepted')
  for (const to of ['onTheWay', 'arrived', 'arrived', 'onTheWay', 'done'] as const) {
    expect(await helper.socket.emitWithAck('call:progress', { callId, to })).toMatchObject({ ok: true })
    await expect.poll(() => told.states).toContain(to === 'done' ? 'gone' : to)
  }
  const rate = (stars: number) =>
    server.anonymous.call('calls.rate', { body: { secret: press.secret, stars, text: '很快' } })
  expect(await rate(5)).toMatchObject({ status: 200, body: { state: 'rated', stars: 5, band: null } })
  expect(await rate(5)).toMatchObject({ status: 200 })
  expect(await rate(1)).toMatchObject({ status: 409, body: { code: 'call_over' } })
  expect(told.states[0]).toBe('ringing')
  await expect.poll(() => told.states.at(-1)).toBe('gone')

  const audited = await server.test.db.query<{ action: string }>(
    `SELECT action FROM audit_log WHERE resource = 'call' AND resource_id = $1 ORDER BY id`,
    [callId],
  )
  expect(audited.map(({ action }) => action)).toEqual([
    'call.place',
    'call.accept',
    'call.progress',
    'call.progress',
    'call.progress',
  ])
  await dead.leave()
  await helper.leave()
}, 60_000)

/** Whether the map shows that he comes to a call. */
function isMarkedInCall(memberId: string): boolean {
  const { store } = server.web.life
  return (store.flagsAt(store.slotOf(memberId) ?? -1) & personFlags.inCall) !== 0
}

/** A caller's page with its socket open. */
async function aPage(secret: string) {
  const views: CallerView[] = []
  let socket: TestCallerSocket | undefined
  await connectCaller(server.origin, { secret }, (opened) => {
    socket = opened
    opened.on('call:view', (view) => views.push(view))
  })
  return { views, states: () => views.map(({ state }) => state), isOpen: () => socket?.connected === true }
}
const withoutTime = (view: CallerView | undefined) => ({ ...view, serverTime: 0 })

it("the caller's page is told each step once over its socket, exactly what asking answers, and nothing after the end", async () => {
  const helper = await aPhone(placeIn(0, 0, 0.5, 0.55))
  const press = aPress(here)
  await server.anonymous.call('calls.place', { body: press })
  const page = await aPage(press.secret)
  await expect.poll(() => helper.rings.length).toBe(1)
  const { offerId, callId } = helper.rings[0] ?? { offerId: '', callId: '' }
  await helper.socket.emitWithAck('offer:accept', { offerId: offerId ?? '' })
  await expect.poll(page.states).toEqual(['ringing', 'accepted'])
  expect(isMarkedInCall(helper.memberId)).toBe(true)
  expect(withoutTime(page.views.at(-1))).toEqual(withoutTime(await follow(press.secret)))

  // A page that opens later is told where it stands at once.
  const again = await aPage(press.secret)
  await expect.poll(again.states).toEqual(['accepted'])
  await helper.socket.emitWithAck('call:progress', { callId, to: 'arrived' })
  await expect.poll(again.states).toEqual(['accepted', 'arrived'])
  await helper.socket.emitWithAck('call:progress', { callId, to: 'done' })
  await expect.poll(page.states).toEqual(['ringing', 'accepted', 'arrived', 'done'])
  await expect.poll(() => [page.isOpen(), again.isOpen()]).toEqual([false, false])
  await expect.poll(() => isMarkedInCall(helper.memberId)).toBe(false)
  expect(JSON.stringify([page.views, again.views])).not.toContain(helper.memberId)
  await helper.leave()
}, 60_000)

it('a verified caller sees his helper come by squares of 20 m, an unverified one no place at all', async () => {
  const helper = await aPhone(placeIn(0, 0, 0.5, 0.55))
  const press = aPress(here)
  await server.anonymous.call('calls.place', { body: press })
  const unverified = await aPage(press.secret)
  await expect.poll(() => helper.rings.length).toBe(1)
  await helper.socket.emitWithAck('offer:accept', { offerId: helper.rings[0]?.offerId ?? '' })
  await expect.poll(unverified.states).toContain('accepted')
  expect(unverified.views.map(({ position, minutes }) => position ?? minutes)).toEqual([null, null])
  await server.test.db.query('UPDATE calls SET is_verified = true WHERE id = $1', [helper.rings[0]?.callId])
  const page = await aPage(press.secret)
  await expect.poll(() => page.views.length).toBe(1)
  const walked = placeIn(0, 0, 0.5, 0.58)
  const fix = { accuracyMetres: 5, speedMetresPerSecond: null, headingDegrees: null, batteryPercent: null }
  const fixes = [{ ...fix, position: walked, takenAt: Date.now(), sentAt: Date.now(), isMock: false }]
  await helper.socket.emitWithAck('position:share', { fixes })
  await expect.poll(() => page.views.length, { timeout: 8_000 }).toBe(2)
  const [before, after] = page.views
  expect((after?.serverTime ?? 0) - (before?.serverTime ?? 0)).toBeGreaterThanOrEqual(4_900)
  expect(after?.position).toEqual(snapTo(20, walked))
  expect(after?.position).not.toEqual(walked)
  await server.anonymous.call('calls.cancelOwn', { body: { secret: press.secret } })
  await helper.leave()
}, 60_000)

it("a secret that is nobody's is refused and the connection closed; a page has so many sockets and no more", async () => {
  for (const auth of [{}, { secret: 'z'.repeat(43) }, { secret: 5 }, { secret: 'z'.repeat(43), more: 1 }]) {
    let closed = ''
    const listen = (socket: TestCallerSocket) => {
      socket.io.on('close', (reason) => {
        closed = reason
      })
    }
    await expect(connectCaller(server.origin, auth, listen)).rejects.toThrow('not_found')
    await expect.poll(() => closed).not.toBe('')
  }
  const press = aPress(here)
  await server.anonymous.call('calls.place', { body: press })
  const pages = [
    await aPage(press.secret),
    await aPage(press.secret),
    await aPage(press.secret),
    await aPage(press.secret),
  ]
  await expect(aPage(press.secret)).rejects.toThrow('too_many_requests')
  expect(pages.every(({ isOpen }) => isOpen())).toBe(true)
  // It listens, and takes no word.
  const other = aPress(here)
  await server.anonymous.call('calls.place', { body: other })
  const socket = await connectCaller(server.origin, { secret: other.secret })
  ;(socket as unknown as { emit(name: string, payload: object): void }).emit('call:view', { state: 'done' })
  await expect.poll(() => socket.connected).toBe(false)
  await server.anonymous.call('calls.cancelOwn', { body: { secret: other.secret } })
  await server.anonymous.call('calls.cancelOwn', { body: { secret: press.secret } })
}, 60_000)

it('a member with a tracker alone is woken by his browser, has the whole ring to come, and is forgotten with his session', async () => {
  const service = await startPushService()
  const browser = aBrowser()
  const { db } = server.test
  const memberId = await insertMember(db, {}, [{ post: 'gridMember', area_id: street.grids[0] }])
  const client = await server.signInAs('member', { scope: [street.grids[0]], memberId })
  expect((await client.call('push.key')).body.publicKey).toMatch(/^B[\w-]{86}$/)
  const refused = await client.call('push.subscribe', {
    body: { endpoint: 'https://192.168.1.1/x', keys: browser.keys },
  })
  expect(refused).toMatchObject({ status: 422, body: { code: 'bad_input' } })
  expect((await client.call('push.subscribe', { body: aSubscription() })).status).toBe(200)
  const stored = () => db.query<{ endpoint: string }>('SELECT endpoint FROM push_subscriptions')
  expect(await stored()).toHaveLength(1)
  // The test's own service speaks no https, so it comes in behind the contract.
  const session = hashSecret(client.cookie.split('=')[1] ?? '')
  await server.web.calls.push.subscribe(session, { endpoint: `${service.origin}/1`, keys: browser.keys })
  expect(await stored()).toEqual([{ endpoint: `${service.origin}/1` }])

  await server.web.life.duty.start(memberId)
  const tracker = { source: 'owntracks', reportsEveryMs: 60_000 } as const
  const fix = { accuracyMetres: 5, speedMetresPerSecond: null, headingDegrees: null, batteryPercent: null }
  const position = placeIn(0, 0, 0.5, 0.55)
  const at = Date.now()
  expect(
    server.web.life.positions.receive(memberId, { ...fix, position, takenAt: at, sentAt: at, isMock: false }, tracker),
  ).toBe('live')
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  const press = aPress(here, { skill: null, note: '301 张秀英' })
  expect((await server.anonymous.call('calls.place', { body: press })).body).toMatchObject({ state: 'ringing', hop: 1 })
  await expect.poll(() => service.received.length).toBe(1)
  const { offerId } = JSON.parse(unseal(service.received[0]?.body ?? Buffer.of(), browser))
  const [offer] = await db.query<{ id: string; ms: number }>(
    'SELECT id, extract(epoch FROM due_at - rung_at) * 1000 AS ms FROM call_offers WHERE outcome IS NULL',
  )
  expect(offer).toEqual({ id: offerId, ms: 15_000 })

  // He taps: his page opens, asks what is open, and answers.
  const socket = await client.connect()
  const { call } = (await client.call('calls.own')).body
  expect(call).toMatchObject({ offerId, note: '301 张秀英' })
  expect(await socket.emitWithAck('offer:delivered', { offerId })).toMatchObject({
    ok: true,
    value: { state: 'ringing' },
  })
  expect(await socket.emitWithAck('offer:accept', { offerId })).toMatchObject({ ok: true })
  await server.anonymous.call('calls.cancelOwn', { body: { secret: press.secret } })
  await client.call('session.signOut')
  expect(await stored()).toEqual([])
  await server.web.life.duty.end(memberId, 'self', null)
  await service.stop()
}, 60_000)

it('nobody on duty: the dispatcher has it at once, takes it over and lets one phone ring', async () => {
  const told = await callFacts()
  const press = aPress(here)
  expect((await server.anonymous.call('calls.place', { body: press })).body).toMatchObject({
    state: 'dispatcher',
    hop: 0,
  })
  await expect.poll(() => told.states.at(-1)).toBe('dispatcher')
  const { calls } = (await dispatcher.call('calls.live')).body
  expect(calls).toMatchObject([{ state: 'dispatcher', queuedBecause: 'noCandidate', member: null }])
  const params = { id: calls[0].id }
  const helper = await aPhone(placeIn(0, 0, 0.4, 0.5))
  expect((await dispatcher.call('calls.candidates', { params })).body).toMatchObject({
    ranked: [{ memberId: helper.memberId, way: 'straight' }],
  })

  const colleague = await server.signInAs('dispatcher', { scope: [street.communities[0]] })
  const takes = await Promise.all([dispatcher, colleague].map((client) => client.call('calls.takeOver', { params })))
  expect(takes.map(({ status }) => status).sort()).toEqual([200, 409])
  const winner = takes[0]?.status === 200 ? dispatcher : colleague
  const assign = () =>
    winner.call('calls.assign', {
      params,
      body: { memberId: helper.memberId },
      headers: { 'idempotency-key': '019a0000-0000-4000-8000-0000000000aa' },
    })
  expect((await assign()).status).toBe(200)
  expect((await assign()).status).toBe(200)
  await expect.poll(() => helper.rings.length).toBe(1)
  expect(helper.over).toEqual([])

  const elsewhere = await server.signInAs('dispatcher', { scope: [street.communities[1]] })
  expect((await elsewhere.call('calls.see', { params })).status).toBe(404)
  expect((await elsewhere.call('calls.cancel', { params, body: { reason: '误按' } })).status).toBe(404)
  expect((await winner.call('calls.see', { params })).body.rungs).toMatchObject([{ isAssigned: true, outcome: null }])

  expect((await server.anonymous.call('calls.cancelOwn', { body: { secret: press.secret } })).body.state).toBe(
    'cancelled',
  )
  await expect.poll(() => helper.over).toEqual([helper.rings[0]?.offerId])
  expect((await server.anonymous.call('calls.follow', { body: { secret: 'z'.repeat(43) } })).status).toBe(404)
  await helper.leave()
}, 60_000)
