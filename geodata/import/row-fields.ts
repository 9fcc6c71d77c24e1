/** Reads the fields of one row as what they should be. Empty is null; what cannot be read is refused under its column. */
import { cleanText, graphemeLength } from '#contract/text'
import type { ColumnMap } from './column-map.ts'
import { at, Refused } from './refused.ts'

const PHONE = /^\+?[0-9][0-9 -]{2,18}[0-9]$/
const CODE = /^[0-9A-Za-z._-]{1,40}$/
const YES = new Set([
  '是',
  '有',
  '1',
  'true',
  'yes',
  'y',
  't',
  '✓',
  '√',
  '在岗',
  '党员',
  '中共党员',
  '中共预备党员',
  '预备党员',
  'active',
])
const NO = new Set([
  '否',
  '无',
  '0',
  'false',
  'no',
  'n',
  'f',
  '离岗',
  '停用',
  '群众',
  '共青团员',
  '团员',
  'inactive',
  '非党员',
  '民主党派',
])
const LIST_SEPARATORS = /[,，、;；|\n]+/

export interface RowFields {
  /** Whether the file has any column for the field. */
  has(field: string): boolean
  /** The cell as it came, cleaned and trimmed; null when empty. */
  raw(field: string): string | null
  text(field: string, max: number): string | null
  requiredText(field: string, max: number): string
  code(field: string): string | null
  number(field: string, min: number, max: number): number | null
  whole(field: string, min: number, max: number): number | null
  yesNo(field: string): boolean | null
  phone(field: string): string | null
  list(field: string, max: number): string[]
  /** Runs a reader on a filled cell; its refusals carry the column's name. */
  read<Result>(field: string, reader: (value: string) => Result): Result | null
}

/** `cell` gives the raw value of a column of this row. */
export function rowFields(map: ColumnMap, cell: (column: string) => unknown): RowFields {
  const find = (field: string): { column: string; value: string } | null => {
    for (const column of map.get(field) ?? []) {
      const value = asText(cell(column))
      if (value !== '') return { column, value }
    }
    return null
  }
  const read = <Result>(field: string, reader: (value: string) => Result): Result | null => {
    const found = find(field)
    return found && at(found.column, () => reader(found.value))
  }
  const fields: RowFields = {
    has: (field) => map.has(field),
    raw: (field) => find(field)?.value ?? null,
    read,
    text: (field, max) => read(field, (value) => boundedText(value, max)),
    requiredText(field, max) {
      const value = fields.text(field, max)
      if (value === null) throw new Refused('value_missing', {}, map.get(field)?.[0] ?? field)
      return value
    },
    code: (field) =>
      read(field, (value) => {
        if (!CODE.test(value)) throw new Refused('code_unusable', { value: value.slice(0, 60) })
        return value
      }),
    number: (field, min, max) => read(field, (value) => readNumber(value, min, max)),
    whole: (field, min, max) =>
      read(field, (value) => {
        const number = readNumber(value, min, max)
        if (!Number.isInteger(number)) throw new Refused('number_unreadable', { value })
        return number
      }),
    yesNo: (field) =>
      read(field, (value) => {
        const word = value.toLowerCase()
        if (YES.has(word)) return true
        if (NO.has(word)) return false
        throw new Refused('choice_unknown', { value, choices: '是, 否' })
      }),
    phone: (field) => read(field, readPhone),
    list: (field, max) =>
      read(field, (value) =>
        value
          .split(LIST_SEPARATORS)
          .map((item) => item.trim())
          .filter((item) => item !== '')
          .map((item) => boundedText(item, max)),
      ) ?? [],
  }
  return fields
}

/** Numbers and truth values of GeoJSON properties become text too; nested values say nothing here. */
function asText(value: unknown): string {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return ''
}

function boundedText(value: string, max: number): string {
  // Counting graphemes is slow; code units are never fewer.
  if (value.length > max) {
    const length = value.length > max * 16 ? value.length : graphemeLength(value)
    if (length > max) throw new Refused('text_too_long', { length, max })
  }
  return value
}

/** A plain decimal number, full width or with thousands commas. */
export function readNumber(value: string, min: number, max: number): number {
  const plain = value.normalize('NFKC').replace(/(?<=\d),(?=\d{3}(\D|$))/g, '')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain))
    throw new Refused('number_unreadable', { value: value.slice(0, 60) })
  const number = Number(plain)
  if (!Number.isFinite(number) || number < min || number > max)
    throw new Refused('number_out_of_range', { value: value.slice(0, 60), min, max })
  return number
}

function readPhone(value: string): string {
  const plain = value.normalize('NFKC').replace(/[()]/g, '-').replace(/^-|-$/g, '').replace(/--+/g, '-').trim()
  if (!PHONE.test(plain)) throw new Refused('phone_unreadable', { value: value.slice(0, 60) })
  return plain
}
