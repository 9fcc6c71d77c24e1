/** Swapped ids, fields nobody offered, and SQL where words belong: refused, and nothing changed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccountRole } from '../../contract/roles.ts'
import { type Route, type RouteId, routeIds, routes } from '../../contract/routes.ts'
import { rateLimits } from '../../server/auth/rate-limits.ts'
import { type Probe, probes } from '../support/policy-probes.ts'
import { buildPolicyWorld, type PolicyWorld } from '../support/policy-world.ts'
import { type CallInput, startTestServer, type TestClient, type TestServer } from '../support/server.ts'
import { columnNames, snapshot } from '../support/snapshot.ts'

/** Requests under way at once. */
const AT_ONCE = 8

let server: TestServer
let world: PolicyWorld
let admin: TestClient
beforeAll(async () => {
  const many = { windowMs: 60_000, limit: 1_000_000 }
  server = await startTestServer({
    rateLimits: {
      ...rateLimits,
      session: many,
      address: many,
      linkPage: many,
      signIn: many,
      signInName: many,
      unlock: many,
      resident: many,
      residentSearch: many,
      residentReport: many,
    },
  })
  world = await buildPolicyWorld(server)
  admin = world.clients.streetAdmin
})
afterAll(() => server.stop())

/** Routes that are not the street administrator's. */
const roleFor: Partial<Record<RouteId, AccountRole>> = {
  'cases.report': 'dispatcher',
  'positions.nearest': 'dispatcher',
  'calls.assign': 'dispatcher',
  'calls.finish': 'dispatcher',
  'calls.placeFor': 'dispatcher',
  'calls.toCase': 'dispatcher',
  'calls.merge': 'dispatcher',
  'calls.cancel': 'dispatcher',
  'calls.candidates': 'dispatcher',
  'positions.track': 'dispatcher',
  'duty.start': 'gridLeader',
  'push.key': 'gridLeader',
  'push.subscribe': 'gridLeader',
  'push.unsubscribe': 'gridLeader',
  'devices.pair': 'gridLeader',
}
/** Somebody who may use a route. */
const userOf = (id: RouteId) => world.clients[roleFor[id] ?? 'streetAdmin']

async function inBatches<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE)
    await Promise.all(items.slice(from, from + AT_ONCE).map(work))
}

const probeOf = (id: RouteId): Probe | undefined => (probes as Partial<Record<RouteId, Probe>>)[id]
const shapeOf = (schema: Route['body']): Record<string, unknown> =>
  (schema as unknown as { _zod: { def: { shape?: Record<string, unknown> } } })._zod.def.shape ?? {}
const hasId = (id: RouteId) => 'id' in shapeOf(routes[id].params)

/** Bodies of routes that the policy walk has no probe for. */
const secret = 'x'.repeat(43)
const sampleOf: Partial<Record<RouteId, CallInput>> = {
  'calls.place': {
    body: {
      secret,
      deviceId: '019a0000-0000-7000-8000-000000000001',
      position: [114.005, 22.705],
      accuracyMetres: 10,
      wish: null,
      skill: null,
      note: null,
    },
  },
  'calls.follow': { body: { secret } },
  'calls.cancelOwn': { body: { secret } },
  'calls.rate': { body: { secret, stars: 5, text: null } },
  'session.signIn': { body: { name: 'nobody', password: 'nothing' } },
  'session.unlock': { body: { password: 'nothing' } },
  'resident.report': {
    body: {
      secret: 'A'.repeat(43),
      matter: 'other',
      text: null,
      spot: null,
      buildingId: null,
      gridId: null,
      position: null,
    },
  },
  'resident.progress': { body: { secret: 'A'.repeat(43) } },
}

describe('ids of other areas (T4)', () => {
  it.each(routeIds.filter((id) => hasId(id) && !id.startsWith('loads.')))(
    '%s answers no id of the east to anybody of the west',
    async (id) => {
      const { db } = server.test
      const eastern = [
        world.community.out,
        world.grid.out,
        world.building.out,
        world.member.out,
        world.case.out,
        await world.fresh.servicePoint('out'),
        await world.fresh.team('out'),
        await world.fresh.account('out'),
      ]
      const input = (await probeOf(id)?.input?.(world, 'in', 'streetAdmin')) ?? {}
      const before = await snapshot(db)
      const answers: string[] = []
      for (const client of Object.values(world.clients))
        await inBatches(eastern, async (eastId) => {
          const { status } = await client.call(id, { ...input, params: { id: eastId } })
          answers.push(String(status))
        })
      expect(new Set(answers)).toEqual(new Set(answers.filter((status) => status === '404' || status === '403')))
      expect(answers).toContain('404')
      expect(await snapshot(db)).toEqual(before)
    },
  )
})

describe('fields nobody offered (T5)', () => {
  const withBody = routeIds.filter((id) => Object.keys(shapeOf(routes[id].body)).length > 0)

  it.each(withBody)('%s refuses every column of the database that it does not ask for', async (id) => {
    const { db } = server.test
    const offered = shapeOf(routes[id].body)
    const columns = await columnNames(db)
    const camel = columns.map((name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
    const fields = [...new Set([...columns, ...camel, 'isAdmin', 'constructor', '$where'])].filter(
      (name) => !(name in offered),
    )
    expect(fields.length).toBeGreaterThan(100)
    const input = (await probeOf(id)?.input?.(world, 'in', 'streetAdmin')) ?? sampleOf[id] ?? {}
    const before = await snapshot(db)
    const accepted: string[] = []
    await inBatches(fields, async (field) => {
      const answer = await userOf(id).call(id, {
        ...input,
        body: { ...(input.body as object), [field]: 'streetAdmin' },
      })
      if (answer.status !== 422 || !JSON.stringify(answer.body.fields).includes(field))
        accepted.push(`${field} ${answer.status}`)
    })
    expect(accepted).toEqual([])
    expect(await snapshot(db)).toEqual(before)
  })

  it('a prototype is no field', async () => {
    const response = await admin.fetch('/api/accounts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"__proto__":{"role":"streetAdmin"},"signInName":"proto"}',
    })
    expect(response.status).toBe(422)
  })
})

const INJECTIONS = [
  "'",
  "''",
  "' OR '1'='1",
  "' OR 1=1 --",
  "1' OR '1'='1' /*",
  "') OR ('1'='1",
  "'; DROP TABLE accounts; --",
  "1; UPDATE accounts SET role = 'streetAdmin'; --",
  "' UNION SELECT sign_in_name, password_hash FROM accounts --",
  "'||(SELECT password_hash FROM accounts LIMIT 1)||'",
  '1 AND pg_sleep(5)',
  "'; SELECT pg_sleep(5); --",
  '1) ORDER BY 1 --',
  '"; DROP SCHEMA public CASCADE; --',
  '$1',
  '$$; DROP TABLE sessions; $$',
  '%',
  '_',
  '%%%%%%%%',
  '\\',
  "\\'; SELECT 1; --",
  '\u0000',
  'a\u0000b',
  '\uFEFF',
  '{"$ne": null}',
  '[object Object]',
  '../../etc/passwd',
  '..%5c..%5cwindows',
  '-1',
  '0',
  '99999999999999999999',
  '1e309',
  'NaN',
  'true',
  'ʼ OR 1=1',
  '＇ OR 1＝1',
]
/** What a question may be answered with; a fault or a timeout is none of it. */
const SANE = new Set([200, 400, 404, 422])

describe('SQL where words belong (T25)', () => {
  const reads = routeIds.filter((id) => routes[id].method === 'GET')
  const questions = reads.flatMap((id) =>
    [...Object.keys(shapeOf(routes[id].query)), ...(hasId(id) ? ['id'] : [])].map((name) => [id, name] as const),
  )

  it.each(questions)('%s by %s', async (id, name) => {
    const { db } = server.test
    const before = await snapshot(db)
    const strange: string[] = []
    await inBatches(INJECTIONS, async (text) => {
      const input = name === 'id' ? { params: { id: text } } : { query: { ...requiredQuery[id], [name]: text } }
      const { status, body } = await userOf(id).call(id, input)
      if (!SANE.has(status)) strange.push(`${JSON.stringify(text)} ${status}`)
      if (JSON.stringify(body).includes('argon2')) strange.push(`${JSON.stringify(text)} gave a password`)
      // The east is out of this administrator's reach, whatever is asked.
      if (JSON.stringify(body).includes(world.building.out)) strange.push(`${JSON.stringify(text)} left the area`)
    })
    expect(strange).toEqual([])
    expect(await snapshot(db)).toEqual(before)
  })

  const requiredQuery: Partial<Record<RouteId, Record<string, string>>> = {
    'search.run': { q: '号楼' },
    'resident.home': { longitude: '114', latitude: '22.7' },
    'positions.nearest': { longitude: '114', latitude: '22.7' },
    'positions.track': { from: String(Date.now() - 60_000), to: String(Date.now()), reason: '核对' },
  }

  it.each([
    (text: string) => `/tiles/base/${text}/14/13385/7121`,
    (text: string) => `/tiles/areas/1/${text}/13385/7121`,
    (text: string) => `/tiles/areas/1/14/${text}/7121`,
    (text: string) => `/tiles/areas/1/14/13385/${text}`,
    (text: string) => `/sign-in/${text}`,
    (text: string) => `/g/${text}`,
    (text: string) => `/resident/${text}`,
    (text: string) => `/dispatch/${text}`,
    (text: string) => `/assets/${text}`,
    (text: string) => `/api/${text}`,
  ])('in the path %s', async (path) => {
    const { db } = server.test
    const before = await snapshot(db)
    const strange: string[] = []
    await inBatches(INJECTIONS, async (text) => {
      const response = await admin.fetch(path(encodeURIComponent(text)), { headers: { accept: 'application/json' } })
      await response.arrayBuffer()
      if (response.status >= 500) strange.push(`${JSON.stringify(text)} ${response.status}`)
    })
    expect(strange).toEqual([])
    expect(await snapshot(db)).toEqual(before)
  })

  it.each(routeIds.filter((id) => routes[id].method !== 'GET' && Object.keys(shapeOf(routes[id].body)).length > 0))(
    'in every field of %s',
    async (id) => {
      const administrators = () =>
        server.test.db.query("SELECT id FROM accounts WHERE role = 'streetAdmin' ORDER BY id")
      const before = await administrators()
      const strange: string[] = []
      for (const field of Object.keys(shapeOf(routes[id].body)))
        await inBatches(INJECTIONS, async (text) => {
          const input = (await probeOf(id)?.input?.(world, 'in', 'streetAdmin')) ?? sampleOf[id] ?? {}
          const client = id.startsWith('session.') ? server.anonymous : userOf(id)
          const { status } = await client.call(id, { ...input, body: { ...(input.body as object), [field]: text } })
          if (status >= 500) strange.push(`${field} ${JSON.stringify(text)} ${status}`)
        })
      expect(strange).toEqual([])
      expect(await administrators()).toEqual(before)
    },
  )

  // A load that is not refused at once runs in a process of its own, so fewer words are tried where any are allowed.
  const few = ["'; DROP TABLE accounts; --", 'a\u0000b', '../../etc/passwd']
  it.each([
    ['kind', INJECTIONS],
    ['datum', INJECTIONS],
    ['level', INJECTIONS],
    ['timeZone', INJECTIONS],
    ['fileName', few],
    ['map', few],
  ])('in loads.run by %s', async (name, texts) => {
    const strange: string[] = []
    for (const text of texts) {
      const query = { fileName: 'departments.csv', kind: 'departments', [name]: text }
      const { status } = await admin.call('loads.run', { query, body: '' })
      if (!SANE.has(status)) strange.push(`${JSON.stringify(text)} ${status}`)
    }
    expect(strange).toEqual([])
  })

  it('in what people type: a name of SQL is kept as it stands', async () => {
    const name = "Robert'); DROP TABLE members;--"
    const made = await admin.call('members.create', {
      body: {
        name,
        badge: null,
        phone: null,
        isPartyMember: false,
        skills: [],
        posts: [{ post: 'gridMember', areaId: world.grid.in }],
      },
    })
    expect(made).toMatchObject({ status: 200, body: { name } })
    expect((await admin.call('members.see', { params: { id: made.body.id } })).body.name).toBe(name)
  })
})
