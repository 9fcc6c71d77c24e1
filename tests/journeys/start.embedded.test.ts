/** `npm start` from nothing, in the way of itself, and to its end. */

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withDatabase } from '../../server/database/open.ts'
import { isRunning } from '../support/processes.ts'
import { type Product, runProduct, startProduct } from '../support/product.ts'
import { consumeLink, signInDispatchers } from '../support/product-clients.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'gelin-data-'))
let product: Product
beforeAll(async () => {
  product = await startProduct({ dataDir, args: ['--no-demo'] })
})
afterAll(async () => {
  await product.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

it('prints a one-time link that signs the first administrator in, and then serves the console', async () => {
  expect(product.links.map(({ role }) => role)).toEqual(['streetAdmin'])
  const cookie = await consumeLink(product.origin, product.links[0]?.url ?? '')
  const session = await fetch(`${product.origin}/api/session`, { headers: { cookie } })
  expect(await session.json()).toMatchObject({ role: 'streetAdmin' })
  const page = await fetch(`${product.origin}/dispatch/`)
  expect([page.status, (await page.text()).includes('<script')]).toEqual([200, true])
})

it('shows numbered progress with seconds', () => {
  for (const number of [1, 2, 3, 4]) expect(product.output()).toMatch(new RegExp(`\\d\\.\\d s\\] ${number}/4 ✓`))
})

it('keeps the database behind a directory that only this user can enter', () => {
  expect(statSync(join(dataDir, 'run')).mode & 0o777).toBe(0o700)
})

it('lets a command use the running database', async () => {
  const rows = await withDatabase({ databaseUrl: null, dataDir }, (db) => db.query('SELECT role FROM accounts'))
  expect(rows).toEqual([{ role: 'streetAdmin' }])
})

it('refuses a second start on the same data directory in one sentence, and keeps running', async () => {
  const second = await runProduct({ dataDir, args: ['--no-demo'] })
  expect(second.code).toBe(1)
  expect(second.output).toContain(`already running on the data directory ${dataDir}`)
  expect(second.output).not.toContain('    at ')
  await product.ready()
})

it('refuses a port in use, a bad setting and an unreachable database in one sentence each', async () => {
  const own = mkdtempSync(join(tmpdir(), 'gelin-data-'))
  const blocker = createServer().listen(0, '127.0.0.1')
  await pause(50)
  const address = blocker.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const inUse = await runProduct({ dataDir: own, port })
  expect([inUse.code, inUse.output.trim()]).toEqual([
    1,
    `Port ${port} is in use by another program. Stop it, or set PORT to a free one.`,
  ])
  const bad = await runProduct({ dataDir: own, port: 99_999 })
  expect([bad.code, bad.output.trim()]).toEqual([1, 'PORT must be a whole number from 0 to 65535, not "99999".'])
  const databaseUrl = `postgresql://somebody:secret@127.0.0.1:${port}/gelin`
  blocker.close()
  const away = await runProduct({ dataDir: own, databaseUrl })
  expect(away.code).toBe(1)
  expect(away.output).toContain(`The database of DATABASE_URL (127.0.0.1:${port}/gelin) cannot be used`)
  expect(away.output).not.toContain('secret')
  rmSync(own, { recursive: true, force: true })
})

it('ends its children when it is killed outright, and starts again with everything in place', async () => {
  const pids = [product.supervisorPid(), product.webPid(), product.databasePid()]
  process.kill(pids[0] ?? 0, 'SIGKILL')
  for (const pid of pids) while (isRunning(pid ?? 0)) await pause(50)
  await product.stop()
  product = await startProduct({ dataDir, args: ['--no-demo'] })
  const rows = await withDatabase({ databaseUrl: null, dataDir }, (db) => db.query('SELECT role FROM accounts'))
  expect(rows).toEqual([{ role: 'streetAdmin' }])
  // Somebody has signed in by now, so no links are handed out at the console.
  expect(product.links).toEqual([])
})

it('answers what is under way before it ends on SIGTERM, with exit code 0', async () => {
  const [cookie = ''] = await signInDispatchers(product, 1)
  const pids = [product.supervisorPid(), product.webPid(), product.databasePid()]
  const answers = Array.from({ length: 40 }, () => fetch(`${product.origin}/api/areas`, { headers: { cookie } }))
  // Once the first answer is there, the others have been accepted.
  await Promise.race(answers)
  const ended = product.stop()
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(40).fill(200))
  expect(await ended).toBe(0)
  for (const pid of pids) expect(isRunning(pid ?? 0)).toBe(false)
})
