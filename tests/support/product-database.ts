/** An empty database for a whole product, on whichever database the run is for, and the ways to make it fail. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Product } from './product.ts'
import { startTcpProxy } from './tcp-proxy.ts'

export interface ProductDatabase {
  /** null: the embedded one. */
  url: string | null
  /** As kill -9 does: whatever it has under way is gone. */
  kill(product: Product): Promise<void>
  /** It stays there and does not answer. Returns what wakes it up. */
  silence(product: Product): () => void
  drop(): Promise<void>
}

export async function createProductDatabase(adminUrl = process.env.DATABASE_URL || null): Promise<ProductDatabase> {
  return adminUrl === null ? embedded : onPostgres(adminUrl)
}

const embedded: ProductDatabase = {
  url: null,
  async kill(product) {
    process.kill(await databasePid(product), 'SIGKILL')
  },
  silence(product) {
    const pid = product.databasePid()
    if (pid === null) throw new Error('The database is not running.')
    process.kill(pid, 'SIGSTOP')
    // The supervisor kills it sooner or later, and with it goes the need to wake it.
    return () => {}
  },
  drop: async () => {},
}

/** A database that was just killed has no process for a moment. */
async function databasePid(product: Product): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const pid = product.databasePid()
    if (pid !== null) return pid
    await pause(100)
  }
  throw new Error('The database is not running.')
}

/** Through a relay, so that one product's database falls silent and nobody else's. */
async function onPostgres(adminUrl: string): Promise<ProductDatabase> {
  const name = `gelin_product_${randomUUID().replaceAll('-', '')}`
  const { hostname, port } = new URL(adminUrl)
  const proxy = await startTcpProxy({ host: hostname || '127.0.0.1', port: Number(port) || 5432 })
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  url.host = `127.0.0.1:${proxy.port}`
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  return {
    url: url.href,
    async kill() {
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
    },
    silence() {
      proxy.pause()
      return proxy.resume
    },
    async drop() {
      await proxy.close()
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}
