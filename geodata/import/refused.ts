/** Why a row, or with index 0 a whole file, is refused. Words are in contract/load-words.ts. */
import { type LoadWord, loadSentence } from '#contract/load-words'
import type { LoadNote, RefusedRow } from '#contract/loads'

export type Values = LoadNote['values']

/** Thrown where a row turns out unusable; caught once per row. `path` says where in the row, such as a column. */
export class Refused extends Error {
  readonly code: LoadWord
  readonly values: Values
  readonly path: string

  constructor(code: LoadWord, values: Values = {}, path = '') {
    super(loadSentence({ code, values }, 'en'))
    this.name = 'Refused'
    this.code = code
    this.values = values
    this.path = path
  }

  toRow(index: number): RefusedRow {
    return { index, path: this.path, reason: this.message, code: this.code, values: this.values }
  }
}

/** Runs `read`, and says where it was when it refuses. */
export function at<Result>(path: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refused && error.path === '') throw new Refused(error.code, error.values, path)
    throw error
  }
}
