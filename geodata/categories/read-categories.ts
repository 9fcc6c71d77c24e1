/** The category codes of GB/T 47678.5 that every installation starts with. Codes are facts; other lists can be loaded. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'

export const STANDARD = 'GB/T 47678.5'

export interface CategoryRow {
  standard: string
  /** 管理部件 (components) or 管理事项 (matters): the two share code values. */
  kind: string
  code: string
  majorClass: string
  name: string
}

const file = fileURLToPath(new URL('./gbt47678_5.csv', import.meta.url))

export async function readCategories(): Promise<CategoryRow[]> {
  const rows: unknown[] = parse(await readFile(file, 'utf8'), { columns: true })
  return rows.map((row) => {
    const { kind = '', code = '', category = '', name = '' } = row as Partial<Record<string, string>>
    return { standard: STANDARD, kind, code, majorClass: category, name }
  })
}

/** The key other rows refer to a category by; the same as the database makes. */
export const categoryKey = (row: Pick<CategoryRow, 'standard' | 'kind' | 'code'>) =>
  `${row.standard}/${row.kind}/${row.code}`
