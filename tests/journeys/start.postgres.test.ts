/** `npm start` with DATABASE_URL: no embedded database, the schema before the web server, a newer schema refused. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../server/database/connect.ts'
import { runProduct, startProduct } from '../support/product.ts'
import { createProductDatabase, type ProductDatabase } from '../support/product-database.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'gelin-data-'))
let database: ProductDatabase
beforeAll(async () => {
  database = await createProductDatabase()
})
afterAll(async () => {
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

it('serves from PostgreSQL without starting a database of its own', async () => {
  const product = await startProduct({ dataDir, databaseUrl: database.url, args: ['--no-demo'] })
  expect(product.databasePid()).toBeNull()
  expect(product.links.map(({ role }) => role)).toEqual(['streetAdmin'])
  await product.ready()
  expect(await product.stop()).toBe(0)
})

it('refuses a database that a newer version has changed', async () => {
  const db = connect({ url: database.url ?? '' })
  await db.query(`INSERT INTO schema_migrations (name, run_on) VALUES ('999_future', now())`)
  await db.close()
  const { code, output } = await runProduct({ dataDir, databaseUrl: database.url, args: ['--no-demo'] })
  expect(code).toBe(1)
  expect(output).toContain('made by a newer version of Gelin (it holds "999_future")')
  expect(output).not.toContain('    at ')
})
