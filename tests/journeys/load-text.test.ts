/** Text as people write it, from a file through the database to what the screen is told: intact, or mended as said. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { graphemeLength } from '../../contract/text.ts'
import { load } from '../support/load.ts'
import { startTestServer, type TestClient, type TestServer } from '../support/server.ts'

let server: TestServer
let dispatcher: TestClient
beforeAll(async () => {
  server = await startTestServer()
  dispatcher = await server.signInAs('dispatcher', { scope: 'everywhere' })
})
afterAll(() => server.stop())

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) => {
  const view = new DataView(new ArrayBuffer(text.length * 2 + 2))
  for (const [at, unit] of [
    0xfeff,
    ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)),
  ].entries())
    view.setUint16(at * 2, unit, true)
  return new Uint8Array(view.buffer)
}

const texts: [name: string, sent: string, shown?: string][] = [
  ['emoji', '路灯坏了💡🔦'],
  ['a family of joined emoji', '👨‍👩‍👧‍👦来访'],
  ['a flag and a skin tone', '🇨🇳👍🏽'],
  ['a right-to-left override', '看\u202Efdp.exe\u202C'],
  ['Arabic and Hebrew', 'مرحبا שלום'],
  ['ideographs of four bytes', '𠮷野家与䶮某、㐂、𰻝面'],
  ['combining marks that are not composed', 'e\u0301 n\u0303'],
  ['zero-width marks', '零\u200B宽\u200D度\uFEFF的'],
  ['several lines', '第一行\n第二行\t制表'],
  ['quotes and separators', '他说"好",然后;走了'],
  ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['a formula', '=HYPERLINK("http://x","y")'],
  ['ten thousand characters', '长'.repeat(10_000)],
  ['control characters are dropped', '前\u0000\u0007\u001b[31m后', '前[31m后'],
]

it.each(texts)('%s', async (name, sent, shown = sent) => {
  const code = `T-${texts.findIndex(([other]) => other === name)}`
  const file = `案件编号,标题,问题描述,上报时间\n${code},${name},${quoted(sent)},2026-11-01 08:00\n`
  for (const content of [utf8(file), utf16(file)])
    expect(await load(server.test.db, '案件.csv', content)).toMatchObject({ state: 'done' })
  const [row] = await server.test.db.query<{ id: string; text: string }>('SELECT id, text FROM cases WHERE code = $1', [
    code,
  ])
  expect(row?.text).toBe(shown)
  const { status, body } = await dispatcher.call('cases.see', { params: { id: row?.id ?? '' } })
  expect([status, body.text]).toEqual([200, shown])
  expect(graphemeLength(body.text)).toBe(graphemeLength(shown))
})

it('half a surrogate pair becomes the replacement character, in CSV and in GeoJSON', async () => {
  const file = '案件编号,标题,问题描述,上报时间\nH-1,半,前\ud83d后,2026-11-01 08:00\n'
  expect(await load(server.test.db, '案件.csv', utf16(file))).toMatchObject({ state: 'done' })
  const geoJson =
    '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[114,22.7]},' +
    '"properties":{"案件编号":"H-2","标题":"半","问题描述":"前\\ud83d后","上报时间":"2026-11-01 08:00"}}]}'
  expect(await load(server.test.db, '案件.geojson', geoJson)).toMatchObject({ state: 'done' })
  for (const code of ['H-1', 'H-2']) {
    const [row] = await server.test.db.query<{ id: string }>('SELECT id FROM cases WHERE code = $1', [code])
    expect((await dispatcher.call('cases.see', { params: { id: row?.id ?? '' } })).body.text).toBe('前\ufffd后')
  }
})
