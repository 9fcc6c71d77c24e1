/**
 * The embedded database's own process: PGlite with PostGIS on DATA_DIR/database, behind a Unix socket.
 * It does not outlive its parent (embedded-process.ts).
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { type ChildMessage, obeyParent } from '../../child-process.ts'
import { DataDirectoryBusy, takeLock } from './lock.ts'
import { catchNativeFaults } from './native-faults.ts'
import { postgisCore } from './postgis-core.ts'
import { socketPath } from './socket-directory.ts'
import { serveWire } from './wire-server.ts'

/** The web process's pool, the watchdog and some commands. */
const MAX_CONNECTIONS = 32
const CLOSE_WITHIN_MS = 5_000

const tell = (message: ChildMessage) => process.send?.(message)

const [dataDir, socketDir] = process.argv.slice(2)
if (!dataDir || !socketDir) throw new Error('Start with `npm start`.')

/** Set as soon as there is something to close. */
let close = async () => {}
let isStopping = false
async function stop(code: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  // Nothing is lost by ending without a clean close; hanging about with the lock would keep the next start out.
  setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref()
  await close().catch((error: unknown) => console.error(error))
  process.exit(code)
}
obeyParent(() => void stop(0))
process.on('uncaughtException', (error) => {
  console.error(error)
  void stop(1)
})

try {
  await open(dataDir, socketDir)
} catch (error) {
  if (!(error instanceof DataDirectoryBusy)) console.error(error)
  tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  await stop(1)
}

async function open(directory: string, sockets: string): Promise<void> {
  const giveLock = takeLock(directory, sockets)
  const path = socketPath(sockets)
  const dropFiles = () => {
    rmSync(path, { force: true })
    giveLock()
  }
  close = async () => dropFiles()
  rmSync(path, { force: true })

  catchNativeFaults(() => {
    console.error('A statement failed inside the database engine, which is started again.')
    process.exit(1)
  })
  const engine = await PGlite.create({
    dataDir: join(directory, 'database'),
    extensions: { postgis: postgisCore(join(directory, 'cache')) },
  })
  close = async () => {
    await engine.close()
    dropFiles()
  }
  await warmUp(engine)
  const onEngineDead = (error: unknown) => {
    console.error('The database engine failed and is started again.', error)
    process.exit(1)
  }
  const wire = await serveWire({ engine, path, maxConnections: MAX_CONNECTIONS, onEngineDead })
  close = async () => {
    await wire.close()
    await engine.close()
    dropFiles()
  }
  tell({ type: 'ready' })
}

/** Loading PostGIS takes a second at its first use; better now than in somebody's first request. */
async function warmUp(engine: PGlite): Promise<void> {
  const { rows } = await engine.query("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")
  if (rows.length > 0) await engine.query("SELECT ST_Area('POLYGON((0 0, 1 0, 1 1, 0 0))'::geography)")
}
