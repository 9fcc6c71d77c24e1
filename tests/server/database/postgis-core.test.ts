import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { PGlite } from '@electric-sql/pglite'
import { parseTar } from 'nanotar'
import { afterAll, expect, it } from 'vitest'
import { postgisCore } from '../../../server/database/embedded/postgis-core.ts'

const directory = mkdtempSync(join(tmpdir(), 'gelin-core-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

async function bundle(): Promise<string> {
  const made = await postgisCore(directory).setup({} as PGlite, { PGLITE_ENV: {} })
  return fileURLToPath(made.bundlePath ?? '')
}

it('keeps the library, its script and the projections, in place of what earlier versions left', async () => {
  writeFileSync(join(directory, 'postgis-core-1-1.tar.gz'), 'of another version')
  const path = await bundle()
  expect(readdirSync(directory).map((name) => join(directory, name))).toEqual([path])
  const names = parseTar(await promisify(gunzip)(await readFile(path)), { metaOnly: true }).map(({ name }) => name)
  expect(names.filter((name) => name.endsWith('.so'))).toEqual(['lib/postgresql/postgis-3.so'])
  expect(names).toContain('share/proj/proj.db')
  expect(names).toContain('share/postgresql/extension/postgis.control')
  expect(names.filter((name) => name.endsWith('.sql'))).toEqual([
    expect.stringMatching(/^share\/postgresql\/extension\/postgis--\d[\d.]*\.sql$/),
  ])
})

it('makes it once', async () => {
  const first = statSync(await bundle())
  expect(statSync(await bundle()).mtimeMs).toBe(first.mtimeMs)
})
