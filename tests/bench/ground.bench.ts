/** Suite `ground`: B1, from `npm start` to a usable console; B2, nothing lost when processes are killed. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { withDatabase } from '../../server/database/open.ts'
import { countCases, startCaseLoad } from '../support/case-load.ts'
import { type Product, startProduct } from '../support/product.ts'
import { signInDispatchers } from '../support/product-clients.ts'
import { createProductDatabase, type ProductDatabase } from '../support/product-database.ts'
import type { Bench, Suite } from './bench.ts'

const FIRST_START_SECONDS = 45
const LATER_START_SECONDS = 10
const STOP_SECONDS = 10
const READY_AGAIN_SECONDS = 10
const ROUNDS = 10
const ACKNOWLEDGED = 5_000
/** Below the rate limit of a session (50 calls a second), so that the load is limited by the product alone. */
const WRITERS = 12
const WRITER_PAUSE_MS = 25

const projectRoot = resolve(import.meta.dirname, '../..')

export const ground: Suite = {
  name: 'ground',
  async run(bench) {
    await measureStarts(bench)
    await measureKills(bench, 'embedded', null)
    const url = process.env.DATABASE_URL
    if (url) await measureKills(bench, 'PostgreSQL', url)
    else bench.say('B2 on PostgreSQL is not measured: DATABASE_URL is not set.')
  },
}

/** In a copy of the tree without dist, so that the first start includes the build of the pages. */
async function measureStarts(bench: Bench): Promise<void> {
  const root = copyOfTree()
  const dataDir = mkdtempSync(join(tmpdir(), 'gelin-bench-'))
  try {
    bench.say('B1: first start, in a fresh data directory, pages built by it, demo district generated')
    const first = await timedStart(root, dataDir)
    bench.record({ id: 'B1.first-start', value: first.seconds, unit: 's', goal: { atMost: FIRST_START_SECONDS } })
    bench.record({ id: 'B1.stop', value: await timedStop(first.product), unit: 's', goal: { atMost: STOP_SECONDS } })
    const later = await timedStart(root, dataDir)
    bench.record({ id: 'B1.later-start', value: later.seconds, unit: 's', goal: { atMost: LATER_START_SECONDS } })
    await later.product.stop()
  } finally {
    for (const path of [root, dataDir]) rmSync(path, { recursive: true, force: true })
  }
}

function copyOfTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'gelin-tree-'))
  const left = new Set(['node_modules', 'dist', 'data', '.git', 'test-results'])
  cpSync(projectRoot, root, { recursive: true, filter: (path) => !left.has(relative(projectRoot, path)) })
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
  return root
}

async function timedStart(root: string, dataDir: string) {
  const since = performance.now()
  const product = await startProduct({ root, dataDir, throughNpm: true })
  await product.ready()
  const page = await fetch(`${product.origin}/dispatch/`)
  if (page.status !== 200) throw new Error(`The console was answered with ${page.status}.`)
  return { product, seconds: secondsSince(since) }
}

async function timedStop(product: Product): Promise<number> {
  const since = performance.now()
  await product.stop()
  return secondsSince(since)
}

async function measureKills(bench: Bench, mode: string, adminUrl: string | null): Promise<void> {
  bench.say(`B2 on ${mode}: ${ROUNDS} kills of the web process and ${ROUNDS} of the database under write load`)
  const database = await createProductDatabase(adminUrl)
  const product = await startProduct({ databaseUrl: database.url, args: ['--no-demo'] })
  try {
    const load = startCaseLoad(product.origin, await signInDispatchers(product, WRITERS, database.url), WRITER_PAUSE_MS)
    const slowest = { web: 0, database: 0 }
    for (let round = 1; round <= 2 * ROUNDS; round++) {
      while (load.acknowledged.size < (round * ACKNOWLEDGED) / (2 * ROUNDS)) await pause(20)
      const victim = round % 2 === 1 ? 'web' : 'database'
      // At a moment of no particular kind.
      await pause(Math.random() * 500)
      if (victim === 'web') process.kill(product.webPid() ?? 0, 'SIGKILL')
      else await killDatabase(database, product, adminUrl)
      slowest[victim] = Math.max(slowest[victim], await readyAgain(product))
      bench.say(`round ${round}: ${victim} killed, ${load.acknowledged.size} acknowledged, ${load.retries} retries`)
    }
    await load.finish()
    const config = { databaseUrl: database.url, dataDir: product.dataDir }
    const count = await withDatabase(config, (db) => countCases(db, load), { queryTimeoutMs: 60_000 })
    const lost = Math.max(count.lostByIndex, count.lostByScan)
    const none = { atMost: 0 }
    bench.record({
      id: `B2.acknowledged (${mode})`,
      value: count.acknowledged,
      unit: 'cases',
      goal: { atLeast: ACKNOWLEDGED },
    })
    bench.record({ id: `B2.lost (${mode})`, value: lost, unit: 'cases', goal: none })
    bench.record({ id: `B2.doubled (${mode})`, value: count.doubled, unit: 'cases', goal: none })
    bench.record({
      id: `B2.index-difference (${mode})`,
      value: Math.abs(count.indexDifference),
      unit: 'rows',
      goal: none,
    })
    bench.record({ id: `B2.refused (${mode})`, value: load.refused.length, unit: 'cases', goal: none })
    for (const [victim, value] of Object.entries(slowest))
      bench.record({
        id: `B2.ready-after-${victim} (${mode})`,
        value,
        unit: 's',
        goal: { atMost: READY_AGAIN_SECONDS },
      })
  } finally {
    await product.stop()
    await database.drop()
  }
}

/**
 * On PostgreSQL: ends all of this product's sessions; with --kill-backends, kill -9 of one of them, which makes the
 * server end every session of every database and recover from its log. Only for a server that is nobody else's.
 */
async function killDatabase(database: ProductDatabase, product: Product, adminUrl: string | null): Promise<void> {
  if (adminUrl === null || !process.argv.includes('--kill-backends')) return database.kill(product)
  const client = new pg.Client({ connectionString: database.url ?? '' })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  process.kill(rows[0]?.pid ?? 0, 'SIGKILL')
}

/** Seconds until it answers again; the kill may not have been noticed yet, so it has to answer twice, apart. */
async function readyAgain(product: Product): Promise<number> {
  const since = performance.now()
  await product.ready(60_000)
  await pause(300)
  await product.ready(60_000)
  return secondsSince(since)
}

const secondsSince = (since: number) => (performance.now() - since) / 1000
