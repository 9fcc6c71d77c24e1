/** Real data made elsewhere, read in place beside the project. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../../../shared/data')

/** Throws, and so fails the test, where the data is not: a proof that is skipped proves nothing. */
export function realFile(name: string): Uint8Array {
  const path = resolve(folder, name)
  if (!existsSync(path))
    throw new Error(`This test reads ../shared/data/${name} (from the project's root), and it is not there.`)
  return readFileSync(path)
}
