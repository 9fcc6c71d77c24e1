/** An embedded database inside the test process, in memory, behind a Unix socket. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { postgisCore } from '../../server/database/embedded/postgis-core.ts'
import { socketPath } from '../../server/database/embedded/socket-directory.ts'
import { serveWire } from '../../server/database/embedded/wire-server.ts'

export interface EmbeddedForTest {
  socketDir: string
  dump(): Promise<Buffer>
  stop(): Promise<void>
}

/** The first area loads PostGIS, which on a busy machine takes longer than the pool waits for any answer. */
const WARM_UP = `BEGIN;
  INSERT INTO areas (id, level, code, name, border)
  VALUES (gen_random_uuid(), 'grid', 'warm-up', 'warm-up', ST_Multi(ST_MakeEnvelope(0, 0, 1, 1, 4326)));
  ROLLBACK`

/** Starts one, empty or from a dump's file. `cache`: a directory that all who start one share. */
export async function startEmbedded(cache: string, dumpFile?: string): Promise<EmbeddedForTest> {
  const socketDir = await mkdtemp(join(tmpdir(), 'gelin-pg-'))
  const loadDataDir = dumpFile ? new Blob([new Uint8Array(await readFile(dumpFile))]) : undefined
  const db = await PGlite.create({ extensions: { postgis: postgisCore(cache) }, loadDataDir })
  if (dumpFile) await db.exec(WARM_UP)
  const onEngineDead = (error: unknown) => console.error(error)
  const wire = await serveWire({ engine: db, path: socketPath(socketDir), maxConnections: 16, onEngineDead })
  return {
    socketDir,
    dump: async () => Buffer.from(await (await db.dumpDataDir('gzip')).arrayBuffer()),
    async stop() {
      await wire.close()
      await db.close()
      await rm(socketDir, { recursive: true, force: true })
    },
  }
}
