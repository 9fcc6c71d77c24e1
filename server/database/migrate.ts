/** Brings a database to the newest schema, in plain SQL files, each in its own transaction. */
import { readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import type { Address } from './connect.ts'

const directory = fileURLToPath(new URL('./migrations', import.meta.url))
const TABLE = 'schema_migrations'
/** Another process that migrates the same database at this moment gets this long. */
const PATIENCE_MS = 60_000
const TRY_EVERY_MS = 500

/** This database cannot be brought to this version's schema; the message says what a person can do. */
export class SchemaRefused extends Error {}

/**
 * Applies what is missing and returns its names. Creating PostGIS on the embedded database takes seconds, so there is
 * no query timeout. Refuses a database that a newer version has migrated further.
 */
export async function migrate(address: Address): Promise<string[]> {
  const client = new pg.Client(
    'url' in address
      ? { connectionString: address.url }
      : { host: address.socketDir, port: 5432, user: 'postgres', database: 'postgres' },
  )
  client.on('error', () => {})
  await client.connect()
  try {
    await refuseNewer(client)
    return await applyMissing(client)
  } catch (error) {
    throw explained(error)
  } finally {
    await client.end()
  }
}

async function refuseNewer(client: pg.Client): Promise<void> {
  const { rows: tables } = await client.query<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [TABLE])
  if (!tables[0]?.name) return
  const known = new Set(readdirSync(directory).map((file) => file.replace(/\.sql$/, '')))
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${TABLE} ORDER BY id`)
  const unknown = rows.find(({ name }) => !known.has(name))
  if (unknown)
    throw new SchemaRefused(
      `This database was made by a newer version of Gelin (it holds "${unknown.name}"). Start that version, or use another database.`,
    )
}

async function applyMissing(client: pg.Client): Promise<string[]> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      const silent = () => {}
      const logger = { debug: silent, info: silent, warn: silent, error: silent }
      const options = { dir: directory, direction: 'up', migrationsTable: TABLE, checkOrder: true, logger } as const
      return (await runner({ dbClient: client, ...options })).map(({ name }) => name)
    } catch (error) {
      const isWaiting = error instanceof Error && error.message.includes('Another migration is already running')
      if (!isWaiting || Date.now() > deadline) throw error
      await pause(TRY_EVERY_MS)
    }
  }
}

/** PostgreSQL's words for a missing or forbidden PostGIS do not say what to do. */
function explained(error: unknown): unknown {
  if (!(error instanceof Error) || !/extension/.test(error.message) || !/postgis/i.test(error.message)) return error
  const remedy = /permission/.test(error.message)
    ? 'Let a superuser run "CREATE EXTENSION postgis" in it once.'
    : 'Install PostGIS on its server (Debian: postgresql-NN-postgis-3).'
  return new SchemaRefused(`This PostgreSQL database has no PostGIS (${error.message}). ${remedy}`)
}
