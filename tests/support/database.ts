/** A migrated database of a test file's own, on whichever database the run is for. */
import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { type Address, connect, type Database } from '../../server/database/connect.ts'
import { startEmbedded } from './embedded.ts'

export interface TestDatabase {
  db: Database
  address: Address
  drop(): Promise<void>
}

export const isEmbeddedRun = () => 'file' in inject('template')

/** Call in beforeAll, and `drop` in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = inject('template')
  return 'file' in template ? embeddedCopy(template.file) : postgresCopy(template.url)
}

async function embeddedCopy(file: string): Promise<TestDatabase> {
  const embedded = await startEmbedded(dirname(file), file)
  const address = { socketDir: embedded.socketDir }
  const db = connect(address)
  return {
    db,
    address,
    async drop() {
      await db.close()
      await embedded.stop()
    },
  }
}

async function postgresCopy(templateUrl: string): Promise<TestDatabase> {
  const name = `gelin_test_${randomUUID().replaceAll('-', '')}`
  const adminUrl = process.env.DATABASE_URL ?? ''
  await asAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${new URL(templateUrl).pathname.slice(1)}`)
  const url = Object.assign(new URL(templateUrl), { pathname: `/${name}` }).href
  const db = connect({ url })
  return {
    db,
    address: { url },
    async drop() {
      await db.close()
      await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
