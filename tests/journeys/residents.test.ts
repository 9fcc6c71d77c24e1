/** What anybody may read and send: by code, by id, by place; and what never leaves. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readPlaceCode } from '../../contract/place-codes.ts'
import { rateLimits } from '../../server/auth/rate-limits.ts'
import {
  insertBuilding,
  insertMember,
  insertServicePoint,
  insertStreet,
  middleOf,
  placeIn,
  type StreetIds,
} from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer } from '../support/server.ts'

let server: TestServer
let street: StreetIds
let admin: TestClient
let building: string
let holder: string
let station: string
const PHONE = '13912345678'

beforeAll(async () => {
  server = await startTestServer()
  const { db } = server.test
  street = await insertStreet(db)
  const [grid] = street.grids
  building = await insertBuilding(db, { name: '虎丘里 3 号楼', estate: '虎丘里', area_id: grid, centre: placeIn(0, 0) })
  station = await insertServicePoint(db, { name: '圆明驿站', area_id: grid, position: placeIn(0, 0, 0.6, 0.5) })
  await insertServicePoint(db, { name: '远处中心', kind: 'centre', position: middleOf(3, 0) })
  await insertMember(db, { name: '欧阳长安', badge: '0001', phone: PHONE }, [{ post: 'gridLeader', area_id: grid }])
  holder = await insertMember(db, { name: '周小满', badge: '0712', phone: PHONE }, [
    { post: 'gridMember', area_id: grid },
    { post: 'pointStaff', area_id: grid, service_point_id: station },
  ])
  await db.query("INSERT INTO settings (key, value) VALUES ('dutyPhone', to_jsonb('021-0000 0107'::text))")
  admin = await server.signInAs('streetAdmin', { scope: [street.street] })
})
afterAll(() => server.stop())

const home = (query: Record<string, string> = {}) => server.anonymous.call('resident.home', { query })
const newSecret = () => randomBytes(32).toString('base64url')
const report = (more: object = {}) => ({
  secret: newSecret(),
  matter: 'manhole',
  text: '盖子响',
  spot: '门口',
  buildingId: building,
  gridId: null,
  position: null,
  ...more,
})

async function codeOf(body: object): Promise<{ id: string; code: string }> {
  await admin.call('placeCodes.create', { body: { areaIds: [], buildingIds: [], ...body } })
  const { body: sheet } = await admin.call('placeCodes.sheet', { query: { areaId: street.grids[0] } })
  const wanted = 'buildingIds' in body ? building : street.grids[0]
  return sheet.places.find(({ placeId }: { placeId: string }) => placeId === wanted).code
}

describe('home', () => {
  it('tells of a building: its grid, who answers for it, whom to ring, what is near', async () => {
    const { status, body } = await home({ buildingId: building })
    expect(status).toBe(200)
    expect(body.place).toMatchObject({ title: '虎丘里 3 号楼', areaNames: ['测试街道', '社区1', '网格1'] })
    expect(body.holder).toEqual({ surname: '周', post: 'gridMember', badge: '0712', isOnDuty: false })
    expect(body.desk).toEqual({ kind: 'desk', name: null, phone: '021-0000 0107' })
    expect(body.points.map(({ name }: { name: string }) => name)).toEqual(['圆明驿站', '远处中心'])
    // A tenth of a square of 0.01°: some 103 m at this latitude.
    expect(body.points[0].metres).toBeGreaterThan(95)
    expect(body.points[0].metres).toBeLessThan(110)
  })

  it('says who is on duty, and that the station is staffed, while they are', async () => {
    await server.web.life.duty.start(holder)
    const during = (await home({ gridId: street.grids[0] })).body
    expect([during.holder.isOnDuty, during.points[0].isStaffed]).toEqual([true, true])
    await server.web.life.duty.end(holder, 'self', null)
    const after = (await home({ gridId: street.grids[0] })).body
    expect([after.holder.isOnDuty, after.points[0].isStaffed]).toEqual([false, false])
  })

  it('finds the grid of a place, says so outside every grid, and refuses another town', async () => {
    const [longitude, latitude] = placeIn(1, 0).map(String) as [string, string]
    expect((await home({ longitude, latitude })).body.place.areaNames.at(-1)).toBe('网格2')
    const outside = (await home({ longitude: '114.06', latitude: '22.7' })).body
    expect([outside.place.areaNames, outside.holder]).toEqual([[], null])
    expect((await home({ longitude: '121.5', latitude: '31.2' })).status).toBe(422)
    expect((await home({ longitude: '121.5' })).status).toBe(422)
  })

  it('helps whoever has not said where he is', async () => {
    const { body } = await home()
    expect([body.place, body.holder, body.codeState]).toEqual([null, null, null])
    expect(body.points.map(({ kind }: { kind: string }) => kind)).toEqual(['centre', 'station'])
  })

  it('gives away no number, name or id of a person', async () => {
    await server.web.life.duty.start(holder)
    const texts = await Promise.all(
      [home(), home({ buildingId: building }), home({ gridId: street.grids[0] })].map(async (answer) =>
        JSON.stringify((await answer).body),
      ),
    )
    const found = JSON.stringify((await server.anonymous.call('resident.places', { query: { q: '小满' } })).body)
    await server.web.life.duty.end(holder, 'self', null)
    for (const text of [...texts, found])
      for (const secret of [PHONE, holder, '小满', '长安']) expect(text).not.toContain(secret)
  })
})

describe('places by name', () => {
  it('are grids and buildings, by any of their words', async () => {
    const { body } = await server.anonymous.call('resident.places', { query: { q: '虎丘 3' } })
    expect(body).toEqual([{ kind: 'building', id: building, title: '虎丘里 3 号楼', detail: '虎丘里 · 网格1' }])
    const grids = (await server.anonymous.call('resident.places', { query: { q: '网格2' } })).body
    expect(grids).toEqual([{ kind: 'grid', id: street.grids[1], title: '网格2', detail: '社区1' }])
  })
})

describe('codes', () => {
  it('are 65 random bits that lead to their place however they are typed', async () => {
    const { code } = await codeOf({ buildingIds: [building] })
    expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{13}$/)
    for (const typed of [code, code.toUpperCase(), `${code.slice(0, 4)}-${code.slice(4)}`]) {
      const { body } = await home({ code: typed })
      expect([body.codeState, body.place.title]).toEqual(['live', '虎丘里 3 号楼'])
    }
    expect(readPlaceCode('OIL0-1100-0000-0')).toBe('0110110000000')
  })

  it('are made once for a place', async () => {
    const wish = { areaIds: [street.grids[1]], buildingIds: [] }
    const both = await Promise.all([1, 2].map(() => admin.call('placeCodes.create', { body: wish })))
    expect(both.map(({ body }) => body.made).sort()).toEqual([0, 1])
  })

  it('that are revoked say so, at once, and still help; a new one differs', async () => {
    const { id, code } = await codeOf({ areaIds: [street.grids[0]] })
    expect((await home({ code })).body.codeState).toBe('live')
    expect((await admin.call('placeCodes.revoke', { params: { id } })).status).toBe(200)
    const { body } = await home({ code })
    expect([body.codeState, body.place, body.holder]).toEqual(['revoked', null, null])
    expect(body.desk.phone).toBe('021-0000 0107')
    expect(body.points.length).toBe(2)
    expect((await admin.call('placeCodes.revoke', { params: { id } })).status).toBe(404)
    expect((await codeOf({ areaIds: [street.grids[0]] })).code).not.toBe(code)
  })

  it('that never were say so too', async () => {
    for (const code of ['0000000000000', 'x', "' OR 1=1"]) expect((await home({ code })).body.codeState).toBe('unknown')
  })

  it('of other areas are not made, and nothing of the wish is', async () => {
    const west = await server.signInAs('communityAdmin', { scope: [street.communities[0]] })
    const wish = { areaIds: [street.grids[3], street.grids[1]], buildingIds: [] }
    expect((await west.call('placeCodes.create', { body: wish })).status).toBe(422)
    const { body } = await admin.call('placeCodes.sheet', { query: { areaId: street.communities[1] } })
    expect(body.places.map(({ code }: { code: unknown }) => code)).toEqual([null, null])
  })
})

describe('reports', () => {
  it('are followed by the secret, in stages and without names', async () => {
    const sent = report()
    const { status, body } = await server.anonymous.call('resident.report', { body: sent })
    expect(status).toBe(200)
    expect(body).toMatchObject({ title: '井盖路面', stage: 'accept', holder: '社区1', outcome: null })
    const again = await server.anonymous.call('resident.progress', { body: { secret: sent.secret } })
    expect(again.body.steps).toEqual([{ at: body.reportedAt, stage: 'accept' }])
    expect(JSON.stringify(again.body)).not.toContain('盖子响')
    const [stored] = await server.test.db.query<Record<string, unknown>>(
      `SELECT c.source, c.text, c.address, c.reporter_phone, a.code FROM cases c JOIN areas a ON a.id = c.area_id
       WHERE c.code LIKE '%' || $1`,
      [body.numberTail],
    )
    expect(stored).toMatchObject({
      source: 'resident',
      text: '盖子响',
      address: '虎丘里 3 号楼 门口',
      reporter_phone: null,
    })
  })

  it('sent again and again, even at once, are one', async () => {
    const before = await countCases()
    const sent = report()
    const answers = await Promise.all([1, 2, 3].map(() => server.anonymous.call('resident.report', { body: sent })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await countCases()).toBe(before + 1)
    const other = await server.anonymous.call('resident.report', { body: { ...sent, text: '别的' } })
    expect(other).toMatchObject({ status: 422, body: { code: 'key_reused' } })
  })

  it('need exactly one place; a grid has no point on the map', async () => {
    const none = report({ buildingId: null })
    expect((await server.anonymous.call('resident.report', { body: none })).status).toBe(422)
    const two = report({ gridId: street.grids[0] })
    expect((await server.anonymous.call('resident.report', { body: two })).status).toBe(422)
    const inGrid = report({ buildingId: null, gridId: street.grids[1], spot: null })
    expect((await server.anonymous.call('resident.report', { body: inGrid })).body.holder).toBe('社区1')
    const [row] = await server.test.db.query<{ onMap: boolean; code: string }>(
      `SELECT c.position IS NOT NULL AS "onMap", a.code FROM cases c JOIN areas a ON a.id = c.area_id
       ORDER BY c.id DESC LIMIT 1`,
    )
    expect(row).toEqual({ onMap: false, code: '440311001001002' })
  })

  it('are not found without the secret, and only its hash is kept', async () => {
    const sent = report()
    await server.anonymous.call('resident.report', { body: sent })
    expect((await server.anonymous.call('resident.progress', { body: { secret: newSecret() } })).status).toBe(404)
    const rows = await server.test.db.query<{ text: string }>(
      `SELECT row_to_json(f)::text AS text FROM case_follows f
       UNION ALL SELECT row_to_json(k)::text FROM idempotency_keys k`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ text }) => text.includes(sent.secret))).toEqual([])
  })

  const countCases = async () =>
    (await server.test.db.query<{ count: number }>('SELECT count(*) AS count FROM cases'))[0]?.count ?? 0
})

describe('limits', () => {
  let narrow: TestServer
  beforeEach(async () => {
    narrow = await startTestServer({
      rateLimits: { ...rateLimits, residentSearch: { windowMs: 60_000, limit: 3 } },
    })
    return () => narrow.stop()
  })

  it('names cannot be copied letter by letter, and the rest of the page goes on', async () => {
    const search = () => narrow.anonymous.call('resident.places', { query: { q: '楼' } })
    for (let time = 0; time < 3; time++) expect((await search()).status).toBe(200)
    expect(await search()).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
    expect((await narrow.anonymous.call('resident.home')).status).toBe(200)
  })
})
