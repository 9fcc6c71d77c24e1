/** The database for a command: DATABASE_URL, or the running embedded one, or one started for as long as the work takes. */
import { createConnection } from 'node:net'
import type { Config } from '../config.ts'
import { type Address, type ConnectOptions, connect, type Database } from './connect.ts'
import { startEmbedded } from './embedded/embedded-process.ts'
import { findHolder } from './embedded/lock.ts'
import { socketPath } from './embedded/socket-directory.ts'
import { migrate } from './migrate.ts'

/** A holder that is just starting gets this long to answer. */
const ANSWER_WITHIN_MS = 60_000
const ASK_EVERY_MS = 200

/** Runs `work` on a database with the newest schema, and closes everything it opened. */
export async function withDatabase<Result>(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  work: (db: Database, address: Address) => Promise<Result>,
  options: ConnectOptions = {},
): Promise<Result> {
  const { address, close } = await open(config)
  try {
    await migrate(address)
    const db = connect(address, options)
    return await work(db, address).finally(() => db.close())
  } finally {
    await close()
  }
}

async function open(config: Pick<Config, 'databaseUrl' | 'dataDir'>) {
  const nothing = async () => {}
  if (config.databaseUrl) return { address: { url: config.databaseUrl }, close: nothing }
  const running = await findRunning(config.dataDir)
  if (running) return { address: { socketDir: running }, close: nothing }
  const { socketDir, stop } = await startEmbedded(config.dataDir)
  return { address: { socketDir }, close: stop }
}

/** The socket directory of the embedded database that is running on a data directory, waiting for one that is starting. */
async function findRunning(dataDir: string): Promise<string | null> {
  const deadline = Date.now() + ANSWER_WITHIN_MS
  for (;;) {
    const holder = findHolder(dataDir)
    if (!holder) return null
    if (await answers(holder.socketDir)) return holder.socketDir
    if (Date.now() > deadline) throw new Error(`The database of process ${holder.pid} does not answer.`)
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
}

function answers(socketDir: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(socketPath(socketDir))
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
