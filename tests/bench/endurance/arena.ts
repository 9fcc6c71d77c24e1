/** A running product over a filled database, and what can be asked of its processes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { withDatabase } from '../../../server/database/open.ts'
import { type Product, startProduct } from '../../support/product.ts'
import { createProductDatabase, type ProductDatabase } from '../../support/product-database.ts'
import { fillWorld, putOnDuty, type World } from './world.ts'

const PATIENCE = { queryTimeoutMs: 60_000 }

export interface Arena {
  product: Product
  database: ProductDatabase
  world: World
  /** "embedded" or "PostgreSQL". */
  mode: string
  inDatabase: <Result>(work: Parameters<typeof withDatabase<Result>>[1]) => Promise<Result>
  /** Devices that are on duty, the first so many of the roster; restarts the web process, which reads them at its start. */
  putOnDuty(count: number): Promise<string[]>
  /** kill -9, and waits until it answers again; returns when that was (performance.now). */
  restartWeb(whileDown?: () => Promise<void>): Promise<number>
  stop(): Promise<void>
}

export async function openArena(sizes: { members: number; onDuty: number; screens: number }): Promise<Arena> {
  const database = await createProductDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'gelin-endurance-'))
  const config = { databaseUrl: database.url, dataDir }
  const world = await withDatabase(
    config,
    async (db) => {
      const filled = await fillWorld(db, sizes)
      await putOnDuty(db, [...filled.members.values()].slice(0, sizes.onDuty))
      return filled
    },
    PATIENCE,
  )
  const product = await startProduct({ dataDir, databaseUrl: database.url, args: ['--no-demo'] })
  const inDatabase: Arena['inDatabase'] = (work) => withDatabase(config, work, PATIENCE)

  async function restartWeb(whileDown?: () => Promise<void>): Promise<number> {
    const pid = product.webPid() ?? 0
    process.kill(pid, 'SIGKILL')
    await whileDown?.()
    while (product.webPid() === pid) await pause(20)
    await product.ready(60_000)
    return performance.now()
  }

  return {
    product,
    database,
    world,
    mode: database.url === null ? 'embedded' : 'PostgreSQL',
    inDatabase,
    async putOnDuty(count) {
      const people = [...world.members].slice(0, count)
      await inDatabase((db) =>
        putOnDuty(
          db,
          people.map(([, id]) => id),
        ),
      )
      await restartWeb()
      return people.map(([device]) => device)
    },
    restartWeb,
    async stop() {
      await product.stop()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Resident memory of a process, megabytes. */
export function memoryOf(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? 0) / 1024
}
