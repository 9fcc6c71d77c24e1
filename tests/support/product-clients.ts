/** Dispatchers of a running product, made straight in its database and signed in through one-time links. */
import { createAuth } from '../../server/auth/auth.ts'
import type { Database } from '../../server/database/connect.ts'
import { withDatabase } from '../../server/database/open.ts'
import { insertAccount } from './accounts.ts'
import { insertStreet } from './builders.ts'
import type { Product } from './product.ts'

/** Tests share their machine; the product's own limit is not what they are about. */
const PATIENCE_MS = 30_000

/** Session cookies of that many dispatchers of a small street. Call once a product. */
export async function signInDispatchers(product: Product, count: number, databaseUrl: string | null = null) {
  const fill = async (db: Database) => {
    const { street } = await insertStreet(db)
    const { links } = createAuth(db)
    const made: string[] = []
    for (let index = 0; index < count; index++) {
      const { id } = await insertAccount(db, 'dispatcher', { scope: [street] })
      made.push((await links.create({ accountId: id, origin: product.origin, actor: null, areaPath: null })).url)
    }
    return made
  }
  const config = { databaseUrl, dataDir: product.dataDir }
  const urls = await withDatabase(config, fill, { queryTimeoutMs: PATIENCE_MS })
  return Promise.all(urls.map((url) => consumeLink(product.origin, url)))
}

/** Signs in through a link as a browser would; returns the Cookie header. */
export async function consumeLink(origin: string, url: string): Promise<string> {
  const answer = await fetch(url, { method: 'POST', headers: { origin }, redirect: 'manual' })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (answer.status !== 303 || !cookie) throw new Error(`Signing in was answered with ${answer.status}.`)
  return cookie
}
