/** `npm run test:postgres`: the database and journey tests again, on the real PostgreSQL of DATABASE_URL. */
import { spawnSync } from 'node:child_process'
import pg from 'pg'

const url = process.env.DATABASE_URL
if (!url) {
  console.error(
    'Set DATABASE_URL to a PostgreSQL with PostGIS whose user may create databases, for example ' +
      'DATABASE_URL=postgresql://user@127.0.0.1:5432/postgres npm run test:postgres',
  )
  process.exit(2)
}

const client = new pg.Client({ connectionString: url })
try {
  await client.connect()
  const { rows } = await client.query(`SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'`)
  if (rows.length === 0) throw new Error('it has no PostGIS (Debian: postgresql-NN-postgis-3)')
  await client.end()
} catch (error) {
  console.error(`The database of DATABASE_URL cannot be used: ${error instanceof Error ? error.message : error}`)
  process.exit(2)
}

const vitest = ['vitest', 'run', '--project', 'database', '--project', 'journeys', ...process.argv.slice(2)]
process.exit(spawnSync('npx', vitest, { stdio: 'inherit' }).status ?? 1)
