/** Keeping people, teams and service points: what administrators may write, where, and who wins at the same time. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  insertBuilding,
  insertCase,
  insertMember,
  insertServicePoint,
  insertStreet,
  insertTeam,
  placeIn,
  type StreetIds,
} from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer } from '../support/server.ts'

const NOW = Date.parse('2026-11-21T16:30:00Z')
const MISSING = '019a0000-0000-7000-8000-00000000ffff'
let server: TestServer
let street: StreetIds
let west: TestClient
let whole: TestClient
let theirMember: string

beforeAll(async () => {
  server = await startTestServer({ now: () => NOW })
  street = await insertStreet(server.test.db)
  west = await server.signInAs('communityAdmin', { scope: [street.communities[0]], name: '西管理员' })
  whole = await server.signInAs('streetAdmin', { scope: 'everywhere' })
  theirMember = await insertMember(server.test.db, { name: '东边人' }, [
    { post: 'gridMember', area_id: street.grids[2] },
  ])
})
afterAll(() => server.stop())

const withKey = (key: string) => ({ 'idempotency-key': key })
const lastAudit = async () =>
  (
    await server.test.db.query<{ action: string; area_path: string; detail: unknown }>(
      'SELECT action, area_path, detail FROM audit_log ORDER BY id DESC LIMIT 1',
    )
  )[0]

const person = (change: Record<string, unknown> = {}) => ({
  name: '林小满',
  badge: '0412',
  phone: '13800001234',
  isPartyMember: true,
  skills: ['plumber'],
  posts: [{ post: 'gridMember', areaId: street.grids[0] }],
  ...change,
})

describe('people', () => {
  const create = (client: TestClient, body: unknown, headers = {}) => client.call('members.create', { body, headers })
  const change = (client: TestClient, id: string, body: unknown) =>
    client.call('members.change', { params: { id }, body })
  /** What a form sends back after reading a person. */
  const formOf = ({
    name,
    badge,
    phone,
    isPartyMember,
    skills,
    posts,
    isActive,
    version,
  }: Record<string, unknown>) => ({
    name,
    badge,
    phone,
    isPartyMember,
    skills,
    posts: (posts as { post: string; areaId: string }[]).map(({ post, areaId }) => ({ post, areaId })),
    isActive,
    version,
  })

  it('are created with a code of their own, noted without their phone', async () => {
    const { status, body } = await create(west, person())
    expect(status).toBe(200)
    expect(body).toMatchObject({
      code: expect.stringMatching(/^M\d{6}$/),
      name: '林小满',
      phone: '13800001234',
      posts: [{ post: 'gridMember', areaId: street.grids[0], areaName: '网格1' }],
      isActive: true,
      version: 1,
    })
    const note = await lastAudit()
    expect(note).toMatchObject({
      action: 'member.create',
      area_path: '/440311001/440311001001/440311001001001/',
    })
    expect(JSON.stringify(note)).not.toContain('13800001234')
  })

  it('take the next code when a loaded file holds it', async () => {
    const { body: first } = await create(west, person())
    const next = `M${String(Number(first.code.slice(1)) + 1).padStart(6, '0')}`
    await insertMember(server.test.db, { code: next })
    expect((await create(west, person())).body.code > next).toBe(true)
  })

  it('are created once by the same command, also when eight come at once', async () => {
    const headers = withKey(randomUUID())
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(west, person(), headers)))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
    expect((await create(west, person({ name: '别人' }), headers)).body.code).toBe('key_reused')
  })

  it.each([
    ['a post outside the area', { posts: [{ post: 'gridMember', areaId: '$east' }] }, 'posts.0.areaId'],
    ['a post on no area', { posts: [{ post: 'gridMember', areaId: MISSING }] }, 'posts.0.areaId'],
    ['no post at all', { posts: [] }, 'posts'],
    ['a post nobody knows', { posts: [{ post: 'king', areaId: MISSING }] }, 'posts.0.post'],
    ['a masked phone', { phone: '138****1234' }, 'phone'],
    ['a version of its own', { version: 9 }, 'body'],
    ['a code of its own', { code: 'M1' }, 'body'],
    ['an account of its own', { accountId: MISSING }, 'body'],
  ])('are refused with %s', async (_name, wrong, field) => {
    const text = JSON.stringify(person(wrong)).replace('$east', street.grids[2])
    const { status, body } = await create(west, JSON.parse(text))
    expect([status, body.code, Object.keys(body.fields)]).toEqual([422, 'bad_input', [field]])
  })

  it('without a post belong to whoever reaches everything', async () => {
    const { status, body } = await create(whole, person({ posts: [] }))
    expect(status).toBe(200)
    expect((await west.call('members.see', { params: { id: body.id } })).status).toBe(404)
  })

  it('are changed by version: the second of two gets the state as it stands', async () => {
    const { body: made } = await create(west, person())
    const [one, two] = await Promise.all([
      change(west, made.id, { ...formOf(made), name: '甲' }),
      change(west, made.id, { ...formOf(made), name: '乙' }),
    ])
    const [winner, loser] = one.status === 200 ? [one, two] : [two, one]
    expect([winner.status, winner.body.version]).toEqual([200, 2])
    expect([loser.status, loser.body.code]).toEqual([409, 'version_conflict'])
    expect(loser.body.current).toEqual(winner.body)
  })

  it('keep posts elsewhere, and a building head keeps his building', async () => {
    const { db } = server.test
    const building = await insertBuilding(db, { area_id: street.grids[0] })
    const id = await insertMember(db, { name: '两边跑' }, [
      { post: 'buildingHead', area_id: street.grids[0], building_id: building },
      { post: 'police', area_id: street.grids[3] },
    ])
    const { body: read } = await west.call('members.see', { params: { id } })
    const posts = [
      { post: 'buildingHead', areaId: street.grids[0] },
      { post: 'gridMember', areaId: street.grids[1] },
    ]
    const { status } = await change(west, id, { ...formOf(read), posts })
    expect(status).toBe(200)
    const rows = await db.query('SELECT post, building_id FROM posts WHERE member_id = $1 ORDER BY post', [id])
    expect(rows).toEqual([
      { post: 'buildingHead', building_id: building },
      { post: 'gridMember', building_id: null },
      { post: 'police', building_id: null },
    ])
    const { body: again } = await west.call('members.see', { params: { id } })
    expect((await change(west, id, formOf(again))).status).toBe(200)
    expect((await change(west, id, { ...formOf(again), version: 3, posts: [] })).body.fields).toHaveProperty('posts')
  })

  it('keep the phone that the street only sees masked', async () => {
    const { body: made } = await create(west, person())
    const { body: read } = await whole.call('members.see', { params: { id: made.id } })
    expect(read.phone).toBe('138****1234')
    const { status } = await change(whole, made.id, { ...formOf(read), name: '改名' })
    expect(status).toBe(200)
    const { body: after } = await west.call('members.see', { params: { id: made.id } })
    expect([after.name, after.phone]).toEqual(['改名', '13800001234'])
    expect((await change(whole, made.id, { ...formOf(after), phone: '139****9999' })).status).toBe(422)
  })

  it('who are switched off leave the lists of all but administrators', async () => {
    const { body: made } = await create(west, person({ name: '要离岗' }))
    await change(west, made.id, { ...formOf(made), isActive: false })
    const dispatcher = await server.signInAs('dispatcher', { scope: [street.communities[0]] })
    const list = (client: TestClient) => client.call('members.list', { query: { q: '要离岗' } })
    expect((await list(west)).body.members).toMatchObject([{ isActive: false }])
    expect((await list(dispatcher)).body).toMatchObject({ members: [], total: 0 })
  })
})

describe('the list of people', () => {
  it('comes in pages by code that together hold everybody once', async () => {
    const grid = street.grids[1]
    for (let at = 0; at < 7; at++)
      await insertMember(server.test.db, { name: `翻页${at}`, code: `P-${at}` }, [
        { post: 'gridMember', area_id: grid },
        { post: 'police', area_id: grid },
      ])
    const seen: string[] = []
    let after: string | null = null
    do {
      const query: Record<string, string> = { areaId: grid, q: '翻页', limit: '3', ...(after && { after }) }
      const { body } = await west.call('members.list', { query })
      expect(body.total).toBe(7)
      seen.push(...body.members.map(({ code }: { code: string }) => code))
      after = body.next
    } while (after !== null)
    expect(seen).toEqual(['P-0', 'P-1', 'P-2', 'P-3', 'P-4', 'P-5', 'P-6'])
  })

  it('finds by phone whom the viewer may see whole, and only him', async () => {
    await insertMember(server.test.db, { name: '有电话', phone: '13912345678' }, [
      { post: 'gridMember', area_id: street.grids[0] },
    ])
    const count = async (client: TestClient) =>
      (await client.call('members.list', { query: { q: '13912345678' } })).body.total
    expect(await count(west)).toBe(1)
    expect(await count(whole)).toBe(0)
  })

  it('refuses a page that is none, and an area elsewhere is not found', async () => {
    const list = (query: Record<string, string>) => west.call('members.list', { query })
    expect((await list({ limit: '0' })).status).toBe(422)
    expect((await list({ limit: '1e3' })).status).toBe(422)
    expect((await list({ areaId: 'x' })).status).toBe(422)
    expect((await list({ orderBy: 'name' })).status).toBe(422)
    expect((await list({ areaId: street.grids[2] })).status).toBe(404)
    expect((await list({ after: `'; DROP TABLE members; --` })).status).toBe(200)
  })
})

describe('teams', () => {
  const team = (change: Record<string, unknown>) => ({
    name: '红小二',
    kind: 'service',
    areaId: street.grids[0],
    ...change,
  })

  it('are created with their leader among them, and changed by version', async () => {
    const [leader, second] = await Promise.all(
      ['队长', '队员'].map((name) =>
        insertMember(server.test.db, { name }, [{ post: 'gridMember', area_id: street.grids[0] }]),
      ),
    )
    const made = await west.call('teams.create', { body: team({ leaderId: leader, memberIds: [second, second] }) })
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({ code: expect.stringMatching(/^T\d{6}$/), leaderName: '队长', areaName: '网格1' })
    expect(made.body.members).toHaveLength(2)
    const update = (version: number) =>
      west.call('teams.change', {
        params: { id: made.body.id },
        body: team({ name: '改名队', leaderId: second, memberIds: [second], version }),
      })
    const changed = await update(1)
    expect(changed.body).toMatchObject({ name: '改名队', leaderName: '队员', version: 2 })
    expect(changed.body.members).toEqual([{ id: second, name: '队员' }])
    const late = await update(1)
    expect([late.status, late.body.current]).toEqual([409, changed.body])
  })

  it('take nobody from elsewhere, nobody unknown and no area of others', async () => {
    const mine = await insertMember(server.test.db, {}, [{ post: 'gridMember', area_id: street.grids[0] }])
    const fields = async (body: unknown) => Object.keys((await west.call('teams.create', { body })).body.fields)
    expect(await fields(team({ leaderId: mine, memberIds: [mine, theirMember] }))).toEqual(['memberIds.1'])
    expect(await fields(team({ leaderId: MISSING, memberIds: [mine] }))).toEqual(['leaderId'])
    expect(await fields(team({ leaderId: mine, memberIds: [mine], areaId: street.grids[2] }))).toEqual(['areaId'])
    expect(await fields(team({ leaderId: mine, memberIds: [] }))).toEqual(['memberIds'])
  })

  it('may keep somebody who has left the area since', async () => {
    const mine = await insertMember(server.test.db, {}, [{ post: 'gridMember', area_id: street.grids[0] }])
    const id = await insertTeam(server.test.db, { area_id: street.grids[0], leader_id: mine }, [mine, theirMember])
    const body = team({ leaderId: mine, memberIds: [mine, theirMember], version: 1 })
    expect((await west.call('teams.change', { params: { id }, body })).status).toBe(200)
  })
})

describe('service points', () => {
  const week = Array.from({ length: 7 }, () => [['09:00', '17:30']])
  const point = (change: Record<string, unknown> = {}) => ({
    name: '驿站',
    kind: 'station',
    address: null,
    phone: '0755-12345678',
    services: ['助餐'],
    hours: week,
    position: placeIn(0, 0),
    ...change,
  })

  it('are created in the grid at their place, moved, and changed by version', async () => {
    const made = await west.call('servicePoints.create', { body: point() })
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({ code: expect.stringMatching(/^S\d{6}$/), areaName: '网格1', hours: week })
    const move = (version: number) =>
      west.call('servicePoints.change', {
        params: { id: made.body.id },
        body: point({ position: placeIn(1, 0), version }),
      })
    const moved = await move(1)
    expect(moved.body).toMatchObject({ areaName: '网格2', version: 2, position: placeIn(1, 0) })
    const late = await move(1)
    expect([late.status, late.body.code, late.body.current]).toEqual([409, 'version_conflict', moved.body])
  })

  it('close for the local day and open again', async () => {
    const { body: made } = await west.call('servicePoints.create', { body: point() })
    const close = (body: unknown) => west.call('servicePoints.closeToday', { params: { id: made.id }, body })
    const closed = await close({ isClosed: true, reason: '设备检修', version: 1 })
    expect(closed.body).toMatchObject({ closedOn: '2026-11-22', closedReason: '设备检修', version: 2 })
    expect((await close({ isClosed: false, reason: '设备检修', version: 1 })).status).toBe(409)
    const open = await close({ isClosed: false, reason: '设备检修', version: 2 })
    expect(open.body).toMatchObject({ closedOn: null, closedReason: null, version: 3 })
    expect(await lastAudit()).toMatchObject({ action: 'servicePoint.closeToday' })
  })

  it.each([
    ['outside the area', { position: '$east' }, 'position'],
    ['between the grids', { position: [114.5, 22.5] }, 'position'],
    ['that close before they open', { hours: [[['17:00', '09:00']], [], [], [], [], [], []] }, 'hours.0.0'],
    ['with a week of six days', { hours: week.slice(1) }, 'hours'],
    ['with an area of their own choice', { areaId: MISSING }, 'body'],
    ['closed by the back door', { closedOn: '2026-11-22' }, 'body'],
  ])('are refused %s', async (_name, wrong, field) => {
    const text = JSON.stringify(point(wrong)).replace('"$east"', JSON.stringify(placeIn(2, 0)))
    const { status, body } = await west.call('servicePoints.create', { body: JSON.parse(text) })
    expect([status, body.code, Object.keys(body.fields)]).toEqual([422, 'bad_input', [field]])
  })
})

describe('records of another area', () => {
  it('are not found by any route that takes an id, nor is anything changed', async () => {
    const { db } = server.test
    const east = street.grids[2]
    const stranger = await insertMember(db, { name: '外人' }, [{ post: 'gridMember', area_id: east }])
    const ids = {
      area: east,
      building: await insertBuilding(db, { area_id: east }),
      point: await insertServicePoint(db, { area_id: east, position: placeIn(2, 0) }),
      team: await insertTeam(db, { area_id: east, leader_id: stranger }, [stranger]),
      item: await insertCase(db, { area_id: east }),
    }
    const mine = await insertMember(db, {}, [{ post: 'gridMember', area_id: street.grids[0] }])
    const hours = Array.from({ length: 7 }, () => [])
    const pointBody = { name: 'x', kind: 'station', address: null, phone: null, services: [], hours, version: 1 }
    const teamBody = {
      name: 'x',
      kind: 'patrol',
      areaId: street.grids[0],
      leaderId: mine,
      memberIds: [mine],
      version: 1,
    }
    const attempts = [
      west.call('areas.card', { params: { id: ids.area } }),
      west.call('buildings.see', { params: { id: ids.building } }),
      west.call('cases.see', { params: { id: ids.item } }),
      west.call('members.see', { params: { id: stranger } }),
      west.call('members.change', {
        params: { id: stranger },
        body: { ...person(), isActive: false, version: 1 },
      }),
      west.call('teams.change', { params: { id: ids.team }, body: teamBody }),
      west.call('servicePoints.change', { params: { id: ids.point }, body: { ...pointBody, position: placeIn(0, 0) } }),
      west.call('servicePoints.closeToday', {
        params: { id: ids.point },
        body: { isClosed: true, reason: null, version: 1 },
      }),
    ]
    const answers = await Promise.all(attempts)
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(attempts.map(() => [404, 'not_found']))
    const unknown = await west.call('cases.see', { params: { id: MISSING } })
    const foreign = answers[2]
    expect(unknown.body).toEqual(foreign?.body)
    const [row] = await db.query(
      `SELECT (SELECT version FROM members WHERE id = $1) AS member, (SELECT version FROM teams WHERE id = $2) AS team,
              (SELECT version FROM service_points WHERE id = $3) AS point`,
      [stranger, ids.team, ids.point],
    )
    expect(row).toEqual({ member: 1, team: 1, point: 1 })
  })
})
