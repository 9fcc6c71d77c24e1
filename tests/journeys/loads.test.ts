/** Loading files over HTTP: a real loading process, its report, its refusals, and nothing left behind. */
import { readdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoadReport, MAX_LOAD_BYTES } from '../../contract/loads.ts'
import { insertStreet } from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: TestClient
beforeAll(async () => {
  server = await startTestServer()
  await insertStreet(server.test.db)
  admin = await server.signInAs('streetAdmin', { scope: 'everywhere', name: '管理员' })
})
afterAll(() => server.stop())

const uploadsLeft = async () => (await readdir(join(server.dataDir, 'uploads')).catch(() => [])).length
const count = async (table: string) =>
  (await server.test.db.query<{ count: number }>(`SELECT count(*) AS count FROM ${table}`))[0]?.count
const run = (fileName: string, body: string, query: Record<string, string> = {}) =>
  admin.call('loads.run', { query: { fileName, ...query }, body })

describe('a file that is right', () => {
  it('is loaded, told to the sockets, listed and audited', async () => {
    const socket = await admin.connect()
    const told: LoadReport[] = []
    socket.on('load:progress', (report) => told.push(report))
    const answer = await run('责任单位.csv', '单位编码,责任单位,电话\nD-01,城管中队,0755-12345678\nD-02,环卫所,\n')
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'done', kind: 'departments', added: 2, changed: 0, unchanged: 0, actor: '管理员', rowsRead: 2 },
    })
    await expect.poll(() => told.at(-1)).toMatchObject({ id: answer.body.id, state: 'done' })
    expect(told[0]).toMatchObject({ id: answer.body.id, state: 'running' })
    socket.disconnect()

    expect((await admin.call('loads.see', { params: { id: answer.body.id } })).body).toEqual(answer.body)
    expect((await admin.call('loads.list')).body[0]).toEqual(answer.body)
    const { body: entries } = await admin.call('audit.list')
    expect(entries.slice(0, 2)).toMatchObject([
      { action: 'load.end', resourceId: answer.body.id, actor: '管理员', detail: { state: 'done', added: 2 } },
      { action: 'load.run', resourceId: answer.body.id, actor: '管理员', detail: { fileName: '责任单位.csv' } },
    ])
    expect(await uploadsLeft()).toBe(0)
  })

  it('changes nothing the second time', async () => {
    const again = await run('责任单位.csv', '单位编码,责任单位,电话\nD-01,城管中队,0755-12345678\nD-02,环卫所,\n')
    expect(again.body).toMatchObject({ state: 'done', added: 0, changed: 0, unchanged: 2 })
  })
})

describe('a file that is not right', () => {
  it('is refused whole, with the row, the column and the reason, and the report', async () => {
    const before = await count('members')
    const answer = await run(
      '花名册.csv',
      '姓名,电话,岗位,网格\n林静,13800001234,网格员,网格1\n王五,13800001235,网格员,没有的网格\n',
    )
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({
      code: 'bad_file',
      fields: { 'row 2 网格': expect.stringContaining('没有的网格') },
      current: { state: 'refused', refusedCount: 1, refused: [{ index: 2, path: '网格', code: 'area_unknown' }] },
    })
    expect(await count('members')).toBe(before)
    expect((await admin.call('loads.list')).body[0]).toMatchObject({ state: 'refused', fileName: '花名册.csv' })
  })

  it('gives its good rows when the caller leaves the refused ones out', async () => {
    const answer = await run(
      '花名册.csv',
      '姓名,电话,岗位,网格\n林静,13800001234,网格员,网格1\n王五,13800001235,网格员,没有的网格\n',
      { skipRefused: 'yes' },
    )
    expect(answer.body).toMatchObject({ state: 'done', added: 1, refusedCount: 1 })
  })

  it.each([
    ['a trailing comma', '{"type":"FeatureCollection","features":[],}', 'json_broken'],
    ['a workbook', 'PK\u0003\u0004rest of the zip', 'not_text'],
    ['nothing at all', '', 'file_empty'],
    [
      'another coordinate system',
      '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}',
      'crs_not_accepted',
    ],
  ])('that holds %s is refused in words', async (_, body, code) => {
    const answer = await run('grids.geojson', body)
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'bad_file', current: { refused: [{ index: 0, code }] } },
    })
  })

  it.each(['unknown', 'level=planet', 'datum=mars', 'kind=people'])(
    'options that do not exist are refused: %s',
    async (option) => {
      const [name = '', value = 'x'] = option.split('=')
      expect(await run('x.csv', 'a\n1\n', { [name]: value })).toMatchObject({
        status: 422,
        body: { code: 'bad_input' },
      })
    },
  )

  it('leaves no temporary file', async () => expect(await uploadsLeft()).toBe(0))
})

describe('file names are labels', () => {
  it.each([
    '../../../../etc/passwd',
    '..\\..\\windows\\system32\\config.csv',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    'C:\\CON',
    'nul\u0000.csv',
    '--as=cases',
    '<img src=x onerror=alert(1)>.csv',
    '長'.repeat(200),
  ])('%j', async (fileName) => {
    const answer = await run(fileName, '单位编码,责任单位\nD-01,城管中队\n', { kind: 'departments' })
    expect(answer).toMatchObject({ status: 200, body: { state: 'done', fileName: fileName.replace('\u0000', '') } })
    expect(await readdir(server.dataDir)).toEqual(['uploads'])
    expect(await uploadsLeft()).toBe(0)
  })

  it('a name of 201 characters is refused', async () => {
    expect((await run('x'.repeat(201), 'a\n1\n')).status).toBe(422)
  })
})

describe('uploads', () => {
  /** Sends a body of zeros piece by piece, with or without saying its length first. */
  function upload(bytes: number, options: { withLength: boolean; abortAfter?: number }) {
    return new Promise<{ status: number; code: string } | 'aborted'>((resolve, reject) => {
      const headers: Record<string, string> = { cookie: admin.cookie, origin: server.origin }
      if (options.withLength) headers['content-length'] = String(bytes)
      const sent = httpRequest(
        `${server.origin}/api/loads?fileName=big.csv`,
        { method: 'POST', headers },
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, code: JSON.parse(text).code }))
        },
      )
      sent.on('error', (error) => (options.abortAfter === undefined ? reject(error) : resolve('aborted')))
      const chunk = Buffer.alloc(1024 * 1024, '0')
      let left = bytes
      let done = 0
      const write = () => {
        while (left > 0) {
          if (options.abortAfter !== undefined && done >= options.abortAfter) return sent.destroy()
          const part = chunk.subarray(0, Math.min(left, chunk.length))
          left -= part.length
          done += part.length
          if (!sent.write(part)) return sent.once('drain', write)
        }
        sent.end()
      }
      write()
    })
  }

  it('over the cap are refused while they stream, whether their length was said or not', async () => {
    for (const withLength of [true, false])
      expect(await upload(MAX_LOAD_BYTES + 1, { withLength })).toEqual({ status: 413, code: 'too_large' })
    expect(await uploadsLeft()).toBe(0)
  })

  it('that are broken off leave nothing', async () => {
    const broken = Array.from({ length: 20 }, () =>
      upload(20 * 1024 * 1024, { withLength: false, abortAfter: 2 * 1024 * 1024 }),
    )
    expect(await Promise.all(broken)).toEqual(broken.map(() => 'aborted'))
    await expect.poll(uploadsLeft).toBe(0)
  })
})

describe('one load at a time', () => {
  const manyCases = (from: number, rows: number) =>
    [
      '案件编号,标题,上报时间',
      ...Array.from({ length: rows }, (_, at) => `C-${from + at},第${at}件,2026-11-01 08:00`),
    ].join('\n')

  it('a second one is refused while the first runs; cancelling the first leaves nothing', async () => {
    const before = await count('cases')
    const socket = await admin.connect()
    const started = new Promise<string>((resolve) => {
      socket.on('load:progress', ({ id, progress }) => void (progress?.step === 'staging' && resolve(id)))
    })
    const first = run('cases.csv', manyCases(0, 60_000))
    const id = await started
    expect(await run('departments.csv', 'code,name\nX-1,环卫所\n', { kind: 'departments' })).toMatchObject({
      status: 409,
      body: { code: 'load_running' },
    })
    expect((await admin.call('loads.cancel', { params: { id } })).status).toBe(200)
    await first
    await expect
      .poll(async () => (await admin.call('loads.see', { params: { id } })).body.state, { timeout: 30_000 })
      .toBe('cancelled')
    expect(await count('cases')).toBe(before)
    expect(await count('load_rows')).toBe(0)
    expect(await uploadsLeft()).toBe(0)
    socket.disconnect()
    expect((await run('departments.csv', 'code,name\nX-1,环卫所\n', { kind: 'departments' })).status).toBe(200)
  })

  it('cancelling one that is over, or not there', async () => {
    const [last] = (await admin.call('loads.list')).body
    expect((await admin.call('loads.cancel', { params: { id: last.id } })).status).toBe(200)
    expect((await admin.call('loads.see', { params: { id: last.id } })).body).toEqual(last)
    expect((await admin.call('loads.cancel', { params: { id: '01890000-0000-7000-8000-000000000000' } })).status).toBe(
      404,
    )
  })
})
