/** Which of a file's columns fill which field: by the names of column-names.ts, and by what the caller says. */
import { type LoadKind, loadKinds } from '#contract/loads'
import { columnNames, type FieldNames, type FieldOf, plainName } from './column-names.ts'
import { Refused } from './refused.ts'

/** field → columns of the file, the most believed first. */
export type ColumnMap = ReadonlyMap<string, readonly string[]>

const fieldsOf = (kind: LoadKind): Readonly<Record<string, FieldNames>> => columnNames[kind]

/**
 * `said` is "field=column,field=column". Throws Refused for what it cannot mean, and for a needed field without a
 * column.
 */
export function mapColumns(kind: LoadKind, columns: readonly string[], said: string | undefined): ColumnMap {
  const fields = fieldsOf(kind)
  const chosen = readSaid(kind, columns, said)
  const map = new Map<string, readonly string[]>()
  for (const [field, { names, isRequired }] of Object.entries(fields)) {
    const column = chosen.get(field)
    const found = column === undefined ? columnsNamed(columns, names) : [column]
    if (found.length > 0) map.set(field, found)
    else if (isRequired) throw new Refused('column_missing', { field, example: names[0] ?? field })
  }
  return map
}

function columnsNamed(columns: readonly string[], names: readonly string[]): string[] {
  return names.flatMap((name) => columns.filter((column) => plainName(column) === plainName(name))).filter(isFirst)
}

const isFirst = <Item>(item: Item, at: number, all: readonly Item[]) => all.indexOf(item) === at

function readSaid(kind: LoadKind, columns: readonly string[], said: string | undefined): Map<string, string> {
  const chosen = new Map<string, string>()
  for (const part of (said ?? '').split(/[,，]/).filter((piece) => piece.trim() !== '')) {
    const [field = '', column = ''] = part.split('=', 2).map((side) => side.trim())
    if (field === '' || column === '') throw new Refused('map_unreadable', { part })
    if (!Object.hasOwn(fieldsOf(kind), field))
      throw new Refused('map_field_unknown', { kind, field, fields: Object.keys(fieldsOf(kind)).join(', ') })
    const match =
      columns.find((name) => name === column) ?? columns.find((name) => plainName(name) === plainName(column))
    if (match === undefined)
      throw new Refused('map_column_unknown', { column, columns: columns.slice(0, 40).join(', ') })
    chosen.set(field, match)
  }
  return chosen
}

/** How strongly the columns speak for each kind, for guessing; 0 when a needed one is missing. */
export function scoreColumns(columns: readonly string[]): Record<LoadKind, number> {
  const score = (kind: LoadKind) => {
    let sum = 0
    for (const { names, isRequired, tells } of Object.values(fieldsOf(kind))) {
      const isThere = columnsNamed(columns, names).length > 0
      if (isRequired && !isThere) return 0
      if (isThere) sum += tells ?? 0
    }
    return sum
  }
  return Object.fromEntries(loadKinds.map((kind) => [kind, score(kind)])) as Record<LoadKind, number>
}

/** Whether the file has a column for any of these fields, so that what it does not speak of is left as it is. */
export const hasAny = <Kind extends LoadKind>(map: ColumnMap, fields: readonly FieldOf<Kind>[]) =>
  fields.some((field) => map.has(field))
