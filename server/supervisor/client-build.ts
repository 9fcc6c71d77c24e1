/** The built pages in dist/client, made again only when their sources changed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { StartRefused } from './start-refused.ts'

const SOURCES = ['client', 'contract', 'vite.config.ts', 'tsconfig.json', 'package-lock.json']

export interface ClientBuild {
  isCurrent(): boolean
  /** Builds aside and swaps the folder in, so that a failed or interrupted build leaves the old pages whole. */
  run(): Promise<void>
  /** Gives up a build that is under way. */
  abandon(): void
}

export function createClientBuild(root: string): ClientBuild {
  const pages = join(root, 'dist/client')
  const stamp = join(pages, '.sources')
  let building: ChildProcess | null = null

  return {
    isCurrent: () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfSources(root),

    async run() {
      const hash = hashOfSources(root)
      const fresh = join(root, `dist/client.${process.pid}`)
      const vite = join(root, 'node_modules/vite/bin/vite.js')
      building = spawn(process.execPath, [vite, 'build', '--outDir', fresh, '--logLevel', 'warn'], {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      const [code] = await once(building, 'exit')
      building = null
      if (code !== 0) {
        rmSync(fresh, { recursive: true, force: true })
        throw new StartRefused('The pages could not be built; the reason is above.')
      }
      writeFileSync(join(fresh, '.sources'), hash)
      rmSync(pages, { recursive: true, force: true })
      renameSync(fresh, pages)
    },

    abandon: () => building?.kill('SIGKILL'),
  }
}

/** Of everything the pages are built from. */
export function hashOfSources(root: string): string {
  const hash = createHash('sha256')
  for (const source of SOURCES)
    for (const path of filesUnder(root, source))
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

/** A file, or every file below a folder, in a fixed order. */
function filesUnder(root: string, path: string): string[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found ? [path] : []
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}
