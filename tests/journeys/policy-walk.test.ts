/** Every route, page and event × every role × in and out of reach, against the list written by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientEvents, serverEvents } from '../../contract/events.ts'
import { type AccountRole, type Action, accountRoles, grantableRoles, grantFor, roles } from '../../contract/roles.ts'
import { pages, type RouteId, routeIds, routes } from '../../contract/routes.ts'
import { openRoutes, type Probe, probes } from '../support/policy-probes.ts'
import { buildPolicyWorld, type PolicyWorld, type Where, wheres } from '../support/policy-world.ts'
import { type Answer, startTestServer, type TestServer } from '../support/server.ts'
import {
  expectedClientEvents,
  expectedGrantable,
  expectedPages,
  expectedRoutes,
  expectedServerEvents,
  type Reach,
  type Row,
} from './expected-policy.ts'

let server: TestServer
let world: PolicyWorld
beforeAll(async () => {
  server = await startTestServer()
  world = await buildPolicyWorld(server)
})
afterAll(() => server.stop())

/** What came of one try. hidden = as if it did not exist; signIn = asked to sign in first. */
type Outcome = 'done' | 'refused' | 'hidden' | 'signIn' | `unexpected ${number} ${string}`
type Outcomes = Record<string, Outcome>

function outcomeOf({ status, body }: Answer, isShown: boolean): Outcome {
  if (status === 200) return isShown ? 'done' : 'hidden'
  if (status === 401 && body.code === 'not_signed_in') return 'signIn'
  if (status === 403 && body.code === 'not_allowed') return 'refused'
  if (status === 404 && body.code === 'not_found') return 'hidden'
  // In a form, an id that is not there and one outside the area are refused in the same words.
  if (status === 422 && /outside your area/.test(body.message)) return 'hidden'
  return `unexpected ${status} ${JSON.stringify(body)}`
}

const cellOf = (row: Row | undefined, role: (typeof roles)[number]): Reach | undefined => row?.[roles.indexOf(role)]

function expectedOutcome(reach: Reach | undefined, where: Where): Outcome {
  if (reach === 'no' || reach === undefined) return 'refused'
  return reach === 'all' || reach === 'open' || where === 'in' ? 'done' : 'hidden'
}

describe('the lists', () => {
  it('name every route, page and event, and nothing that does not exist', () => {
    expect(Object.keys(expectedRoutes).sort()).toEqual([...routeIds].sort())
    expect(Object.keys(expectedPages).sort()).toEqual(Object.keys(pages).sort())
    expect(Object.keys(expectedServerEvents).sort()).toEqual(Object.keys(serverEvents).sort())
    expect(Object.keys(expectedClientEvents).sort()).toEqual(Object.keys(clientEvents).sort())
    expect(Object.keys(probes).concat(openRoutes).sort()).toEqual([...routeIds].sort())
  })

  it('every route of the contract is served', () => {
    expect([...server.web.servedIds].sort()).toEqual([...routeIds].sort())
  })

  it.each([
    ...Object.entries(expectedRoutes).map(([id, row]) => [id, row, routes[id as RouteId]?.action] as const),
    ...Object.entries(expectedPages).map(([id, row]) => [id, row, pages[id as keyof typeof pages]?.action] as const),
    ...Object.entries(expectedServerEvents).map(
      ([id, row]) => [id, row, serverEvents[id as keyof typeof serverEvents]?.action] as const,
    ),
    ...Object.entries(expectedClientEvents).map(
      ([id, row]) => [id, row, clientEvents[id as keyof typeof clientEvents]?.action] as const,
    ),
  ])('%s reaches for each of the nine roles as far as the list says', (_id, row, action) => {
    const reachOf = (role: (typeof roles)[number], asked: Action | 'public') =>
      asked === 'public' ? 'open' : (grantFor(role, asked)?.reach ?? 'no')
    expect(action).toBeDefined()
    expect(action && roles.map((role) => reachOf(role, action))).toEqual(row)
  })

  it('administrators hand out the roles of the list', () => {
    expect(grantableRoles).toEqual(expectedGrantable)
  })
})

describe('routes', () => {
  const guarded = Object.entries(probes) as [RouteId, Probe][]

  it.each(guarded)('%s', async (id, probe) => {
    const [actual, expected]: [Outcomes, Outcomes] = [{}, {}]
    for (const role of accountRoles)
      for (const where of probe.hasNoOutside ? (['in'] as const) : wheres) {
        actual[`${role} ${where}`] = await tryRoute(id, probe, role, where)
        expected[`${role} ${where}`] = expectedOutcome(cellOf(expectedRoutes[id], role), where)
      }
    // No resident session exists yet, so even what is open to residents asks to sign in.
    const stranger = await probe.input?.(world, 'in', 'dispatcher')
    actual.stranger = outcomeOf(await server.anonymous.call(id, stranger), true)
    expected.stranger = 'signIn'
    expect(actual).toEqual(expected)
  })

  async function tryRoute(id: RouteId, probe: Probe, role: AccountRole, where: Where): Promise<Outcome> {
    const client = probe.usesUpSession ? await world.fresh.client(role) : world.clients[role]
    const answer = await client.call(id, await probe.input?.(world, where, role))
    return outcomeOf(answer, answer.status !== 200 || (probe.shows?.(answer.body, world, where, role) ?? true))
  }

  it('the open ones answer a stranger, and give away nothing', async () => {
    const { call } = server.anonymous
    expect(await call('session.see')).toMatchObject({ status: 200, body: null })
    expect(await call('session.signOut')).toMatchObject({ status: 200, body: {} })
    const credentials = { body: { name: 'nobody', password: 'nothing' } }
    expect(await call('session.signIn', credentials)).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } })
    const unlock = { body: { password: 'nothing' } }
    expect(await call('session.unlock', unlock)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } })
  })
})

describe('pages', () => {
  const areaTile = (version = '1') => `/tiles/areas/${version}/14/13385/7121`

  it.each(['/healthz', '/readyz', '/tiles/base/1/14/13385/7121'])('%s is open to a stranger', async (path) => {
    expect((await server.anonymous.fetch(path)).status).toBeLessThan(300)
  })

  it('the sign-in page and the certificate are open to a stranger: known or not, nobody is asked to sign in', async () => {
    expect((await server.anonymous.fetch('/sign-in/unknown')).status).toBe(404)
    expect((await server.anonymous.fetch('/sign-in/unknown', { method: 'POST' })).status).toBe(404)
    expect((await server.anonymous.fetch('/ca.crt')).status).toBe(404)
  })

  it('area tiles go to the roles of the list and to no stranger', async () => {
    const actual: Record<string, number> = { stranger: (await server.anonymous.fetch(areaTile())).status }
    const expected: Record<string, number> = { stranger: 401 }
    for (const role of accountRoles) {
      const { status } = await world.clients[role].fetch(areaTile())
      actual[role] = status < 300 ? 200 : status
      expected[role] = cellOf(expectedPages.areaTile, role) === 'no' ? 403 : 200
    }
    expect(actual).toEqual(expected)
  })
})

const NOBODYS = '019a0000-0000-7000-8000-00000000dead'
/** What each event of a client is tried with. */
const payloads: Record<string, unknown> = {
  'clock:ask': {},
  'facts:resume': { after: null },
  'positions:view': { bounds: [114, 22.7, 114.04, 22.71], zoom: 14 },
  'positions:hide': {},
  'offer:delivered': { offerId: NOBODYS },
  'offer:accept': { offerId: NOBODYS },
  'offer:decline': { offerId: NOBODYS, reason: 'busy' },
  'call:progress': { callId: NOBODYS, to: 'arrived' },
  'talk:say': { callId: NOBODYS, key: NOBODYS, text: '在路上' },
  'talk:read': { callId: NOBODYS, after: 0 },
  'talk:signal': { callId: NOBODYS, signal: { kind: 'hangUp', voiceId: NOBODYS } },
  'position:share': {
    fixes: [
      {
        takenAt: 0,
        sentAt: 0,
        position: [114, 22.7],
        accuracyMetres: 8,
        speedMetresPerSecond: null,
        headingDegrees: null,
        batteryPercent: null,
        isMock: false,
      },
    ],
  },
}

describe('events', () => {
  it.each(Object.entries(expectedClientEvents))('%s is answered to the roles of the list', async (name, row) => {
    const actual: Record<string, boolean> = {}
    const expected: Record<string, boolean> = {}
    for (const role of accountRoles) {
      const socket = await world.clients[role].connect()
      const answer = await socket.timeout(5_000).emitWithAck(name as 'clock:ask', payloads[name] as never)
      // What it is tried with exists for nobody; who may not ask is refused before that is looked at.
      actual[role] = answer.ok || answer.code === 'not_found'
      expected[role] = cellOf(row, role) !== 'no'
      socket.disconnect()
    }
    expect(actual).toEqual(expected)
  })

  it.each(Object.entries(expectedServerEvents))(
    '%s is told to the roles of the list and to no other',
    async (name, row) => {
      const heard = new Set<AccountRole>()
      const sockets = await Promise.all(
        accountRoles.map(async (role) => {
          const socket = await world.clients[role].connect()
          socket.on(name as 'data:changed', () => heard.add(role))
          // Told after what is asked of it, so that whoever answers has been told.
          return { socket, settle: () => socket.timeout(5_000).emitWithAck('clock:ask', {}) }
        }),
      )
      server.web.live.tell(name as 'data:changed', (name === 'positions:frame' ? Buffer.of(1) : {}) as never)
      await Promise.all(sockets.map(({ settle }) => settle()))
      expect([...heard].sort()).toEqual(accountRoles.filter((role) => cellOf(row, role) !== 'no').sort())
      for (const { socket } of sockets) socket.disconnect()
    },
  )
})
