/** Cases 案件 of another system: its export, row by row. */
import { graphemeLength } from '#contract/text'
import { createChoice, createStrictChoice, priorityWords, sourceWords, stageWords } from '../choices.ts'
import { contentCode } from '../content-code.ts'
import { readInstant } from '../instants.ts'
import { createAreaFinder, createFinder } from '../lookups.ts'
import { Refused } from '../refused.ts'
import type { RowFields } from '../row-fields.ts'
import { type Kind, type Maker, type MakerContext, POINTS, type SourceRow, type StagedRow } from './kind.ts'

const MAX_TITLE = 120
const MAX_TEXT = 20_000
const graphemes = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' })

export const cases: Kind = {
  shapes: POINTS,
  needsPlace: false,
  isInGrid: true,
  createMaker: (context) => createCasesMaker(context),
}

function createCasesMaker(context: MakerContext): Maker {
  const { tell, timeZone, lookups } = context
  const findArea = createAreaFinder(lookups.areas)
  const findCategory = createCategoryFinder(context)
  const findDepartment = createDepartmentFinder(context)
  const readSource = createStrictChoice(sourceWords)
  const readPriority = createStrictChoice(priorityWords)
  const readTime = (value: string) => readInstant(value, timeZone)

  return {
    take(row: SourceRow): StagedRow {
      const { index, fields, shape } = row
      const category = fields.text('category', 80)
      const text = fields.text('text', MAX_TEXT)
      const title = fields.text('title', MAX_TITLE) ?? titleOf(category, fields.text('descriptor', 80), text)
      const reportedAt = fields.read('reportedAt', readTime)
      if (reportedAt === null) throw new Refused('value_missing', {}, context.columns.get('reportedAt')?.[0] ?? '')
      const known = findCategory(fields.raw('categoryCode'), category)
      const address = fields.text('address', 160)
      const data = {
        title,
        text,
        categoryKey: known?.key ?? null,
        categoryName: category ?? known?.name ?? '—',
        source: fields.read('source', readSource) ?? 'import',
        priority: fields.read('priority', readPriority) ?? 'normal',
        reportedAt: iso(reportedAt),
        dueAt: iso(fields.read('dueAt', readTime)),
        ...readStage(fields, readTime, tell),
        address,
        // A place decides the grid; without one the file may name it.
        areaId: shape === null ? (fields.read('area', findArea)?.id ?? null) : null,
        departmentCode: findDepartment(fields),
        reporterName: fields.text('reporterName', 60),
        reporterPhone: fields.phone('reporterPhone'),
      }
      const code = fields.text('code', 60) ?? contentCode('case', title, reportedAt, address, text, shape)
      return { index, code, data, shape }
    },
  }
}

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())

const chooseStage = createChoice(stageWords)

/** Where the case stands. A closing time closes it, whatever the status says; a closed one needs a time. */
function readStage(fields: RowFields, readTime: (value: string) => number, tell: MakerContext['tell']) {
  const status = fields.text('status', 60)
  const said = status === null ? null : chooseStage(status)
  if (status !== null && said === null) tell('status_unknown', { value: status })
  const closedAt = fields.read('closedAt', readTime)
  if (closedAt !== null) return { stage: 'closed', closedAt: iso(closedAt) }
  if (said !== 'closed') return { stage: said ?? 'accept', closedAt: null }
  const updatedAt = fields.read('updatedAt', readTime)
  if (updatedAt === null) throw new Refused('closed_needs_time', {}, 'closedAt')
  return { stage: 'closed', closedAt: iso(updatedAt) }
}

function titleOf(category: string | null, descriptor: string | null, text: string | null): string {
  const named = [category, descriptor].filter((part) => part !== null)
  if (named.length > 0) return named.join(' · ')
  if (text === null) throw new Refused('value_missing', {}, 'title')
  const line = text.split('\n', 1)[0] ?? ''
  if (graphemeLength(line.slice(0, MAX_TITLE * 16)) <= MAX_TITLE) return line
  const kept = [...graphemes.segment(line.slice(0, MAX_TITLE * 16))].slice(0, MAX_TITLE - 1)
  return `${kept.map(({ segment }) => segment).join('')}…`
}

function createCategoryFinder({ lookups }: MakerContext) {
  const find = createFinder(lookups.categories, ({ key, name }) => [key, name])
  return (code: string | null, name: string | null) => {
    for (const value of [code, name]) {
      const found = value === null ? null : find(value)
      if (found !== null && found !== 'ambiguous') return found
    }
    return null
  }
}

/** The code of a department that is known, or that the row names in full (code and name), so that it can be added. */
function createDepartmentFinder({ lookups, tell, addDepartment }: MakerContext) {
  const find = createFinder(lookups.departments, ({ name }) => [name])
  const added = new Map<string, string>()
  return (fields: RowFields): string | null => {
    const [code, name] = [fields.text('departmentCode', 40), fields.text('department', 80)]
    for (const value of [code, name]) {
      const found = value === null ? null : find(value)
      if (found !== null && found !== 'ambiguous') return found.code
    }
    if (code !== null && name !== null) {
      if (!added.has(code)) addDepartment({ code, name })
      added.set(code, name)
      return code
    }
    const value = name ?? code
    if (value !== null) tell('department_unknown', { value })
    return null
  }
}
