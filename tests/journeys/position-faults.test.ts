/** Bad input and bad luck of positions over the real wire: the faults F11 to F14 and the threats T2, T19. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LonLat } from '../../contract/geo.ts'
import { personFlags, readFrame } from '../../contract/position-frame.ts'
import type { Fix, FixRefusal } from '../../contract/positions.ts'
import { type AccountRole, accountRoles } from '../../contract/roles.ts'
import { rateLimits } from '../../server/auth/rate-limits.ts'
import { judge, newTrack } from '../../server/positions/funnel.ts'
import { insertCase, insertMember, insertStreet, middleOf, type StreetIds } from '../support/builders.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const [LON, LAT] = middleOf(0, 0)

/** The server's clock, which a test may set. */
let clockError = 0
let server: TestServer
let street: StreetIds
let memberId: string
let code: string
let key: string
beforeAll(async () => {
  const many = { windowMs: 60_000, limit: 1_000_000 }
  server = await startTestServer({
    now: () => Date.now() + clockError,
    rateLimits: { ...rateLimits, session: many, address: many },
  })
  street = await insertStreet(server.test.db)
  await server.web.life.layGround()
})
afterAll(() => server.stop())

let lastCode = 0
beforeEach(async () => {
  clockError = 0
  code = `F${++lastCode}`
  memberId = await insertMember(server.test.db, { code }, [{ post: 'gridMember', area_id: street.grids[0] }])
  const made = await server.web.life.devices.createGateway(null, '对讲机平台', 10)
  key = made.key
  await server.web.life.devices.bindGateway(null, made.gateway.id, [{ device: code, memberCode: code }])
})

const life = () => server.web.life
const send = async (fixes: unknown[], sentAt?: number): Promise<Record<string, number>> => {
  const answer = await fetch(`${server.origin}/ingest/gateway`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...(sentAt === undefined ? {} : { sentAt }), fixes }),
  })
  expect(answer.status).toBe(200)
  return answer.json()
}
const fixAt = (at: number, lon = LON, lat = LAT, more: object = {}) => ({ device: code, at, lon, lat, ...more })
const verdict = async (fix: unknown, sentAt?: number) => Object.keys(await send([fix], sentAt))[0]
const history = () =>
  server.test.db.query<{ at: number; longitude: number }>(
    `SELECT (extract(epoch FROM fix_at) * 1000)::float8 AS at, longitude FROM position_history WHERE member_id = $1 ORDER BY fix_at`,
    [memberId],
  )
const mark = () => {
  const { store } = life()
  const slot = store.slotOf(memberId)
  return slot === undefined
    ? null
    : { place: [store.longitudeAt(slot), store.latitudeAt(slot)], fixAt: store.fixAt(slot), flags: store.flagsAt(slot) }
}
/** On duty since then. */
const onDutySince = async (instant: number) => {
  await server.test.db.query('INSERT INTO duties (id, member_id, started_at) VALUES (gen_random_uuid(), $1, $2)', [
    memberId,
    new Date(instant),
  ])
  await life().start()
}
const refused = async (reason: string) => {
  await life().positions.durable()
  const [row] = await server.test.db.query<{ count: number }>(
    'SELECT coalesce(sum(count), 0)::int AS count FROM fix_refusals WHERE reason = $1',
    [reason],
  )
  return row?.count ?? 0
}

describe('F11 clocks', () => {
  const wrongBy = [-DAY, -600_000, 600_000, DAY]

  it.each(wrongBy)(
    'a phone whose clock is off by %i ms, and says when it sent, is placed at the true time and flagged',
    async (error) => {
      await onDutySince(Date.now() - 20_000)
      const before = await refused('clockOff')
      const now = Date.now()
      expect(await verdict(fixAt(now + error - 5_000), now + error)).toBe('live')
      expect(Math.abs((mark()?.fixAt ?? 0) - (now - 5_000))).toBeLessThan(2_000)
      expect(await refused('clockOff')).toBe(before + 1)
    },
  )

  it.each([
    ['10 minutes ahead', 600_000, 'live', 0],
    ['10 minutes behind', -600_000, 'live', -600_000],
    ['a day and more ahead', DAY + 60_000, 'future', null],
    ['a day and more behind', -DAY - 60_000, 'tooLate', null],
  ])('a phone %s that says no more is clamped to [a day ago, now]', async (_name, error, expected, age) => {
    await onDutySince(Date.now() - 11 * HOUR)
    const before = await refused('clockOff')
    expect(await verdict(fixAt(Date.now() + error))).toBe(expected)
    if (age === null) return expect([mark(), await history()]).toEqual([null, []])
    expect(Math.abs((mark()?.fixAt ?? 0) - (Date.now() + age))).toBeLessThan(2_000)
    expect(await refused('clockOff')).toBe(before + (error > 0 ? 1 : 0))
  })

  it('orders by the time of receiving: a phone ahead does not outrun one that is right', async () => {
    await onDutySince(Date.now() - 20_000)
    await send([fixAt(Date.now() + 600_000, LON + 1e-4)])
    expect(await verdict(fixAt(Date.now() + 5, LON + 2e-4))).toBe('live')
    expect(mark()?.place[0]).toBeCloseTo(LON + 2e-4, 6)
  })

  it('goes on moving the mark when the server itself is set back, and keeps its own waits', async () => {
    await onDutySince(Date.now() - HOUR)
    await send([fixAt(Date.now(), LON, LAT)])
    const viewer = await server.signInAs('dispatcher', { scope: [street.street] })
    const socket = await viewer.connect()
    clockError = -600_000
    expect(await verdict(fixAt(Date.now() + clockError, LON + 1e-4))).toBe('live')
    expect(await verdict(fixAt(Date.now() + clockError + 10, LON + 2e-4))).toBe('live')
    expect(mark()?.place[0]).toBeCloseTo(LON + 2e-4, 6)
    // Frames go on every second, and messages are still answered: nothing waits for the clock to come round.
    await socket.timeout(3_000).emitWithAck('positions:view', { bounds: [114, 22.7, 114.04, 22.71], zoom: 14 })
    await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('no frame')), 3_000)
      socket.once('positions:frame', resolve)
    })
    expect(await socket.timeout(3_000).emitWithAck('clock:ask', {})).toMatchObject({ ok: true })
    const [row] = await server.test.db.query<{ longitude: number }>(
      'SELECT longitude FROM latest_positions WHERE member_id = $1',
      [memberId],
    )
    expect(row).toBeDefined()
    socket.disconnect()
  })
})

describe('F12 a trace of 10,000 fixes, a tenth out of order and a tenth twice', () => {
  const COUNT = 10_000
  /** One a second; steps of half a metre. */
  const trace = (from: number) =>
    Array.from({ length: COUNT }, (_, index) => fixAt(from + index * 1_000, LON + index * 5e-6, LAT))

  it.each([
    ['with the time of sending', true],
    ['without it', false],
  ])('%s: live is the newest, history the set', async (_name, saysWhen) => {
    const from = Date.now() - COUNT * 1_000 - 5_000
    await onDutySince(from - 1_000)
    const all = trace(from)
    const sent = [...all, ...all.filter((_, index) => index % 10 === 3)]
    for (let index = 0; index < sent.length; index += 10) {
      const other = (index * 7919) % sent.length
      ;[sent[index], sent[other]] = [sent[other] as object as never, sent[index] as object as never]
    }
    for (let at = 0; at < sent.length; at += 2_500)
      await send(sent.slice(at, at + 2_500), saysWhen ? Date.now() : undefined)
    // A platform that never heard the answer sends the last batch again.
    await send(sent.slice(-2_500), saysWhen ? Date.now() : undefined)
    const stored = await history()
    expect(stored).toHaveLength(COUNT)
    expect(new Set(stored.map(({ longitude }) => longitude)).size).toBe(COUNT)
    expect(mark()?.place[0]).toBeCloseTo(LON + (COUNT - 1) * 5e-6, 6)
    const [latest] = await server.test.db.query<{ longitude: number }>(
      'SELECT longitude FROM latest_positions WHERE member_id = $1',
      [memberId],
    )
    expect(latest?.longitude).toBe(stored.at(-1)?.longitude)
  })
})

describe('F13 places that are none', () => {
  it.each<[string, unknown, FixRefusal]>([
    ['null island', { lon: 0, lat: 0 }, 'zero'],
    ['null island in words', { lon: '0', lat: '0.0' }, 'zero'],
    ['minus zero', { lon: -0, lat: 0 }, 'zero'],
    ['null', { lon: null, lat: null }, 'malformed'],
    ['half null', { lon: LON, lat: null }, 'malformed'],
    ['nothing', {}, 'malformed'],
    ['NaN in words', { lon: 'NaN', lat: 'NaN' }, 'malformed'],
    ['infinity in words', { lon: 'Infinity', lat: LAT }, 'malformed'],
    ['minus infinity in words', { lon: LON, lat: '-Infinity' }, 'malformed'],
    ['a number beyond all', { lon: '1e999', lat: LAT }, 'malformed'],
    ['words', { lon: 'east', lat: 'north' }, 'malformed'],
    ['an empty text', { lon: '', lat: '' }, 'malformed'],
    ['true', { lon: true, lat: true }, 'malformed'],
    ['lists', { lon: [LON], lat: [LAT] }, 'malformed'],
    ['an object', { lon: { valueOf: LON }, lat: LAT }, 'malformed'],
    ['degrees and minutes', { lon: `114°00'30"`, lat: `22°42'` }, 'malformed'],
    ['longitude off the globe', { lon: 181, lat: LAT }, 'malformed'],
    ['latitude off the globe both ways', { lon: 250, lat: 95 }, 'malformed'],
    ['degrees × 1e7', { lon: LON * 1e7, lat: LAT * 1e7 }, 'malformed'],
    ['exchanged axes', { lon: LAT, lat: LON }, 'swapped'],
    ['exchanged axes in words', { lon: String(LAT), lat: String(LON) }, 'swapped'],
    ['another city', { lon: 121.48, lat: 31.23 }, 'outsideArea'],
    ['the southern hemisphere', { lon: LON, lat: -LAT }, 'outsideArea'],
    ['51 km beyond the border', { lon: LON, lat: 22.71 + 51 / 111.195 }, 'outsideArea'],
    ['no time', { lon: LON, lat: LAT, at: undefined }, 'malformed'],
    ['a time that is none', { lon: LON, lat: LAT, at: 'now' }, 'malformed'],
  ])('%s', async (_name, place, reason) => {
    await life().duty.start(memberId)
    const before = await refused(reason)
    const { lon: _lon, lat: _lat, ...rest } = fixAt(Date.now())
    expect(await verdict({ ...rest, ...(place as object) })).toBe(reason)
    expect(await refused(reason)).toBe(before + 1)
    expect([mark(), await history()]).toEqual([null, []])
  })

  it('takes what lies 49 km beyond the border, and numbers in words', async () => {
    await life().duty.start(memberId)
    expect(await verdict(fixAt(Date.now(), String(LON) as never, String(22.71 + 49 / 111.195) as never))).toBe('live')
  })
})

describe('F14 T19 jumps', () => {
  const north = (metres: number) => LAT + metres / 111_195

  it('keeps the mark where it was through spikes, flags it, counts them, and goes on', async () => {
    const start = Date.now() - 600_000
    await onDutySince(start - 1_000)
    const before = await refused('teleport')
    const steps = Array.from({ length: 100 }, (_, index) => ({
      at: start + index * 5_000,
      metres: index % 10 === 7 ? 9_000 + index : index * 5,
    }))
    for (const { at, metres } of steps) {
      const isSpike = metres > 8_000
      expect(await verdict(fixAt(at, LON, north(metres)))).toBe(isSpike ? 'suspect' : 'live')
      if (!isSpike) continue
      expect(mark()?.place[1]).toBeLessThan(north(600))
      expect((mark()?.flags ?? 0) & personFlags.suspect).toBe(personFlags.suspect)
    }
    expect(mark()?.place[1]).toBeCloseTo(north(495), 6)
    expect((mark()?.flags ?? 0) & personFlags.suspect).toBe(0)
    expect(await refused('teleport')).toBe(before + 10)
    expect(await history()).toHaveLength(90)
  })

  it('believes somebody who stays where he jumped to, at the third fix', async () => {
    const start = Date.now() - 60_000
    await onDutySince(start - 1_000)
    const verdicts: (string | undefined)[] = []
    for (const [index, metres] of [0, 9_000, 9_005, 9_010].entries())
      verdicts.push(await verdict(fixAt(start + index * 5_000, LON, north(metres))))
    expect(verdicts).toEqual(['live', 'suspect', 'suspect', 'live'])
  })

  it('believes no thief who sends each fix from somewhere else', async () => {
    const start = Date.now() - 300_000
    await onDutySince(start - 1_000)
    await send([fixAt(start)])
    for (let index = 1; index < 30; index++)
      expect(
        await verdict(fixAt(start + index * 2_000, LON, north((index % 2 ? 1 : -1) * (5_000 + index * 700)))),
      ).toBe('suspect')
    expect(mark()?.place).toEqual([LON, LAT])
  })

  it('leaves a suspect, and one with a mock location, out of who is nearest', async () => {
    await life().duty.start(memberId)
    await send([fixAt(Date.now(), LON, LAT, { mock: true })])
    const desk = await server.signInAs('dispatcher', { scope: [street.street] })
    const { body } = await desk.call('positions.nearest', {
      query: { longitude: String(LON), latitude: String(LAT), limit: '50' },
    })
    expect(body.ranked.some((person: { memberId: string }) => person.memberId === memberId)).toBe(false)
    expect(body.leftOut.find((person: { memberId: string }) => person.memberId === memberId)?.leftOut).toBe('suspect')
  })

  it('and one whose fix is worse than 200 m', async () => {
    await life().duty.start(memberId)
    await send([fixAt(Date.now(), LON, LAT, { accuracy: 201 })])
    const desk = await server.signInAs('dispatcher', { scope: [street.street] })
    const { body } = await desk.call('positions.nearest', {
      query: { longitude: String(LON), latitude: String(LAT), limit: '50' },
    })
    expect(body.leftOut.find((person: { memberId: string }) => person.memberId === memberId)?.leftOut).toBe(
      'inaccurate',
    )
  })

  it('follows every vehicle of a real bus line along its way without doubting one fix', () => {
    const rows = readRide()
    const vehicles = new Set(rows.map(({ vehicle }) => vehicle))
    expect(vehicles.size).toBeGreaterThan(3)
    const doubted: string[] = []
    for (const vehicle of vehicles) {
      const track = newTrack()
      for (const { at, place } of rows.filter((row) => row.vehicle === vehicle)) {
        const fix: Fix = { ...plain, takenAt: at, position: place }
        if (judge(fix, track, { since: 0, wasOnAt: () => true }, null, at) === 'suspect') doubted.push(vehicle)
      }
    }
    expect(doubted).toEqual([])
  })
})

const plain: Fix = {
  takenAt: 0,
  sentAt: null,
  position: [0, 0],
  accuracyMetres: 8,
  speedMetresPerSecond: null,
  headingDegrees: null,
  batteryPercent: null,
  isMock: false,
}

/** Fixes of a real line in order of time. */
function readRide(): { vehicle: string; at: number; place: LonLat }[] {
  const file = new URL('../../../shared/data/liverpool-bus/route14_outbound.csv', import.meta.url)
  const [head = '', ...lines] = readFileSync(file, 'utf8').replaceAll('"', '').trim().split('\n')
  const columns = head.split(',')
  return lines
    .map((line) => Object.fromEntries(line.split(',').map((value, index) => [columns[index], value])))
    .map((row) => ({
      vehicle: row.vehicle_id ?? '',
      at: Date.parse(`${row.timestamp?.replace(' ', 'T')}Z`),
      place: [Number(row.longitude), Number(row.latitude)] as LonLat,
    }))
    .sort((a, b) => a.at - b.at)
}

describe('T19 whose position it is', () => {
  let victim: string
  beforeEach(async () => {
    victim = await insertMember(server.test.db, { code: `V${code}` }, [
      { post: 'gridMember', area_id: street.grids[0] },
    ])
    await life().duty.start(memberId)
    await life().duty.start(victim)
  })
  const isShown = (id: string) => life().store.slotOf(id) !== undefined
  const names = () => ({
    memberId: victim,
    member_id: victim,
    member: victim,
    userId: victim,
    deviceId: victim,
    id: victim,
  })

  it('follows from the gateway’s bindings: a member named in the body counts for nothing', async () => {
    await send([{ ...names(), ...fixAt(Date.now()) }])
    expect([isShown(victim), isShown(memberId)]).toEqual([false, true])
    expect(
      await send([
        { ...fixAt(Date.now()), device: victim },
        { ...fixAt(Date.now()), device: `V${code}` },
      ]),
    ).toEqual({ unknownDevice: 2 })
    expect(isShown(victim)).toBe(false)
  })

  it('follows from the session of a phone', async () => {
    const phone = await (await server.signInAs('member', { scope: [street.grids[0]], memberId })).connect()
    const fix = { ...plain, ...names(), takenAt: Date.now(), position: [LON, LAT] as LonLat }
    expect(await phone.timeout(5_000).emitWithAck('position:share', { fixes: [fix] })).toMatchObject({ ok: true })
    expect(
      await phone.timeout(5_000).emitWithAck('position:share', { fixes: [fix], memberId: victim } as never),
    ).toMatchObject({ ok: false, code: 'bad_input' })
    expect([isShown(victim), isShown(memberId)]).toEqual([false, true])
    phone.disconnect()
  })

  it.each(['owntracks', 'osmand'] as const)('follows from the pairing of %s', async (source) => {
    const owner = await server.signInAs('member', { scope: [street.grids[0]], memberId })
    const { body } = await owner.call('devices.pair', { body: { source, name: '手机', reportsEverySeconds: 10 } })
    const seconds = Math.floor(Date.now() / 1000)
    const [path, headers, message] =
      source === 'owntracks'
        ? [
            `/ingest/owntracks?u=${victim}&d=${victim}`,
            { authorization: `Basic ${Buffer.from(`${body.device.id}:${body.secret}`).toString('base64')}` },
            { ...names(), _type: 'location', topic: `owntracks/${victim}/phone`, lat: LAT, lon: LON, tst: seconds },
          ]
        : [
            `/ingest/osmand?memberId=${victim}`,
            {},
            {
              ...names(),
              device_id: body.secret,
              location: { timestamp: new Date().toISOString(), coords: { latitude: LAT, longitude: LON } },
            },
          ]
    const init = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' } as Record<string, string>,
      body: JSON.stringify(message),
    }
    expect((await fetch(`${server.origin}${path}`, init)).status).toBe(200)
    expect([isShown(victim), isShown(memberId)]).toEqual([false, true])
  })
})

describe('T2 every event × foreign scope', () => {
  /** Each event, asking for what is another's. */
  const foreign = (): Record<string, unknown> => ({
    'clock:ask': {},
    'facts:resume': { after: 0 },
    'positions:view': { bounds: [114.02, 22.7, 114.04, 22.71], zoom: 16 },
    'positions:hide': {},
    'position:share': { fixes: [{ ...plain, takenAt: Date.now(), position: middleOf(3, 0) }] },
  })
  /** Roles that may not send an event at all; the try is on record. */
  const refusedTo: Record<string, readonly AccountRole[]> = {
    'clock:ask': [],
    'facts:resume': [],
    'positions:view': ['department'],
    'positions:hide': ['department'],
    'position:share': ['department', 'dispatcher', 'communityAdmin', 'streetAdmin'],
  }

  it.each(accountRoles)('%s of the west learns nothing of the east, and every refusal is on record', async (role) => {
    const eastern = await insertMember(server.test.db, { code: `E${code}`, name: '东方朔' }, [
      { post: 'gridMember', area_id: street.grids[3] },
    ])
    const made = await life().devices.createGateway(null, '东区平台', 10)
    await life().devices.bindGateway(null, made.gateway.id, [{ device: 'east', memberCode: `E${code}` }])
    const western = await insertMember(server.test.db, { code: `X${code}` }, [
      { post: 'gridMember', area_id: street.grids[0] },
    ])
    const client = await server.signInAs(role, {
      scope: [street.communities[0]],
      memberId: ['member', 'gridLeader'].includes(role) ? western : null,
    })
    const socket = await client.connect()
    const told: string[] = []
    const frames: ReturnType<typeof readFrame>[] = []
    socket.onAny((name: string, payload: unknown) =>
      name === 'positions:frame' ? frames.push(readFrame(payload as Uint8Array)) : told.push(JSON.stringify(payload)),
    )
    const events = foreign()
    const answers: string[] = []
    for (const [name, payload] of Object.entries(events)) {
      if (name === 'positions:hide') continue
      const answer = await socket.timeout(5_000).emitWithAck(name as 'clock:ask', payload as never)
      answers.push(JSON.stringify(answer))
      expect([name, answer.ok]).toEqual([name, !refusedTo[name]?.includes(role)])
    }
    await life().duty.start(eastern)
    await send([fixAt(Date.now())])
    await fetch(`${server.origin}/ingest/gateway`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        fixes: [{ device: 'east', at: Date.now(), lon: middleOf(3, 0)[0], lat: middleOf(3, 0)[1] }],
      }),
    })
    const caseId = await insertCase(server.test.db, { area_id: street.grids[3], position: middleOf(3, 0) })
    await server.test.db.query(
      `WITH taken AS (UPDATE fact_counter SET seq = seq + 1 RETURNING seq)
       INSERT INTO facts (seq, kind, subject_id, area_path) SELECT taken.seq, 'case', $1, a.path FROM taken, areas a WHERE a.id = $2`,
      [caseId, street.grids[3]],
    )
    await new Promise((resolve) => setTimeout(resolve, 1_400))
    answers.push(JSON.stringify(await socket.timeout(5_000).emitWithAck('positions:hide', {})))
    const words = [...told, ...answers].join('\n')
    for (const secret of [eastern, '东方朔', caseId]) expect(words).not.toContain(secret)
    const easternHandle = life().store.handleAt(life().store.slotOf(eastern) ?? -1)
    expect(frames.flatMap(({ people }) => people.map(({ handle }) => handle))).not.toContain(easternHandle)
    expect(frames.flatMap(({ cells }) => cells)).toEqual([])
    const refusedEvents = Object.keys(events).filter((name) => refusedTo[name]?.includes(role))
    await expect
      .poll(async () =>
        (
          await server.test.db.query<{ event: string }>(
            `SELECT DISTINCT detail->>'event' AS event FROM audit_log WHERE action = 'event.refused' AND actor_id = $1`,
            [client.account.id],
          )
        )
          .map(({ event }) => event)
          .sort(),
      )
      .toEqual(refusedEvents.sort())
    socket.disconnect()
    await life().duty.end(eastern, 'self', null)
  })
})
