/**
 * PostGIS for the engine without what is not used here. Its package holds three libraries of 16 MB (core, raster,
 * topology), which the engine unpacks and compiles at every start, and 40 MB of scripts for other extensions and
 * upgrades. The core alone is kept beside the data after the first start.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Extension } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
// nanotar: small and without dependencies; the archive is read whole anyway.
import { createTar, parseTar } from 'nanotar'

/** The library, the script of CREATE EXTENSION, and the projections it looks up. */
const CORE =
  /^(lib\/postgresql\/postgis-3\.so|share\/proj\/.+|share\/postgresql\/extension\/postgis(--\d[\d.]*\.sql|\.control))$/
const NAME = /^postgis-core-.*\.tar\.gz$/

/** PostGIS for PGlite.create. Its core is looked for in `directory`, and made there when it is missing. */
export const postgisCore = (directory: string): Extension => ({
  ...postgis,
  async setup(engine, options) {
    const whole = await postgis.setup(engine, options)
    if (!whole.bundlePath) return whole
    return { ...whole, bundlePath: pathToFileURL(await coreOf(whole.bundlePath, directory)) }
  },
})

async function coreOf(whole: URL, directory: string): Promise<string> {
  const { size, mtimeMs } = statSync(whole)
  const name = `postgis-core-${size}-${Math.floor(mtimeMs)}.tar.gz`
  const path = join(directory, name)
  if (existsSync(path)) return path
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const core = await compress(createTar(coreFiles(await expand(await readFile(whole)))))
  await writeWhole(path, core)
  for (const other of readdirSync(directory)) {
    if (NAME.test(other) && other !== name) rmSync(join(directory, other), { force: true })
  }
  return path
}

function coreFiles(archive: Uint8Array) {
  const files = parseTar(archive, { filter: ({ name }) => CORE.test(name) })
  return files.flatMap(({ name, data }) => (data ? [{ name, data, attrs: { mode: '755' } }] : []))
}

const expand = promisify(gunzip)
/** Quick to open again matters more than small. */
const compress = (archive: Uint8Array) => promisify(gzip)(archive, { level: 1 })

/** Written aside and renamed: whoever finds the name finds all of it, whenever the machine stops. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, bytes, { mode: 0o600 })
  const file = openSync(draft, 'r')
  fsyncSync(file)
  closeSync(file)
  renameSync(draft, path)
}
