/** Positions on their way in, exactly as real apps send them, and out again to the screens that may see them. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ToldFact } from '../../contract/facts.ts'
import { type Frame, readFrame } from '../../contract/position-frame.ts'
import type { FixRefusal } from '../../contract/positions.ts'
import { insertMember, insertStreet, middleOf, type StreetIds } from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer, type TestSocket } from '../support/server.ts'

let server: TestServer
let street: StreetIds
let memberId: string
let member: TestClient
beforeAll(async () => {
  server = await startTestServer()
  street = await insertStreet(server.test.db)
  await server.web.life.layGround()
})
afterAll(() => server.stop())
beforeEach(async () => {
  memberId = await insertMember(server.test.db, { name: '周正' }, [{ post: 'gridMember', area_id: street.grids[0] }])
  member = await server.signInAs('member', { scope: [street.grids[0]], memberId })
})

const [LON, LAT] = middleOf(0, 0)
const seconds = () => Math.floor(Date.now() / 1000)
const goOnDuty = () => server.web.life.duty.start(memberId)
const post = (path: string, init: RequestInit) => fetch(`${server.origin}${path}`, { method: 'POST', ...init })
const json = (body: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

async function pair(source: 'owntracks' | 'osmand') {
  const { status, body } = await member.call('devices.pair', {
    body: { source, name: '手机', reportsEverySeconds: 10 },
  })
  expect(status).toBe(200)
  return body as { device: { id: string }; secret: string }
}
const stored = async (id = memberId) =>
  server.test.db.query<{ longitude: number }>(
    'SELECT longitude FROM position_history WHERE member_id = $1 ORDER BY fix_at',
    [id],
  )
const isShown = (id = memberId) => server.web.life.store.slotOf(id) !== undefined

describe('OwnTracks', () => {
  const send = (credentials: string, body: string) =>
    post('/ingest/owntracks?u=zhou&d=phone', {
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        'content-type': 'application/json',
        'x-limit-u': 'somebody',
      },
      body,
    })
  const location = (more: object = {}) =>
    JSON.stringify({
      _type: 'location',
      lat: LAT,
      lon: LON,
      tst: seconds(),
      tid: 'ZZ',
      acc: 12,
      batt: 80,
      vel: 4,
      conn: 'm',
      ...more,
    })

  it('keeps and shows a fix before it answers, with an empty list of commands', async () => {
    const { device, secret } = await pair('owntracks')
    await goOnDuty()
    const answer = await send(`${device.id}:${secret}`, location())
    expect([answer.status, await answer.json()]).toEqual([200, []])
    expect(await stored()).toHaveLength(1)
    expect(isShown()).toBe(true)
  })

  it.each([
    ['last will', JSON.stringify({ _type: 'lwt', tst: 1 })],
    [
      'a transition',
      JSON.stringify({
        _type: 'transition',
        wtst: 1,
        lat: LAT,
        lon: LON,
        tst: 1,
        acc: 5,
        tid: 'ZZ',
        event: 'enter',
        t: 'c',
      }),
    ],
    ['no body', ''],
    ['no JSON', '{"_type": "location"'],
  ])('answers %s with 200 and keeps nothing', async (_name, body) => {
    const { device, secret } = await pair('owntracks')
    await goOnDuty()
    expect((await send(`${device.id}:${secret}`, body)).status).toBe(200)
    expect(await stored()).toEqual([])
  })

  it('refuses a wrong secret, a revoked device, and takes no member from the message', async () => {
    const { device, secret } = await pair('owntracks')
    await goOnDuty()
    expect((await send(`${device.id}:nonsense`, location())).status).toBe(401)
    const other = await insertMember(server.test.db, { name: '别人' }, [])
    await server.web.life.duty.start(other)
    await send(`${device.id}:${secret}`, location({ memberId: other, topic: `owntracks/${other}/phone` }))
    expect([isShown(other), isShown()]).toEqual([false, true])
    await member.call('devices.revoke', { params: { id: device.id } })
    expect((await send(`${device.id}:${secret}`, location())).status).toBe(401)
  })
})

describe('Traccar Client', () => {
  const query = (secret: string, more: Record<string, string> = {}) =>
    new URLSearchParams({
      id: secret,
      timestamp: String(seconds()),
      lat: String(LAT),
      lon: String(LON),
      speed: '2.7',
      bearing: '45.0',
      altitude: '12.0',
      accuracy: '5.0',
      batt: '77.0',
      ...more,
    })
  const modern = (secret: string, coords: object) => ({
    device_id: secret,
    location: {
      timestamp: new Date().toISOString(),
      coords,
      is_moving: true,
      odometer: 0,
      event: 'motionchange',
      battery: { level: 0.5, is_charging: false },
      activity: { type: 'walking' },
      extras: {},
    },
  })

  it.each([
    ['GET with a query', (secret: string) => fetch(`${server.origin}/ingest/osmand?${query(secret)}`)],
    ['POST with a query', (secret: string) => post(`/ingest/osmand?${query(secret)}`, {})],
    ['POST of a form', (secret: string) => post('/ingest/osmand', { body: query(secret) })],
    [
      'POST of JSON',
      (secret: string) =>
        post(
          '/ingest/osmand',
          json(modern(secret, { latitude: LAT, longitude: LON, accuracy: 5, speed: -1, heading: -1, altitude: 3 })),
        ),
    ],
  ])('is taken by %s', async (_name, send) => {
    const { secret } = await pair('osmand')
    await goOnDuty()
    expect((await send(secret)).status).toBe(200)
    expect(await stored()).toHaveLength(1)
  })

  it('is told of an unknown identifier, and gets 200 for what is refused for good', async () => {
    expect((await fetch(`${server.origin}/ingest/osmand?${query('nobody')}`)).status).toBe(400)
    expect((await post('/ingest/osmand', json(modern('nobody', {})))).status).toBe(404)
    expect((await fetch(`${server.origin}/ingest/osmand`)).status).toBe(400)
    const { secret } = await pair('osmand')
    expect((await fetch(`${server.origin}/ingest/osmand?${query(secret)}`)).status).toBe(200)
    expect(await stored()).toEqual([])
  })
})

describe('a gateway', () => {
  let key: string
  let device: string
  beforeEach(async () => {
    const made = await server.web.life.devices.createGateway(null, '对讲机平台', 10)
    key = made.key
    const [row] = await server.test.db.query<{ code: string }>('SELECT code FROM members WHERE id = $1', [memberId])
    device = row?.code ?? ''
    await server.web.life.devices.bindGateway(null, made.gateway.id, [{ device, memberCode: device }])
  })
  const send = (body: string, path = '/ingest/gateway') =>
    post(path, { headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body })
  const at = (lon: unknown, lat: unknown, more: object = {}) => ({ device, at: Date.now(), lon, lat, ...more })
  const verdictOf = async (fix: object) => Object.keys(await (await send(JSON.stringify({ fixes: [fix] }))).json())[0]

  it.each<[string, unknown, unknown, FixRefusal]>([
    ['null island', 0, 0, 'zero'],
    ['null', null, null, 'malformed'],
    ['text', 'x', '1', 'malformed'],
    ['an object', {}, [], 'malformed'],
    ['a number beyond all', '1e999', 1, 'malformed'],
    ['exchanged axes', LAT, LON, 'swapped'],
    ['another city', 121.48, 31.23, 'outsideArea'],
  ])('has %s refused and counted', async (_name, lon, lat, reason) => {
    await goOnDuty()
    expect(await verdictOf(at(lon, lat))).toBe(reason)
    await server.web.life.positions.durable()
    const admin = await server.signInAs('streetAdmin', { scope: [street.street] })
    const { body } = await admin.call('positions.refusals')
    expect(
      body.some((row: { reason: string; source: string }) => row.reason === reason && row.source === 'gateway'),
    ).toBe(true)
    expect(await stored()).toEqual([])
  })

  it.each([
    ['no key', {}, '{"fixes":[]}', 401],
    ['a wrong key', { authorization: 'Bearer nonsense' }, '{"fixes":[]}', 401],
  ])('is refused with %s', async (_name, headers, body, status) => {
    expect(
      (await post('/ingest/gateway', { headers: { 'content-type': 'application/json', ...headers }, body })).status,
    ).toBe(status)
  })

  it.each([
    ['no JSON', '{"fixes":'],
    ['a list', '[]'],
    ['no fixes', '{}'],
    ['a poisoned prototype', '{"__proto__":{"fixes":[]}}'],
    ['too many', JSON.stringify({ fixes: Array(5_001).fill({}) })],
    ['too much', JSON.stringify({ fixes: [{ device: 'x'.repeat(2_200_000) }] })],
  ])('with %s is told so and takes nothing down', async (_name, body) => {
    expect((await send(body)).status).toBe(422)
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200)
  })

  it('keeps a shuffled trace with repeats once each, and shows the newest', async () => {
    const start = Date.now() - 600_000
    await server.test.db.query(`INSERT INTO duties (id, member_id, started_at) VALUES (gen_random_uuid(), $1, $2)`, [
      memberId,
      new Date(start - 1_000),
    ])
    await server.web.life.start()
    const trace = Array.from({ length: 100 }, (_, index) => ({
      ...at(LON + index * 1e-5, LAT),
      at: start + index * 5_000,
    }))
    const shuffled = [...trace, ...trace.slice(0, 10)].sort((a, b) => Math.sin(a.at) - Math.sin(b.at))
    await send(JSON.stringify({ fixes: shuffled }))
    expect(await stored()).toHaveLength(100)
    const slot = server.web.life.store.slotOf(memberId) ?? -1
    expect(server.web.life.store.longitudeAt(slot)).toBeCloseTo(LON + 99e-5, 6)
  })

  it('starts and ends duty and reports cases for its members only', async () => {
    expect((await send(JSON.stringify({ device, isOn: true }), '/ingest/gateway/duty')).status).toBe(200)
    expect(server.web.life.isOnDuty(memberId)).toBe(true)
    expect((await send(JSON.stringify({ device, isOn: false }), '/ingest/gateway/duty')).status).toBe(200)
    expect(server.web.life.isOnDuty(memberId)).toBe(false)
    expect((await send(JSON.stringify({ device: 'stranger', isOn: true }), '/ingest/gateway/duty')).status).toBe(422)
    const report = {
      title: '路灯不亮',
      text: null,
      categoryKey: null,
      priority: 'normal',
      source: 'patrol',
      position: [LON, LAT],
      address: null,
      reporterName: null,
      reporterPhone: null,
    }
    const made = await (await send(JSON.stringify({ device, case: report }), '/ingest/gateway/cases')).json()
    expect(made.code).toMatch(/^GL-/)
  })
})

describe('screens', () => {
  const view = { bounds: [114, 22.7, 114.04, 22.71] as [number, number, number, number], zoom: 14 }
  const nextFrame = (socket: TestSocket) =>
    new Promise<Frame>((resolve) => socket.once('positions:frame', (data) => resolve(readFrame(data))))
  const share = (socket: TestSocket) =>
    socket.timeout(5_000).emitWithAck('position:share', {
      fixes: [
        {
          takenAt: Date.now(),
          sentAt: Date.now(),
          position: [LON, LAT],
          accuracyMetres: 8,
          speedMetresPerSecond: null,
          headingDegrees: null,
          batteryPercent: null,
          isMock: false,
        },
      ],
    })

  it('show a person while on duty, only to those whose area it is, and not a frame longer', async () => {
    await member.call('duty.start', { body: { noticeVersion: 1 } })
    const phone = await member.connect()
    expect(await share(phone)).toEqual({ ok: true, value: { verdicts: ['live'] } })
    const near = await (await server.signInAs('dispatcher', { scope: [street.communities[0]] })).connect()
    const far = await (await server.signInAs('dispatcher', { scope: [street.communities[1]] })).connect()
    for (const socket of [near, far]) await socket.timeout(5_000).emitWithAck('positions:view', view)
    const { store } = server.web.life
    const handle = store.handleAt(store.slotOf(memberId) ?? -1)
    const handles = async (socket: TestSocket) => (await nextFrame(socket)).people.map((person) => person.handle)
    expect(await handles(near)).toContain(handle)
    expect(await handles(far)).not.toContain(handle)
    await member.call('duty.end')
    expect(await handles(near)).not.toContain(handle)
    expect(await share(phone)).toEqual({ ok: true, value: { verdicts: ['offDuty'] } })
  })

  it('are told facts without a gap or a double, through cuts', async () => {
    const dispatcher = await server.signInAs('dispatcher', { scope: [street.street] })
    const report = {
      title: '道路积水',
      text: null,
      categoryKey: null,
      priority: 'normal',
      source: 'patrol',
      position: [LON, LAT],
      address: null,
      reporterName: null,
      reporterPhone: null,
    }
    const seen: string[] = []
    let seq: number | null = null
    async function listen(): Promise<TestSocket> {
      const socket = await dispatcher.connect()
      // What is told right behind the answer may be heard before the answer is read: it waits, as on a page.
      let early: ToldFact[] | null = []
      const take = ({ previousSeq, fact }: ToldFact) => {
        expect(previousSeq).toBe(seq)
        seq = fact.seq
        if (fact.kind === 'case') seen.push(fact.id)
      }
      socket.on('fact', (told) => (early ? early.push(told) : take(told)))
      const answer = await socket.timeout(5_000).emitWithAck('facts:resume', { after: seq })
      if (!answer.ok) throw new Error(answer.message)
      for (const fact of answer.value.facts ?? []) if (fact.kind === 'case') seen.push(fact.id)
      seq = answer.value.seq
      for (const told of early) take(told)
      early = null
      return socket
    }
    let socket = await listen()
    const made: string[] = []
    for (let round = 0; round < 8; round++) {
      for (let count = 0; count < 3; count++)
        made.push((await dispatcher.call('cases.report', { body: report })).body.id)
      socket.disconnect()
      made.push((await dispatcher.call('cases.report', { body: report })).body.id)
      socket = await listen()
    }
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(made.length)
    expect(new Set(seen)).toEqual(new Set(made))
  })
})

it('follows a real bus along its route', async () => {
  const square = (side: number) =>
    `MULTIPOLYGON(((${[
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
      [-1, -1],
    ]
      .map(([x, y]) => `${-2.95 + (x ?? 0) * side} ${53.43 + (y ?? 0) * side}`)
      .join(',')})))`
  const area = '0193f0a0-0000-7000-8000-00000000b001'
  await server.test.db.query(
    `INSERT INTO areas (id, level, code, name, border) VALUES ($1, 'grid', 'LIVERPOOL', 'Liverpool', ST_GeomFromText($2, 4326))`,
    [area, square(0.1)],
  )
  await server.web.life.layGround()
  const { secret } = await pair('osmand')
  const lines = readFileSync(
    new URL('../../../shared/data/liverpool-bus/route14_outbound.csv', import.meta.url),
    'utf8',
  )
    .trim()
    .split('\n')
  const columns = (lines[0] ?? '').replaceAll('"', '').split(',')
  const rows = lines.slice(1).map((line) =>
    Object.fromEntries(
      line
        .replaceAll('"', '')
        .split(',')
        .map((value, index) => [columns[index], value]),
    ),
  )
  const vehicle = rows[0]?.vehicle_id
  const ride = rows.filter((row) => row.vehicle_id === vehicle).slice(0, 60)
  const shift = Date.now() - Date.parse(`${ride.at(-1)?.timestamp?.replace(' ', 'T')}Z`)
  const startedAt = Date.parse(`${ride[0]?.timestamp?.replace(' ', 'T')}Z`) + shift - 1_000
  await server.test.db.query(`INSERT INTO duties (id, member_id, started_at) VALUES (gen_random_uuid(), $1, $2)`, [
    memberId,
    new Date(startedAt),
  ])
  await server.web.life.start()
  for (const row of ride) {
    const fields = new URLSearchParams({
      id: secret,
      timestamp: String(Date.parse(`${row.timestamp?.replace(' ', 'T')}Z`) + shift),
      lat: row.latitude ?? '',
      lon: row.longitude ?? '',
      ...(row.bearing ? { bearing: row.bearing } : {}),
    })
    expect((await fetch(`${server.origin}/ingest/osmand?${fields}`)).status).toBe(200)
  }
  const { store } = server.web.life
  const slot = store.slotOf(memberId) ?? -1
  expect([store.longitudeAt(slot), store.latitudeAt(slot)]).toEqual([
    Number(ride.at(-1)?.longitude),
    Number(ride.at(-1)?.latitude),
  ])
  expect((await stored()).length).toBeGreaterThan(40)
})
