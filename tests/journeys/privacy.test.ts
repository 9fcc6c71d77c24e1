/**
 * What each audience is sent, byte by byte, while many people move, held against the row "exact live position" of the
 * authorisation matrix, which is written out here by hand and never read from contract/roles.ts; and what is stored of
 * people off duty: nothing.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LonLat } from '../../contract/geo.ts'
import { type Frame, readFrame } from '../../contract/position-frame.ts'
import { type AccountRole, accountRoles, roles } from '../../contract/roles.ts'
import { type RouteId, routeIds, routes } from '../../contract/routes.ts'
import { rateLimits } from '../../server/auth/rate-limits.ts'
import { insertAccount } from '../support/accounts.ts'
import { insertMember, insertStreet, placeIn, type StreetIds } from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer, type TestSocket } from '../support/server.ts'
import { isNear, placesIn, recordCall, recordSocket, type Traffic } from '../support/traffic.ts'

/** A place this near to a true one gives it away, metres. */
const GIVEN_AWAY_METRES = 60
/** A frame rounds to a fraction of its box and a second's walk lies between truth and frame. */
const SAME_PLACE_METRES = 15
/** What storing in degrees × 1e7 may change, metres. */
const STORED_METRES = 0.5
/** Rounds of everybody moving, one after another. */
const ROUNDS = 6
const EACH_MS = 700
/** Counting cells are never finer than this, degrees. */
const COARSEST_ALLOWED = 0.005

/** The matrix: whom each audience may place exactly. SA and W see less than exact; residents nothing before a call. */
const mayPlaceExactly: Record<(typeof roles)[number], 'nobody' | 'self' | 'own grid' | 'own community'> = {
  residentAnonymous: 'nobody',
  residentVerified: 'nobody',
  member: 'self',
  gridLeader: 'own grid',
  department: 'nobody',
  dispatcher: 'own community',
  communityAdmin: 'own community',
  streetAdmin: 'nobody',
  wall: 'nobody',
}
/** Audiences that are sent frames at all; the street administrator's hold counts only. */
const getsFrames = new Set<AccountRole>(['member', 'gridLeader', 'dispatcher', 'communityAdmin', 'streetAdmin'])

interface Walker {
  memberId: string
  code: string
  grid: number
  /** Where he truly was while on duty. */
  on: LonLat[]
  /** Where he was while off duty: nobody may ever learn it. */
  off: LonLat[]
}
interface Viewer {
  role: AccountRole
  /** 0 = west, 1 = east: the other side is out of scope. */
  side: 0 | 1
  client: TestClient
  socket: TestSocket
  traffic: Traffic
  /** Members the matrix lets him place exactly. */
  exact: Set<string>
}

let server: TestServer
let street: StreetIds
let key: string
const walkers: Walker[] = []
const viewers: Viewer[] = []
/** Frame handle → member, over all duties of this test. */
const memberOfHandle = new Map<number, string>()
/** A seeded sequence, so that a failure repeats. */
let seed = 20261122
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

beforeAll(async () => {
  const many = { windowMs: 60_000, limit: 1_000_000 }
  server = await startTestServer({ rateLimits: { ...rateLimits, session: many, address: many } })
  street = await insertStreet(server.test.db)
  await server.web.life.layGround()
  for (let index = 0; index < 24; index++) {
    const grid = index % 4
    const code = `W${index}`
    const area_id = street.grids[grid] as string
    const memberId = await insertMember(server.test.db, { code, name: `周${index}` }, [{ post: 'gridMember', area_id }])
    walkers.push({ memberId, code, grid, on: [], off: [] })
  }
  const gateway = await server.web.life.devices.createGateway(null, '对讲机平台', 10)
  key = gateway.key
  await server.web.life.devices.bindGateway(
    null,
    gateway.gateway.id,
    walkers.map(({ code }) => ({ device: code, memberCode: code })),
  )
  for (const role of accountRoles) for (const side of [0, 1] as const) viewers.push(await addViewer(role, side))
})
afterAll(() => server.stop())

async function addViewer(role: AccountRole, side: 0 | 1): Promise<Viewer> {
  const self = walkers.find(({ grid }) => grid === side * 2) as Walker
  const ofGrid = role === 'member' || role === 'gridLeader'
  const scope = [(ofGrid ? street.grids[side * 2] : street.communities[side]) as string]
  const client = await server.signInAs(role, { scope, memberId: role === 'member' ? self.memberId : null })
  const mine = {
    nobody: () => false,
    self: ({ memberId }: Walker) => memberId === self.memberId,
    'own grid': ({ grid }: Walker) => grid === side * 2,
    'own community': ({ grid }: Walker) => Math.floor(grid / 2) === side,
  }[mayPlaceExactly[role]]
  const exact = new Set(walkers.filter(mine).map(({ memberId }) => memberId))
  const traffic: Traffic = { texts: [], frames: [], bytes: 0 }
  const socket = await client.connect()
  recordSocket(traffic, socket)
  await socket.timeout(5_000).emitWithAck('facts:resume', { after: null })
  const view = { bounds: [113.98, 22.68, 114.06, 22.73] as [number, number, number, number], zoom: 15 }
  const shown = await socket.timeout(5_000).emitWithAck('positions:view', view)
  expect([role, shown.ok]).toEqual([role, getsFrames.has(role)])
  return { role, side, client, socket, traffic, exact }
}

/**
 * On duty people are in the south of the squares, some of them outside their own, one in five on a border; off duty they
 * are in the north. Each walks a few steps a round.
 */
const somewhereOn = (before?: LonLat): LonLat => {
  const step = () => (random() - 0.5) * 5e-4
  if (before) return [before[0] + step(), Math.min(before[1] + step(), placeIn(0, 0, 0, 0.4)[1])]
  const across = random() < 0.2 ? 0 : random() * 1.4 - 0.2
  return placeIn(Math.floor(random() * 4), 0, across, 0.1 + random() * 0.28)
}
const somewhereOff = (): LonLat => placeIn(Math.floor(random() * 4), 0, 0.05 + random() * 0.4, 0.78 + random() * 0.15)

const send = async (fixes: object[]) => {
  const answer = await fetch(`${server.origin}/ingest/gateway`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ fixes }),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Record<string, number>
}
const fixOf = ({ code }: Walker, [lon, lat]: LonLat, at = Date.now()) => ({ device: code, at, lon, lat, accuracy: 6 })
const onDuty = (walker: Walker) => server.web.life.isOnDuty(walker.memberId)
const start = async (walker: Walker) => {
  await server.web.life.duty.start(walker.memberId)
}

/** One report of everybody, on duty or not. */
async function moveAll(): Promise<void> {
  const fixes = walkers.map((walker) => {
    const isOn = onDuty(walker)
    const place = isOn ? somewhereOn(walker.on.at(-1)) : somewhereOff()
    ;(isOn ? walker.on : walker.off).push(place)
    return fixOf(walker, place)
  })
  await send(fixes)
  const { store } = server.web.life
  for (const { memberId } of walkers) {
    const slot = store.slotOf(memberId)
    if (slot !== undefined) memberOfHandle.set(store.handleAt(slot), memberId)
  }
}

/** Asks every GET route for everything there is, in and out of scope. */
async function askEverything({ client, traffic }: Pick<Viewer, 'traffic'> & { client: Pick<TestClient, 'call'> }) {
  const people = [0, 1, 2, 3].map((grid) => walkers[grid] as Walker)
  const ids = [...people.map(({ memberId }) => memberId), street.grids[0], street.grids[2], street.communities[1]]
  const [lon, lat] = placeIn(1, 0, 0.5, 0.3)
  const day = { from: String(Date.now() - 3_600_000), to: String(Date.now()), reason: '核对巡查' }
  const queries: Partial<Record<RouteId, Record<string, string>>> = {
    'positions.nearest': { longitude: String(lon), latitude: String(lat), limit: '50' },
    'positions.track': day,
    'search.run': { q: '周' },
  }
  for (const id of routeIds.filter((each) => routes[each].method === 'GET'))
    for (const param of routes[id].path.includes(':id') ? ids : [null])
      await recordCall(traffic, client, id, {
        ...(param === null ? {} : { params: { id: param as string } }),
        ...(queries[id] ? { query: queries[id] } : {}),
      })
}

describe('recorded traffic', () => {
  const ended: { memberId: string; at: number }[] = []

  beforeAll(async () => {
    // The last of each grid stay off duty throughout.
    for (const walker of walkers.slice(0, 20)) await start(walker)
    for (let round = 0; round < ROUNDS; round++) {
      await moveAll()
      if (round === 2) {
        // A dispatcher ends two duties, one west, one east; they go on reporting.
        for (const [index, side] of [
          [4, 0],
          [6, 1],
        ] as const) {
          const walker = walkers[index] as Walker
          const desk = viewers.find(({ role, side: at }) => role === 'dispatcher' && at === side) as Viewer
          expect((await desk.client.call('duty.forceEnd', { params: { id: walker.memberId } })).status).toBe(200)
          ended.push({ memberId: walker.memberId, at: Date.now() })
        }
      }
      await wait(EACH_MS)
    }
    for (const viewer of viewers) await askEverything(viewer)
    await wait(1_200)
  }, 120_000)

  const name = ({ role, side }: Viewer) => `${role} ${side === 0 ? 'west' : 'east'}`
  const eachViewer = (work: (viewer: Viewer) => unknown[]) =>
    expect(Object.fromEntries(viewers.map((viewer) => [name(viewer), work(viewer)]))).toEqual(
      Object.fromEntries(viewers.map((viewer) => [name(viewer), []])),
    )

  it('was recorded: a desk got frames and answers, and saw its people where they were', () => {
    const desk = viewers.find(({ role }) => role === 'dispatcher') as Viewer
    expect(desk.traffic.frames.length).toBeGreaterThanOrEqual(3)
    const drawn = desk.traffic.frames.flatMap(({ people }) => people)
    expect(new Set(drawn.map(({ handle }) => handle)).size).toBeGreaterThanOrEqual(8)
    for (const { handle, position } of drawn) {
      const truth = walkers.find(({ memberId }) => memberId === memberOfHandle.get(handle))
      expect(truth?.on.some((place) => isNear(place, position, SAME_PLACE_METRES))).toBe(true)
    }
    expect(
      desk.traffic.texts.some(({ from, text }) => from === 'positions.nearest' && text.includes('worstMetres')),
    ).toBe(true)
    expect(viewers.reduce((sum, { traffic }) => sum + traffic.texts.length + traffic.frames.length, 0)).toBeGreaterThan(
      500,
    )
  })

  it('draws nobody for an audience that may not place him', () => {
    eachViewer(({ traffic, exact }) =>
      traffic.frames
        .flatMap(({ people }) => people)
        .map(({ handle }) => memberOfHandle.get(handle) ?? `unknown handle ${handle}`)
        .filter((memberId) => !exact.has(memberId)),
    )
  })

  it('names no place of anybody an audience may not place, in any answer or event', () => {
    eachViewer(({ traffic, exact }) => {
      const of = (isShown: boolean) =>
        walkers.filter(({ memberId }) => exact.has(memberId) === isShown).flatMap(({ on }) => on)
      const [shown, hidden] = [of(true), of(false)]
      const givesAway = (place: LonLat) =>
        hidden.some((one) => isNear(one, place, GIVEN_AWAY_METRES)) &&
        // Somebody he may place may have stood beside.
        !shown.some((one) => isNear(one, place, STORED_METRES))
      return traffic.texts.filter(({ text }) => placesIn(text).some(givesAway)).map(({ from }) => from)
    })
  })

  it('gives the street administrator counts in cells of half a kilometre, and members and departments less', () => {
    for (const { role, traffic } of viewers) {
      const cells = traffic.frames.flatMap((frame) => frame.cells)
      if (role !== 'streetAdmin') expect([role, cells]).toEqual([role, []])
      else {
        expect(cells.length).toBeGreaterThan(0)
        for (const { position } of cells)
          for (const degrees of position) {
            // The middle of a cell of the lattice, as finely as a frame can say.
            const share = (((degrees / COARSEST_ALLOWED) % 1) + 1) % 1
            expect(Math.abs(share - 0.5)).toBeLessThan(0.001)
          }
      }
      if (!getsFrames.has(role)) expect(traffic.frames).toEqual([])
    }
  })

  it('tells nobody anything of people off duty', () => {
    const hidden = walkers.flatMap(({ off }) => off)
    expect(hidden.length).toBeGreaterThan(20)
    eachViewer(({ traffic }) => {
      const told = traffic.texts.flatMap(({ text }) => placesIn(text))
      const drawn = traffic.frames.flatMap(({ people }) => people.map(({ position }) => position))
      return [...told, ...drawn].filter((place) => hidden.some((one) => isNear(one, place, GIVEN_AWAY_METRES)))
    })
  })

  it('draws nobody in any frame made after his duty was ended', () => {
    expect(ended).toHaveLength(2)
    eachViewer(({ traffic }) =>
      traffic.frames.flatMap(({ serverTime, people }) =>
        people
          .map(({ handle }) => memberOfHandle.get(handle))
          .filter((memberId) => ended.some((one) => one.memberId === memberId && serverTime > one.at)),
      ),
    )
  })

  it('tells who is on duty to those who may place them, and to no other', () => {
    eachViewer(({ traffic, exact }) =>
      walkers
        .filter(({ memberId }) => !exact.has(memberId))
        .flatMap(({ memberId }) =>
          traffic.texts
            .filter(
              ({ from, text }) => text.includes('"startedAt"') && text.includes(memberId) && from !== 'audit.list',
            )
            .map(({ from }) => from),
        ),
    )
  })

  it('lets nobody hunt a person down with boxes of his own choice who may only count', async () => {
    const { client } = viewers.find(({ role }) => role === 'streetAdmin') as Viewer
    const hunted = walkers[0] as Walker
    const truth = hunted.on.at(-1) as LonLat
    const socket = await client.connect()
    const sees = async (bounds: [number, number, number, number]) => {
      await socket.timeout(5_000).emitWithAck('positions:view', { bounds, zoom: 22 })
      const { cells } = await new Promise<Frame>((resolve) =>
        socket.once('positions:frame', (data) => resolve(readFrame(data))),
      )
      return cells.reduce((sum, { people }) => sum + people, 0)
    }
    // Ten metres around the truth and ten metres beside it look the same: the whole cell is counted both times.
    const box = ([lon, lat]: LonLat): [number, number, number, number] => [
      lon - 5e-5,
      lat - 5e-5,
      lon + 5e-5,
      lat + 5e-5,
    ]
    const cellOf = (degrees: number) => Math.floor(degrees / COARSEST_ALLOWED)
    const beside = [truth[0] + 3e-4, truth[1] + 3e-4] as LonLat
    const sameCell = cellOf(beside[0]) === cellOf(truth[0]) && cellOf(beside[1]) === cellOf(truth[1])
    const elsewhere = sameCell ? beside : ([truth[0] - 3e-4, truth[1] - 3e-4] as LonLat)
    const here = await sees(box(truth))
    expect(here).toBeGreaterThan(0)
    expect(await sees(box(elsewhere))).toBe(here)
    socket.disconnect()
  })
})

describe('audiences without a session', () => {
  it('residents and walls open no socket, hold no account, and read no place of anybody', async () => {
    await expect(server.anonymous.connect()).rejects.toThrow('not_signed_in')
    for (const role of roles.filter((each) => !(accountRoles as readonly string[]).includes(each))) {
      expect(mayPlaceExactly[role]).toBe('nobody')
      await expect(insertAccount(server.test.db, role as never, { scope: 'everywhere' })).rejects.toThrow()
    }
    const traffic: Traffic = { texts: [], frames: [], bytes: 0 }
    await askEverything({ client: server.anonymous, traffic })
    const everywhere = walkers.flatMap(({ on, off }) => [...on, ...off])
    expect(
      traffic.texts.filter(({ text }) =>
        placesIn(text).some((place) => everywhere.some((one) => isNear(one, place, GIVEN_AWAY_METRES))),
      ),
    ).toEqual([])
  })
})

/** Rows of positions that lie in no duty of their member, whatever they came through. */
const strays = async () => {
  await server.web.life.positions.durable()
  const [row] = await server.test.db.query<{ history: number; latest: number; kept: number }>(
    `SELECT (SELECT count(*) FROM position_history h WHERE NOT EXISTS (SELECT 1 FROM duties d WHERE d.member_id = h.member_id
         AND h.fix_at >= d.started_at AND (d.ended_at IS NULL OR h.fix_at <= d.ended_at))) AS history,
       (SELECT count(*) FROM latest_positions l WHERE NOT EXISTS (SELECT 1 FROM duties d
         WHERE d.member_id = l.member_id AND d.ended_at IS NULL)) AS latest,
       (SELECT count(*) FROM position_history) AS kept`,
  )
  return row
}
const inTheNorth = async () => {
  const [row] = await server.test.db.query<{ count: number }>(
    'SELECT count(*) FROM position_history WHERE latitude > $1',
    [Math.round(placeIn(0, 0, 0, 0.7)[1] * 1e7)],
  )
  return row?.count
}

describe('stored positions', () => {
  it('are none of people off duty, whatever source they came from', async () => {
    const walker = walkers[23] as Walker
    const owner = await server.signInAs('member', { scope: [street.grids[3]], memberId: walker.memberId })
    const pair = async (source: 'owntracks' | 'osmand') =>
      (await owner.call('devices.pair', { body: { source, name: '手机', reportsEverySeconds: 10 } })).body
    const [ownTracks, traccar] = [await pair('owntracks'), await pair('osmand')]
    const phone = await owner.connect()
    const reportEverywhere = async () => {
      const [lon, lat] = somewhereOff()
      const seconds = Math.floor(Date.now() / 1000)
      await fetch(`${server.origin}/ingest/owntracks`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${ownTracks.device.id}:${ownTracks.secret}`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ _type: 'location', lat, lon, tst: seconds, acc: 5 }),
      })
      await fetch(`${server.origin}/ingest/osmand?id=${traccar.secret}&lat=${lat}&lon=${lon}&timestamp=${seconds}`)
      const fix = {
        takenAt: Date.now(),
        sentAt: Date.now(),
        position: [lon, lat] as [number, number],
        accuracyMetres: 5,
        speedMetresPerSecond: null,
        headingDegrees: null,
        batteryPercent: null,
        isMock: false,
      }
      const answer = await phone.timeout(5_000).emitWithAck('position:share', { fixes: [fix] })
      expect(answer).toEqual({ ok: true, value: { verdicts: ['offDuty'] } })
      expect(await send([fixOf(walker, [lon, lat])])).toEqual({ offDuty: 1 })
    }
    await reportEverywhere()
    await start(walker)
    await send([fixOf(walker, somewhereOn())])
    await server.web.life.duty.end(walker.memberId, 'self', null)
    await reportEverywhere()
    expect(await strays()).toMatchObject({ history: 0, latest: 0 })
    expect(await inTheNorth()).toBe(0)
  })

  it('are none of a late batch from before the duty began or after it ended', async () => {
    const walker = walkers[22] as Walker
    const before = Date.now() - 60_000
    await wait(1_100)
    await start(walker)
    const began = Date.now()
    await send([fixOf(walker, somewhereOn(), began + 5)])
    expect(await send([0, 1, 2].map((n) => fixOf(walker, somewhereOff(), before + n * 1_000)))).toEqual({ tooLate: 3 })
    await wait(300)
    await server.web.life.duty.end(walker.memberId, 'self', null)
    await wait(400)
    const verdicts = await send([
      fixOf(walker, somewhereOn(), began + 100),
      fixOf(walker, somewhereOff(), Date.now() - 50),
      fixOf(walker, somewhereOff(), before),
      fixOf(walker, somewhereOff(), Date.now() + 30_000),
    ])
    expect(verdicts).toEqual({ historyOnly: 1, offDuty: 3 })
    expect(await strays()).toMatchObject({ history: 0, latest: 0 })
    expect(await inTheNorth()).toBe(0)
  })

  it('are none of a duty that ends, or begins and ends, while batches are on their way', async () => {
    const crossing = walkers.slice(8, 16)
    for (let round = 0; round < 8; round++) {
      await Promise.all(crossing.map(start))
      await Promise.all([
        ...Array.from({ length: 4 }, () => send(crossing.map((walker) => fixOf(walker, somewhereOn())))),
        ...crossing.map((walker) => server.web.life.duty.end(walker.memberId, 'self', null)),
        ...(round % 2 ? crossing.map(start) : []),
        ...(round % 2 ? crossing.map((walker) => server.web.life.duty.end(walker.memberId, 'self', null)) : []),
      ])
      await send(crossing.map((walker) => fixOf(walker, somewhereOff())))
    }
    const stillOn = await server.test.db.query<{ member_id: string }>(
      'SELECT member_id FROM duties WHERE ended_at IS NULL',
    )
    const asStored = new Set(stillOn.map((row) => row.member_id))
    expect(walkers.filter((walker) => onDuty(walker) !== asStored.has(walker.memberId))).toEqual([])
    const found = await strays()
    expect(found).toMatchObject({ history: 0, latest: 0 })
    expect(found?.kept).toBeGreaterThan(100)
    expect(await inTheNorth()).toBe(0)
  })
})
