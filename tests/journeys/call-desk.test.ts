/** A dispatcher's side of calls: on behalf of somebody, several about one thing, into a case, and the rules of it all. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertStreet, middleOf, type StreetIds } from '../support/builders.ts'
import { aPress } from '../support/calls.ts'
import { startTestServer, type TestClient, type TestServer } from '../support/server.ts'

let server: TestServer
let street: StreetIds
let dispatcher: TestClient
const here = middleOf(0, 0)
const aKey = () => ({ 'idempotency-key': crypto.randomUUID() })
beforeAll(async () => {
  server = await startTestServer()
  street = await insertStreet(server.test.db)
  dispatcher = await server.signInAs('dispatcher', { scope: [street.communities[0]] })
})
afterAll(() => server.stop())

const see = async (id: string) => (await dispatcher.call('calls.see', { params: { id } })).body
const live = async () => (await dispatcher.call('calls.live')).body.calls as { id: string; code: string }[]
const follow = async (secret: string) => (await server.anonymous.call('calls.follow', { body: { secret } })).body
async function pressed(more: object = {}) {
  const press = aPress(here, more)
  const { code } = (await server.anonymous.call('calls.place', { body: press })).body
  const id = (await live()).find((item) => item.code === code)?.id ?? ''
  return { id, code, secret: press.secret }
}
const actionsOn = async (id: string) =>
  (
    await server.test.db.query<{ action: string }>(`SELECT action FROM audit_log WHERE resource_id = $1 ORDER BY id`, [
      id,
    ])
  ).map(({ action }) => action)

it('a call on behalf of somebody goes up the same ladder, once for one key, and only inside the area', async () => {
  const input = { body: { position: here, wish: null, skill: null, note: '来电：独居老人摔倒' }, headers: aKey() }
  const first = await dispatcher.call('calls.placeFor', input)
  expect(first).toMatchObject({ status: 200 })
  expect((await dispatcher.call('calls.placeFor', input)).body).toEqual(first.body)
  const { id } = first.body
  expect(await see(id)).toMatchObject({
    state: 'dispatcher',
    queuedBecause: 'noCandidate',
    placedBy: expect.any(String),
  })
  expect((await live()).filter((item) => item.id === id)).toHaveLength(1)
  expect(await actionsOn(id)).toEqual(['call.onBehalf'])
  const outside = await dispatcher.call('calls.placeFor', { body: { ...input.body, position: middleOf(3, 0) } })
  expect(outside.status).not.toBe(200)
  expect(await dispatcher.call('calls.placeFor', { body: { ...input.body, note: ' ' } })).toMatchObject({ status: 422 })
  await dispatcher.call('calls.cancel', { params: { id }, body: { reason: '已送医' } })
})

it('a call becomes one case, whatever is sent twice, and each shows the other', async () => {
  const { id, code } = await pressed({ note: '井盖破损' })
  const body = {
    title: '井盖破损',
    text: '居民一键呼叫',
    categoryKey: null,
    priority: 'high',
    source: 'resident',
    position: here,
    address: null,
    reporterName: null,
    reporterPhone: null,
  }
  const headers = aKey()
  const made = await dispatcher.call('calls.toCase', { params: { id }, body, headers })
  expect(made).toMatchObject({ status: 200 })
  expect((await dispatcher.call('calls.toCase', { params: { id }, body, headers })).body).toEqual(made.body)
  const count = async () => (await server.test.db.query('SELECT 1 FROM cases')).length
  const before = await count()
  const again = await dispatcher.call('calls.toCase', { params: { id }, body, headers: aKey() })
  expect(again).toMatchObject({ status: 409, body: { code: 'already_exists' } })
  // What was refused left no case behind.
  expect(await count()).toBe(before)
  expect(await see(id)).toMatchObject({ case: made.body })
  const seen = await dispatcher.call('cases.see', { params: { id: made.body.id } })
  expect(seen.body).toMatchObject({ call: { id, code }, position: here })
  expect(await actionsOn(id)).toEqual(['call.place', 'call.toCase'])
  await dispatcher.call('calls.cancel', { params: { id }, body: { reason: '已转案件' } })
})

it('calls about one thing go on as one: every caller sees its progress, and cancels only his own', async () => {
  const [first, second, third] = [await pressed(), await pressed(), await pressed()]
  const merge = (id: string, into: string) => dispatcher.call('calls.merge', { params: { id }, body: { into } })
  expect(await merge(first.id, first.id)).toMatchObject({ status: 409, body: { code: 'call_over' } })
  expect(await merge(first.id, second.id)).toMatchObject({ status: 200 })
  expect(await merge(second.id, third.id)).toMatchObject({ status: 200 })
  expect(await merge(third.id, first.id)).toMatchObject({ status: 409, body: { code: 'call_over' } })
  expect((await live()).map(({ id }) => id)).toEqual([third.id])
  expect(await see(first.id)).toMatchObject({ state: 'merged', mergedInto: { id: third.id, code: third.code } })
  expect((await see(third.id)).merged.map(({ id }: { id: string }) => id)).toEqual([first.id, second.id])

  expect(await follow(first.secret)).toMatchObject({ state: 'dispatcher', code: first.code })
  const cancelled = await server.anonymous.call('calls.cancelOwn', { body: { secret: first.secret } })
  expect(cancelled).toMatchObject({ status: 409, body: { code: 'call_over' } })
  await dispatcher.call('calls.takeOver', { params: { id: third.id } })
  expect(await follow(first.secret)).toMatchObject({ state: 'taken' })
  // A verified caller's exact knowledge of the other does not pass to one who is not.
  await server.test.db.query('UPDATE calls SET is_verified = true WHERE id = $1', [third.id])
  expect(await follow(first.secret)).toMatchObject({ isVerified: false, position: null })
  await dispatcher.call('calls.finish', { params: { id: third.id }, body: { note: '已处理' } })
  for (const { secret } of [first, second, third]) expect(await follow(secret)).toMatchObject({ state: 'done' })
  const rated = await server.anonymous.call('calls.rate', { body: { secret: first.secret, stars: 5, text: null } })
  expect(rated).toMatchObject({ status: 409 })
})

it('rules and the duty telephone hold from the moment they are set; a form that is out of date is told so', async () => {
  const admin = await server.signInAs('streetAdmin', { scope: [street.street] })
  const { body: before } = await admin.call('settings.calls')
  expect(before).toMatchObject({ dutyPhone: null, callRules: {} })
  const body = {
    ...before,
    dutyPhone: '0755-8123 4567',
    dutyDeskName: '值班室',
    callRules: { dispatcherMs: 600, hops: 2 },
  }
  const saved = await admin.call('settings.changeCalls', { body })
  expect(saved).toMatchObject({ status: 200, body: { dutyPhone: '0755-8123 4567', callRules: { hops: 2 } } })
  expect(await admin.call('settings.changeCalls', { body })).toMatchObject({
    status: 409,
    body: { code: 'version_conflict' },
  })
  expect((await dispatcher.call('calls.live')).body.pace).toMatchObject({ hops: 2, dispatcherMs: 600 })
  const { id } = await pressed()
  await expect.poll(async () => (await see(id)).state, { timeout: 5_000 }).toBe('alarm')

  for (const callRules of [{ hops: -1 }, { ringMs: 1e300 }, { hops: 1.5 }, { detourFactor: 0 }, { other: 1 }]) {
    const answer = await admin.call('settings.changeCalls', { body: { ...saved.body, callRules } })
    expect(answer, JSON.stringify(callRules)).toMatchObject({ status: 422 })
  }
  const cleared = { ...saved.body, dutyPhone: null, dutyDeskName: null, callRules: {} }
  expect(await admin.call('settings.changeCalls', { body: cleared })).toMatchObject({
    status: 200,
    body: { callRules: {} },
  })
  expect((await dispatcher.call('calls.live')).body.pace).toMatchObject({ hops: 3 })
  const audited = await server.test.db.query(`SELECT 1 FROM audit_log WHERE action = 'settings.calls'`)
  expect(audited).toHaveLength(2)
})
