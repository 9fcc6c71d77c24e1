import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { type LoadReport, loadKinds, loadOptions } from '#contract/loads'
import { exampleFile } from '../../../client/dispatch/admin/loads/example-file.ts'
import { followLoad } from '../../../client/dispatch/admin/loads/follow-load.ts'
import { geoJsonKinds, loadColumns } from '../../../client/dispatch/admin/loads/load-columns.ts'
import { loadQuery, mappingText, newLoadForm } from '../../../client/dispatch/admin/loads/load-form.ts'
import { refusedFile } from '../../../client/dispatch/admin/loads/refused-file.ts'
import { mapColumns } from '../../../geodata/import/column-map.ts'
import { columnNames } from '../../../geodata/import/column-names.ts'

const languages = ['zh-CN', 'en'] as const
const report: LoadReport = {
  id: '1',
  fileName: '人员 表.csv',
  kind: 'members',
  at: 0,
  actor: null,
  state: 'running',
  rowsRead: 3,
  added: 0,
  changed: 0,
  unchanged: 0,
  refusedCount: 0,
  refused: [],
  notes: [],
  progress: null,
  message: null,
}

describe.each(loadKinds)('the help for %s', (kind) => {
  it.each(languages)('names columns that the reader takes for the same fields (%s)', (language) => {
    const names = loadColumns[kind].map(({ name }) => name[language])
    const map = mapColumns(kind, names, undefined)
    for (const { field, name } of loadColumns[kind]) expect(map.get(field), field).toContain(name[language])
  })

  it('marks the columns the reader cannot do without, and only those', () => {
    const needed = Object.entries(columnNames[kind]).filter(([, field]) => 'isRequired' in field)
    const marked = loadColumns[kind].filter(({ isRequired }) => isRequired)
    expect(marked.map(({ field }) => field).sort()).toEqual(needed.map(([field]) => field).sort())
  })

  it.each(languages)('gives an example file of that form (%s)', (language) => {
    const { name, text } = exampleFile(kind, language)
    if (geoJsonKinds.has(kind)) {
      expect(name).toMatch(/\.geojson$/)
      expect(JSON.parse(text)).toMatchObject({ type: 'FeatureCollection', features: [{ type: 'Feature' }] })
    } else {
      expect(text.startsWith('\uFEFF')).toBe(true)
      const [row] = parse(text, { bom: true, columns: true }) as Record<string, string>[]
      expect(Object.keys(row ?? {})).toEqual(loadColumns[kind].map((column) => column.name[language]))
    }
  })
})

describe('the question that goes with a file', () => {
  it('says nothing of what is to be found out', () => {
    const query = loadQuery('a.csv', newLoadForm('Asia/Shanghai'))
    expect(z.parse(loadOptions, query)).toEqual({ fileName: 'a.csv', datum: 'wgs84', timeZone: 'Asia/Shanghai' })
  })

  it('carries what was chosen', () => {
    const form = { ...newLoadForm('Asia/Shanghai'), kind: 'members' as const, columns: { name: '名', phone: '' } }
    expect(loadQuery('a.csv', { ...form, skipRefused: true })).toMatchObject({
      kind: 'members',
      map: 'name=名',
      skipRefused: 'yes',
    })
  })

  it('gives a level for areas only', () => {
    const form = { ...newLoadForm('Asia/Shanghai'), level: 'grid' as const }
    expect(loadQuery('a', { ...form, kind: 'areas' }).level).toBe('grid')
    expect(loadQuery('a', { ...form, kind: 'members' }).level).toBeUndefined()
  })

  it('leaves out a column that the notation cannot name', () => {
    expect(mappingText({ name: 'a,b', phone: 'c=d' })).toBeUndefined()
    expect(mappingText({ name: '姓 名', phone: '电话' })).toBe('name=姓 名,phone=电话')
  })
})

describe('following a load', () => {
  const done: LoadReport = { ...report, state: 'done', added: 3 }

  it('ends with what the server told', async () => {
    const seen: LoadReport[] = []
    const sources = {
      told: () => done,
      ask: () => Promise.reject(new Error('need not be asked')),
      pause: async () => {},
    }
    expect(await followLoad(report, sources, (next) => seen.push(next))).toBe(done)
    expect(seen).toEqual([done])
  })

  it('asks when nothing is told', async () => {
    const answers = [{ ...report, rowsRead: 5 }, done]
    const sources = {
      told: () => undefined,
      ask: async () => answers.shift() ?? done,
      pause: async () => {},
    }
    expect(await followLoad(report, sources, () => {})).toBe(done)
  })

  it('is over at once when the first answer is the last', async () => {
    const never = () => Promise.reject(new Error('must not happen'))
    expect(await followLoad(done, { told: () => undefined, ask: never, pause: never }, () => {})).toBe(done)
  })
})

it('gives the refused rows as a harmless file', () => {
  const refused = [{ index: 7, path: '=电话', reason: '', code: 'value_missing', values: {} }]
  const { name, text } = refusedFile({ ...report, refused }, ['行', '列', '原因'], () => '@SUM(A1)')
  expect(name).toBe('人员_表-refused.csv')
  expect(parse(text, { bom: true })).toEqual([
    ['行', '列', '原因'],
    ['7', "'=电话", "'@SUM(A1)"],
  ])
})
