/** Processes killed outright, and a database that falls silent, under write load: nothing acknowledged is lost or doubled. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withDatabase } from '../../server/database/open.ts'
import { countCases, startCaseLoad } from '../support/case-load.ts'
import { type Product, startProduct } from '../support/product.ts'
import { signInDispatchers } from '../support/product-clients.ts'
import { createProductDatabase, type ProductDatabase } from '../support/product-database.ts'

/** The product promises three seconds; a test shares its machine with others. */
const ANSWER_WITHIN_MS = 6_000

let database: ProductDatabase
let product: Product
let cookies: string[]
beforeAll(async () => {
  database = await createProductDatabase()
  product = await startProduct({ databaseUrl: database.url, args: ['--no-demo'] })
  cookies = await signInDispatchers(product, 6, database.url)
})
afterAll(async () => {
  await product.stop()
  await database.drop()
})

it('keeps every acknowledged case once when the web process and the database are killed', async () => {
  const load = startCaseLoad(product.origin, cookies, 20)
  const killWeb = () => process.kill(product.webPid() ?? 0, 'SIGKILL')
  for (const kill of [killWeb, database.kill, killWeb, database.kill]) {
    await pause(1_500)
    await kill(product)
    await product.ready()
  }
  await pause(1_000)
  await load.finish()
  expect(load.refused).toEqual([])
  expect(load.retries).toBeGreaterThan(0)
  expect(load.acknowledged.size).toBeGreaterThan(100)
  const config = { databaseUrl: database.url, dataDir: product.dataDir }
  expect(await withDatabase(config, (db) => countCases(db, load), { queryTimeoutMs: 30_000 })).toEqual({
    acknowledged: load.acknowledged.size,
    lostByIndex: 0,
    lostByScan: 0,
    doubled: 0,
    indexDifference: 0,
  })
})

it('answers every request while the database is silent, and recovers by itself', async () => {
  const wake = database.silence(product)
  const waits: number[] = []
  const statuses = new Set<number>()
  for (let round = 0; round < 3; round++)
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const since = performance.now()
        const headers = { cookie: cookies[index % cookies.length] ?? '' }
        const answer = await fetch(`${product.origin}/api/areas`, { headers })
        statuses.add(answer.status)
        waits.push(performance.now() - since)
      }),
    )
  expect([...statuses].filter((status) => status !== 503 && status !== 200)).toEqual([])
  expect(statuses.has(503)).toBe(true)
  expect(Math.max(...waits)).toBeLessThan(ANSWER_WITHIN_MS)
  expect((await fetch(`${product.origin}/healthz`)).status).toBe(200)
  wake()
  await product.ready(60_000)
  const answer = await fetch(`${product.origin}/api/areas`, { headers: { cookie: cookies[0] ?? '' } })
  expect(answer.status).toBe(200)
})

it('replaces a web process that lives but does not answer', async () => {
  const pid = product.webPid() ?? 0
  process.kill(pid, 'SIGSTOP')
  await expect.poll(() => product.webPid() ?? pid, { timeout: 60_000, interval: 200 }).not.toBe(pid)
  await product.ready(60_000)
})
