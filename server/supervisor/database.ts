/** The database of a start: the embedded one as a watched child, or PostgreSQL, which is only waited for. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../config.ts'
import { awaitDatabase } from '../database/await-database.ts'
import { type Address, connect } from '../database/connect.ts'
import { forkEmbedded } from '../database/embedded/embedded-process.ts'
import { findHolder } from '../database/embedded/lock.ts'
import { createSocketDirectory } from '../database/embedded/socket-directory.ts'
import { keepRunning } from './keep-running.ts'
import type { Progress } from './progress.ts'
import type { Shutdown } from './shutdown.ts'
import { StartRefused } from './start-refused.ts'
import { watch } from './watchdog.ts'

/** A database that starts together with us (a container, a booting machine) gets this long. */
const POSTGRES_PATIENCE_MS = 20_000
/** The last start's children end with it; they get this long. */
const HOLDER_PATIENCE_MS = 5_000
const TRY_EVERY_MS = 500
const STOP_WITHIN_MS = 3_000
const ASK_WITHIN_MS = 2_000

export interface StartedDatabase {
  /** Known at once; it answers only when `ready` has resolved. */
  address: Address
  ready: Promise<void>
  /** Starts to look after it; not while the data is being prepared, whose statements are long. */
  watch(): void
}

export async function startDatabase(config: Config, progress: Progress, shutdown: Shutdown): Promise<StartedDatabase> {
  return config.databaseUrl
    ? usePostgres(config.databaseUrl, progress)
    : await startOwn(config.dataDir, progress, shutdown)
}

async function startOwn(dataDir: string, progress: Progress, shutdown: Shutdown): Promise<StartedDatabase> {
  await awaitFree(dataDir)
  const step = progress.step('内置数据库 Embedded database')
  const socketDir = createSocketDirectory(dataDir)
  const kept = keepRunning('数据库 The database', () => forkEmbedded(dataDir, socketDir), progress.say)
  shutdown.before(() => kept.stop(STOP_WITHIN_MS))
  return {
    address: { socketDir },
    ready: kept.firstReady.then(() => step.done(dataDir)),
    watch() {
      const db = connect({ socketDir }, { max: 1, queryTimeoutMs: ASK_WITHIN_MS })
      shutdown.before(watch('数据库 The database', kept, () => db.query('SELECT 1'), progress.say))
    },
  }
}

/** Said before anything is started; the child's own lock is what decides. */
async function awaitFree(dataDir: string): Promise<void> {
  const deadline = Date.now() + HOLDER_PATIENCE_MS
  for (let holder = findHolder(dataDir); holder; holder = findHolder(dataDir)) {
    if (Date.now() > deadline)
      throw new StartRefused(
        `Gelin is already running on the data directory ${dataDir} (process ${holder.pid}). ` +
          'Stop that one first, or set DATA_DIR to another directory.',
      )
    await pause(TRY_EVERY_MS)
  }
}

function usePostgres(url: string, progress: Progress): StartedDatabase {
  const step = progress.step('PostgreSQL')
  const { host, pathname } = new URL(url)
  return {
    address: { url },
    ready: awaitPostgres(url).then(() => step.done(`${host}${pathname}`)),
    watch: () => {},
  }
}

/** Waits while the server is not there yet; anything else it says (no such database, wrong password) ends the start. */
async function awaitPostgres(url: string): Promise<void> {
  try {
    await awaitDatabase({ url }, POSTGRES_PATIENCE_MS)
  } catch (error) {
    throw new StartRefused(unreachable(url, error))
  }
}

function unreachable(url: string, error: unknown): string {
  const { host, pathname } = new URL(url)
  const reason = error instanceof Error ? error.message || ('code' in error ? String(error.code) : error.name) : error
  return `The database of DATABASE_URL (${host}${pathname}) cannot be used: ${reason}. Correct DATABASE_URL, or start that server first.`
}
