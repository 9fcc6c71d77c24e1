import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertBuilding, insertStreet, middleOf, type StreetIds } from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer } from '../support/server.ts'

let server: TestServer
let street: StreetIds
let west: TestClient
let everywhere: TestClient

beforeAll(async () => {
  server = await startTestServer({ now: () => Date.parse('2026-11-21T16:30:00Z') })
  const { db } = server.test
  street = await insertStreet(db)
  await db.query(
    `INSERT INTO case_categories (standard, kind, code, major_class, name) VALUES ('S', 'event', '01001', '市容', '乱堆物')`,
  )
  west = await server.signInAs('dispatcher', { scope: [street.communities[0]], name: '程雨涵' })
  everywhere = await server.signInAs('dispatcher', { scope: 'everywhere' })
})
afterAll(() => server.stop())

const report = (change: Record<string, unknown> = {}) => ({
  title: '楼道堆物',
  text: '三楼楼道有纸箱',
  categoryKey: 'S/event/01001',
  priority: 'normal',
  source: 'hotline',
  position: middleOf(0, 0),
  address: '澜庭苑 1 号楼',
  reporterName: '王女士',
  reporterPhone: '13800001234',
  ...change,
})
const send = (client: TestClient, body: unknown, key?: string) =>
  client.call('cases.report', { body, headers: key ? { 'idempotency-key': key } : {} })
const countCases = async () => {
  const [row] = await server.test.db.query<{ count: number }>('SELECT count(*) AS count FROM cases')
  return row?.count
}

describe('entering a case', () => {
  it('gives it a number by the local day, the grid it lies in, a first step and an audit entry', async () => {
    const building = await insertBuilding(server.test.db, { area_id: street.grids[0] })
    await server.test.db.query('UPDATE buildings SET shape = ST_Multi(ST_Expand(centre, 0.0005)) WHERE id = $1', [
      building,
    ])
    const answer = await send(west, report())
    expect(answer.status).toBe(200)
    expect(answer.body.code).toMatch(/^GL-20261122-\d{6}$/)
    const seen = await west.call('cases.see', { params: { id: answer.body.id } })
    expect(seen.body).toMatchObject({
      code: answer.body.code,
      title: '楼道堆物',
      categoryName: '乱堆物',
      stage: 'accept',
      areaName: '网格1',
      buildingId: building,
      position: middleOf(0, 0),
      reporterPhone: '13800001234',
      steps: [{ stage: 'accept', actor: '程雨涵', note: null }],
      version: 1,
    })
    const [entry] = await server.test.db.query(
      'SELECT actor, action, area_path FROM audit_log WHERE resource_id = $1',
      [answer.body.id],
    )
    expect(entry).toEqual({
      actor: '程雨涵',
      action: 'case.report',
      area_path: '/440311001/440311001001/440311001001001/',
    })
  })

  it('keeps a case without a place on the desk of whoever entered it', async () => {
    const { body } = await send(west, report({ position: null }))
    const open = await west.call('cases.open')
    expect(open.body.cases.find(({ id }: { id: string }) => id === body.id)).toMatchObject({
      position: null,
      areaId: street.communities[0],
    })
  })

  it('takes the next number when an imported case holds it', async () => {
    const first = await send(everywhere, report())
    const number = Number(first.body.code.slice(-6))
    const taken = `GL-20261122-${String(number + 1).padStart(6, '0')}`
    await server.test.db.query(
      `INSERT INTO cases (id, code, title, category_name, source, stage, reported_at)
       VALUES ($1, $2, '导入', '导入', 'import', 'accept', now())`,
      [randomUUID(), taken],
    )
    const second = await send(everywhere, report())
    expect(second.body.code).toBe(`GL-20261122-${String(number + 2).padStart(6, '0')}`)
  })

  it.each([
    ['an unknown category', { categoryKey: 'S/event/99999' }, 'categoryKey'],
    ['a place on the other side of the earth', { position: [0, 0] }, 'position'],
    ['a place that is none', { position: [181, 0] }, 'position.0'],
    ['a blank title', { title: ' \u0000 ' }, 'title'],
    ['a title too long', { title: '长'.repeat(61) }, 'title'],
    ['a phone that is none', { reporterPhone: 'call me' }, 'reporterPhone'],
    ['a stage of its own choice', { stage: 'closed' }, 'body'],
    ['a code of its own choice', { code: 'X' }, 'body'],
    ['an area of its own choice', { areaId: '019a0000-0000-7000-8000-000000000001' }, 'body'],
  ])('refuses %s, and stores nothing', async (_name, change, field) => {
    const before = await countCases()
    const answer = await send(west, report(change))
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe('bad_input')
    expect(Object.keys(answer.body.fields)).toEqual([field])
    expect(await countCases()).toBe(before)
  })
})

describe('text from anywhere', () => {
  const long = '测'.repeat(2_000)
  it.each([
    ['emoji with joiners', '👨‍👩‍👧‍👦🏳️‍🌈', '👨‍👩‍👧‍👦🏳️‍🌈'],
    ['right to left', 'abc\u202Eفارسی\u202C', 'abc\u202Eفارسی\u202C'],
    ['four bytes', '𠮷㐂䶮', '𠮷㐂䶮'],
    ['zero width', 'a\u200Bb', 'a\u200Bb'],
    ['half a surrogate', 'a\uD83Db', 'a\uFFFDb'],
    ['control characters', 'a\u0000\u0007b', 'ab'],
    ['markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['a quote', `Robert'); DROP TABLE cases;--`, `Robert'); DROP TABLE cases;--`],
  ])('comes back as it was sent: %s', async (_name, sent, kept) => {
    const { status, body } = await send(west, report({ title: sent, text: `${sent}${long}`.slice(0, 2_000) }))
    expect(status).toBe(200)
    const seen = await west.call('cases.see', { params: { id: body.id } })
    expect(seen.body.title).toBe(kept)
    expect(seen.body.text.startsWith(kept)).toBe(true)
  })

  it('refuses ten thousand characters with words', async () => {
    const { status, body } = await send(west, report({ text: '字'.repeat(10_000) }))
    expect([status, body.code, Object.keys(body.fields)]).toEqual([422, 'bad_input', ['text']])
  })

  it('counts what a person sees: sixty families are a title', async () => {
    expect((await send(west, report({ title: '👨‍👩‍👧‍👦'.repeat(60) }))).status).toBe(200)
    expect((await send(west, report({ title: '👨‍👩‍👧‍👦'.repeat(61) }))).status).toBe(422)
  })
})

describe('the same command again', () => {
  it('is answered as before and stored once', async () => {
    const key = randomUUID()
    const before = (await countCases()) ?? 0
    const first = await send(west, report(), key)
    const second = await send(west, report(), key)
    expect(second.body).toEqual(first.body)
    expect(await countCases()).toBe(before + 1)
  })

  it('is refused with another body under the same key', async () => {
    const key = randomUUID()
    await send(west, report(), key)
    const { status, body } = await send(west, report({ title: '别的' }), key)
    expect([status, body.code]).toEqual([422, 'key_reused'])
  })

  it('counts once when eight arrive at the same time', async () => {
    const key = randomUUID()
    const before = (await countCases()) ?? 0
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(west, report(), key)))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(await countCases()).toBe(before + 1)
  })

  it('is another command from another account', async () => {
    const key = randomUUID()
    const first = await send(west, report(), key)
    const second = await send(everywhere, report(), key)
    expect(second.body.id).not.toBe(first.body.id)
  })

  it('can be tried again after a refusal under the same key', async () => {
    const key = randomUUID()
    expect((await send(west, report({ categoryKey: 'S/event/99999' }), key)).status).toBe(422)
    expect((await send(west, report(), key)).status).toBe(200)
  })
})
