import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** sockaddr_un holds 104 bytes on some systems and 108 on others, with a closing zero. */
const LONGEST_SOCKET_PATH = 100

/** The name pg looks for in a socket directory at port 5432. */
export const socketPath = (socketDir: string) => join(socketDir, '.s.PGSQL.5432')

/**
 * A directory only this user can enter: inside the data directory, or a fresh temporary one when that path is too
 * long for a socket. The engine asks nobody for a password, so the directory is the only door.
 */
export function createSocketDirectory(dataDir: string): string {
  const own = join(dataDir, 'run')
  if (Buffer.byteLength(socketPath(own)) > LONGEST_SOCKET_PATH) return mkdtempSync(join(tmpdir(), 'gelin-'))
  mkdirSync(own, { recursive: true, mode: 0o700 })
  chmodSync(own, 0o700)
  return own
}
