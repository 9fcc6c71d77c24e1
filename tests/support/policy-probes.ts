/** How the policy walk tries each route: on something of the viewer's and on something that is not his. */

import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { DUTY_NOTICE_VERSION } from '../../contract/duty.ts'
import { PLACE_CODE_LENGTH, placeCodeFrom } from '../../contract/place-codes.ts'
import type { AccountRole } from '../../contract/roles.ts'
import type { RouteId } from '../../contract/routes.ts'
import { audit } from '../../server/audit/audit.ts'
import { insertCall } from './calls.ts'
import type { PolicyWorld, Where } from './policy-world.ts'
import { aSubscription } from './push-service.ts'
import type { Answer, CallInput } from './server.ts'

export interface Probe {
  input?: (world: PolicyWorld, where: Where, role: AccountRole) => CallInput | Promise<CallInput>
  /** For lists: whether the answer holds what the probe looks for. Without it, success is enough. */
  shows?: (body: Answer['body'], world: PolicyWorld, where: Where, role: AccountRole) => boolean
  /** There is nothing outside one's reach to try. */
  hasNoOutside?: true
  /** Ends the session it is tried with. */
  usesUpSession?: true
}

const hasId = (list: { id: string }[], id: string) => list.some((item) => item.id === id)
const caseOf = (world: PolicyWorld, where: Where, role: AccountRole) =>
  role === 'department' ? world.departmentCase[where] : world.case[where]

const servicePoint = (world: PolicyWorld, where: Where) => ({
  name: '新驿站',
  kind: 'station',
  address: null,
  phone: null,
  services: [],
  hours: Array.from({ length: 7 }, () => []),
  position: world.place[where],
})
const person = (world: PolicyWorld, where: Where) => ({
  name: '新成员',
  badge: null,
  phone: null,
  isPartyMember: false,
  skills: [],
  posts: [{ post: 'gridMember', areaId: world.grid[where] }],
})
const team = (world: PolicyWorld, where: Where) => ({
  name: '新队伍',
  kind: 'service',
  areaId: world.grid[where],
  leaderId: world.member[where],
  memberIds: [world.member[where]],
})
const report = (world: PolicyWorld, where: Where) => ({
  title: '井盖松动',
  text: null,
  categoryKey: null,
  priority: 'normal',
  source: 'patrol',
  position: world.place[where],
  address: null,
  reporterName: null,
  reporterPhone: null,
})
let lastName = 0

/** A finished load, straight in the database. */
async function aLoad({ server }: PolicyWorld): Promise<string> {
  const id = uuid()
  await server.test.db.query(
    `INSERT INTO loads (id, file_name, file_hash, kind, at, state) VALUES ($1, 'members.csv', '\\x00', 'members', now(), 'done')`,
    [id],
  )
  return id
}

/** An entry of the audit log on an area; for a member, about himself or somebody else in it. */
async function noteOnArea(world: PolicyWorld, where: Where, role: AccountRole): Promise<void> {
  const { db } = world.server.test
  const areaId = role === 'member' ? world.grid.in : world.grid[where]
  const [area] = await db.query<{ path: string }>('SELECT path FROM areas WHERE id = $1', [areaId])
  await db.transaction((tx) =>
    audit(tx, {
      actor: null,
      action: 'member.change',
      resource: 'member',
      resourceId: world.member[where],
      areaPath: area?.path ?? null,
      detail: { mark: `${role} ${where}` },
    }),
  )
}

/** A tracker paired by the member behind a role's account, or one that nobody can reach. */
async function aDevice({ server, clients }: PolicyWorld, role: AccountRole): Promise<string> {
  const id = uuid()
  await server.test.db.query(
    `INSERT INTO devices (id, member_id, source, name, secret_hash, reports_every_ms)
     SELECT $1, coalesce(a.member_id, (SELECT id FROM members LIMIT 1)), 'osmand', '手机', $2, 60000 FROM accounts a WHERE a.id = $3`,
    [id, Buffer.from(id), clients[role].account.id],
  )
  return id
}

async function aGateway({ server }: PolicyWorld): Promise<string> {
  return (await server.web.life.devices.createGateway(null, '对讲机平台', 10)).gateway.id
}

/** A fresh code in force on a grid, in place of the one before. */
async function aPlaceCode({ server, grid }: PolicyWorld, where: Where): Promise<string> {
  const { db } = server.test
  const id = uuid()
  await db.query('UPDATE place_codes SET revoked_at = created_at WHERE area_id = $1 AND revoked_at IS NULL', [
    grid[where],
  ])
  await db.query('INSERT INTO place_codes (id, code, area_id, created_at) VALUES ($1, $2, $3, now())', [
    id,
    placeCodeFrom(randomBytes(PLACE_CODE_LENGTH)),
    grid[where],
  ])
  return id
}

/** A live call; one that a member is to reach is handled by him. */
const callFor = (world: PolicyWorld, where: Where, role: AccountRole, isTaken = false) =>
  insertCall(world.server.test.db, {
    note: `${role} ${where}`,
    position: world.place[where],
    area_id: world.grid[where],
    taken_by: isTaken ? world.clients[role].account.id : null,
    handler_id: role === 'member' ? world.member[where] : null,
  })

/** Routes that ask no session have their answers to a stranger in the walk itself. */
export const probes: Record<Exclude<RouteId, OpenRoute>, Probe> = {
  'session.touch': { hasNoOutside: true },
  'session.setPassword': {
    hasNoOutside: true,
    usesUpSession: true,
    input: () => ({ body: { current: null, next: 'long enough for this' } }),
  },
  'district.see': { hasNoOutside: true },
  'categories.list': { hasNoOutside: true },
  'departments.list': { hasNoOutside: true },

  'search.run': {
    input: (_world, where) => ({ query: { q: `${where} 号楼` } }),
    shows: (body, world, where) => hasId(body, world.building[where]),
  },
  'areas.list': { shows: (body, world, where) => hasId(body, world.grid[where]) },
  'areas.leaders': {
    shows: (body: { areaId: string }[], world, where) => body.some(({ areaId }) => areaId === world.grid[where]),
  },
  'areas.card': { input: (world, where) => ({ params: { id: world.grid[where] } }) },
  'buildings.see': { input: (world, where) => ({ params: { id: world.building[where] } }) },

  'servicePoints.list': {
    // Every point is public, so one made before the call must be in the answer wherever it lies.
    shows: (body) => body.length > 0,
    input: async (world, where) => {
      await world.fresh.servicePoint(where)
      return {}
    },
  },
  'servicePoints.create': { input: (world, where) => ({ body: servicePoint(world, where) }) },
  'servicePoints.change': {
    input: async (world, where) => ({
      params: { id: await world.fresh.servicePoint(where) },
      body: { ...servicePoint(world, where), version: 1 },
    }),
  },
  'servicePoints.closeToday': {
    input: async (world, where) => ({
      params: { id: await world.fresh.servicePoint(where) },
      body: { isClosed: true, reason: '停电', version: 1 },
    }),
  },

  'cases.open': { shows: (body, world, where, role) => hasId(body.cases, caseOf(world, where, role)) },
  'cases.see': { input: (world, where, role) => ({ params: { id: caseOf(world, where, role) } }) },
  'cases.report': { input: (world, where) => ({ body: report(world, where) }) },

  'members.list': { shows: (body, world, where) => hasId(body.members, world.member[where]) },
  'members.see': { input: (world, where) => ({ params: { id: world.member[where] } }) },
  'members.create': { input: (world, where) => ({ body: person(world, where) }) },
  'members.change': {
    input: async (world, where) => ({
      params: { id: await world.fresh.member(where) },
      body: { ...person(world, where), isActive: true, version: 1 },
    }),
  },
  'teams.list': {
    input: async (world, where) => {
      await world.fresh.team(where)
      return {}
    },
    shows: (body: { areaId: string }[], world, where) => body.some(({ areaId }) => areaId === world.grid[where]),
  },
  'teams.create': { input: (world, where) => ({ body: team(world, where) }) },
  'teams.change': {
    input: async (world, where) => ({
      params: { id: await world.fresh.team(where) },
      body: { ...team(world, where), version: 1 },
    }),
  },

  'accounts.list': {
    shows: (body: { scope: { areaId: string }[] }[], world, where) =>
      body.some(({ scope }) => scope.some(({ areaId }) => areaId === world.community[where])),
    input: async (world, where) => {
      await world.fresh.account(where)
      return {}
    },
  },
  'accounts.create': {
    input: (world, where) => ({
      body: {
        signInName: `walk-${++lastName}`,
        name: '新同事',
        role: 'dispatcher',
        scopeAreaIds: [world.community[where]],
        memberId: null,
        departmentId: null,
      },
    }),
  },
  'accounts.change': {
    input: async (world, where) => ({
      params: { id: await world.fresh.account(where) },
      body: { name: '改名', version: 1 },
    }),
  },
  'accounts.link': { input: async (world, where) => ({ params: { id: await world.fresh.account(where) } }) },

  'loads.list': { hasNoOutside: true },
  'loads.see': { hasNoOutside: true, input: async (world) => ({ params: { id: await aLoad(world) } }) },
  'loads.run': {
    hasNoOutside: true,
    input: () => ({ query: { fileName: 'departments.csv', kind: 'departments' }, body: 'code,name\nX-1,环卫所\n' }),
  },
  'loads.cancel': { hasNoOutside: true, input: async (world) => ({ params: { id: await aLoad(world) } }) },

  'duty.own': { hasNoOutside: true },
  'duty.start': { hasNoOutside: true, input: () => ({ body: { noticeVersion: DUTY_NOTICE_VERSION } }) },
  'duty.end': { hasNoOutside: true },
  'duty.list': {
    input: async (world, where) => {
      await world.server.web.life.duty.start(world.member[where])
      return {}
    },
    shows: (body: { memberId: string }[], world, where) =>
      body.some(({ memberId }) => memberId === world.member[where]),
  },
  'duty.forceEnd': {
    input: async (world, where) => {
      await world.server.web.life.duty.start(world.member[where])
      return { params: { id: world.member[where] } }
    },
  },

  'devices.list': { hasNoOutside: true },
  'devices.pair': {
    hasNoOutside: true,
    input: () => ({ body: { source: 'owntracks', name: '手机', reportsEverySeconds: 60 } }),
  },
  'devices.revoke': {
    hasNoOutside: true,
    input: async (world, _where, role) => ({ params: { id: await aDevice(world, role) } }),
  },

  'gateways.list': { hasNoOutside: true },
  'gateways.create': { hasNoOutside: true, input: () => ({ body: { name: '对讲机平台', reportsEverySeconds: 10 } }) },
  'gateways.devices': { hasNoOutside: true, input: async (world) => ({ params: { id: await aGateway(world) } }) },
  'gateways.bind': {
    hasNoOutside: true,
    input: async (world) => ({ params: { id: await aGateway(world) }, body: { devices: [] } }),
  },
  'gateways.revoke': { hasNoOutside: true, input: async (world) => ({ params: { id: await aGateway(world) } }) },

  'push.key': { hasNoOutside: true },
  'push.subscribe': { hasNoOutside: true, input: () => ({ body: aSubscription() }) },
  'push.unsubscribe': { hasNoOutside: true },
  'calls.live': {
    input: async (world, where, role) => {
      await callFor(world, where, role)
      return {}
    },
    shows: (body: { calls: { note: string | null }[] }, _world, where, role) =>
      body.calls.some(({ note }) => note === `${role} ${where}`),
  },
  'calls.see': { input: async (world, where, role) => ({ params: { id: await callFor(world, where, role) } }) },
  'calls.own': { hasNoOutside: true },
  'calls.candidates': { input: async (world, where, role) => ({ params: { id: await callFor(world, where, role) } }) },
  'calls.takeOver': { input: async (world, where, role) => ({ params: { id: await callFor(world, where, role) } }) },
  'calls.assign': {
    input: async (world, where, role) => ({
      params: { id: await callFor(world, where, role) },
      body: { memberId: await world.fresh.member('in') },
    }),
  },
  'calls.finish': {
    input: async (world, where, role) => ({
      params: { id: await callFor(world, where, role, true) },
      body: { note: '电话里已解决' },
    }),
  },
  'calls.placeFor': {
    input: (world, where) => ({ body: { position: world.place[where], wish: null, skill: null, note: '来电求助' } }),
  },
  'calls.toCase': {
    input: async (world, where, role) => ({
      params: { id: await callFor(world, where, role) },
      body: report(world, 'in'),
    }),
  },
  'calls.merge': {
    input: async (world, where, role) => ({
      params: { id: await callFor(world, where, role) },
      body: { into: await callFor(world, 'in', role) },
    }),
  },
  'settings.calls': { hasNoOutside: true },
  'settings.changeCalls': {
    hasNoOutside: true,
    async input(world) {
      const { body } = await world.clients.streetAdmin.call('settings.calls')
      return { body: { ...body, dutyPhone: '0755-12345678' } }
    },
  },
  'calls.cancel': {
    input: async (world, where, role) => ({
      params: { id: await callFor(world, where, role) },
      body: { reason: '误按' },
    }),
  },

  'positions.nearest': {
    hasNoOutside: true,
    input: (world) => ({ query: { longitude: String(world.place.in[0]), latitude: String(world.place.in[1]) } }),
  },
  'positions.track': {
    input: (world, where) => ({
      params: { id: world.member[where] },
      query: { from: String(Date.now() - 3_600_000), to: String(Date.now()), reason: '核对巡查' },
    }),
  },
  'positions.refusals': { hasNoOutside: true },

  'placeCodes.sheet': { input: (world, where) => ({ query: { areaId: world.grid[where] } }) },
  'placeCodes.create': { input: (world, where) => ({ body: { areaIds: [], buildingIds: [world.building[where]] } }) },
  'placeCodes.revoke': {
    input: async (world, where) => ({ params: { id: await aPlaceCode(world, where) } }),
  },

  'audit.list': {
    input: async (world, where, role) => {
      await noteOnArea(world, where, role)
      return { query: { limit: '500' } }
    },
    shows: (body: { detail: { mark?: string } }[], _world, where, role) =>
      body.some(({ detail }) => detail.mark === `${role} ${where}`),
  },
}

export const openRoutes = [
  'session.see',
  'session.signIn',
  'session.signOut',
  'session.unlock',
  'resident.home',
  'resident.places',
  'resident.report',
  'resident.progress',
  'calls.place',
  'calls.follow',
  'calls.cancelOwn',
  'calls.rate',
] as const
type OpenRoute = (typeof openRoutes)[number]
