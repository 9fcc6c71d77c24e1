import type { Config } from '../config.ts'
import type { Address } from './connect.ts'

/** The database as a child of the supervisor is told of it: DATABASE_URL, or GELIN_SOCKET_DIR of the embedded one. */
export function readAddress(config: Pick<Config, 'databaseUrl'>, env: NodeJS.ProcessEnv = process.env): Address {
  if (config.databaseUrl) return { url: config.databaseUrl }
  const socketDir = env.GELIN_SOCKET_DIR
  if (!socketDir) throw new Error('Start with `npm start`, or set DATABASE_URL.')
  return { socketDir }
}
