/** The whole product as `npm start` runs it, in a data directory of its own, links read off the console. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { AccountRole } from '../../contract/roles.ts'
import { roleNames } from '../../server/auth/role-names.ts'
import { childrenOf } from './processes.ts'

const projectRoot = resolve(import.meta.dirname, '../..')
const START_WITHIN_MS = 120_000

export interface ProductOptions {
  /** Default: a temporary one, removed by stop(). */
  dataDir?: string
  /** null or absent: the embedded one. */
  databaseUrl?: string | null
  port?: number
  args?: string[]
  /** The project's tree; default: this one. */
  root?: string
  /** Starts it by `npm start` itself, which then swallows the exit code; default: the command behind it. */
  throughNpm?: boolean
}

export interface Product {
  origin: string
  dataDir: string
  /** First sign-in links, in the order of the console. */
  links: { role: AccountRole; url: string }[]
  /** Seconds from the command to its last line. */
  seconds: number
  /** Process ids as they are now; null while one is not there. */
  supervisorPid(): number | null
  webPid(): number | null
  databasePid(): number | null
  output(): string
  /** Waits until /readyz answers 200; returns the milliseconds it took. */
  ready(withinMs?: number): Promise<number>
  /** SIGTERM, or the given signal; returns the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts it and waits until it says that it is ready; throws with its output when it ends instead. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const since = performance.now()
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'gelin-data-'))
  const child = spawnProduct({ ...options, dataDir })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (output += data.toString()))
  const origin = await readOrigin(child, () => output)

  const supervisorPid = () => (options.throughNpm ? findBelow(child.pid ?? 0, 'server/start.ts') : (child.pid ?? null))
  return {
    origin,
    dataDir,
    links: readLinks(output),
    seconds: (performance.now() - since) / 1000,
    supervisorPid,
    webPid: () => findBelow(supervisorPid() ?? 0, 'server/main.ts'),
    databasePid: () => findBelow(supervisorPid() ?? 0, 'embedded/child.ts'),
    output: () => output,
    ready: (withinMs = 30_000) => awaitReady(origin, withinMs),
    async stop(signal = 'SIGTERM') {
      const code = await stopChild(child, signal)
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
      return code
    },
  }
}

/** For starts that are expected to be refused: the exit code and all that was said. */
export async function runProduct(options: ProductOptions & { dataDir: string }) {
  const child = spawnProduct(options)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (output += data.toString()))
  const [code] = await once(child, 'close')
  return { code: code as number | null, output }
}

function spawnProduct(options: ProductOptions): ChildProcess {
  const { dataDir, databaseUrl = null, port = 0, args = [], root = projectRoot, throughNpm = false } = options
  const [command = '', ...first] = throughNpm
    ? ['npm', 'start', '--silent', '--']
    : [process.execPath, '--import', 'tsx', 'server/start.ts']
  return spawn(command, [...first, ...args], {
    cwd: root,
    env: { ...process.env, PORT: String(port), HOST: '', DATA_DIR: dataDir, DATABASE_URL: databaseUrl ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function readOrigin(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + START_WITHIN_MS
  for (;;) {
    const origin = /is ready:\s+(\S+?)\/?\n/.exec(output())?.[1]
    // The last line follows the address in the same breath; the links stand between them.
    if (origin && output().includes('To stop')) return origin
    if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode}:\n${output()}`)
    if (Date.now() > deadline) {
      await stopChild(child, 'SIGTERM')
      throw new Error(`The product was not ready in time:\n${output()}`)
    }
    await pause(50)
  }
}

function readLinks(output: string): Product['links'] {
  const roles = Object.entries(roleNames) as [AccountRole, string][]
  return [...output.matchAll(/^ {2}(.+?) · .*\n\s+(\S+\/sign-in\/\S+)/gm)].flatMap(([, title, url]) => {
    const role = roles.find(([, name]) => name === title)?.[0]
    return role && url ? [{ role, url }] : []
  })
}

async function awaitReady(origin: string, withinMs: number): Promise<number> {
  const since = performance.now()
  for (;;) {
    const answer = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    const passed = performance.now() - since
    if (answer?.status === 200) return passed
    if (passed > withinMs) throw new Error(`Not ready within ${withinMs} ms (${answer?.status ?? 'no answer'}).`)
    await pause(50)
  }
}

async function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
  }
  return child.exitCode
}

function findBelow(pid: number, command: string): number | null {
  for (const child of childrenOf(pid)) {
    if (child.command.includes(command)) return child.pid
    const below = findBelow(child.pid, command)
    if (below !== null) return below
  }
  return null
}
