/** Transactions: one connection, no nesting, no use of the pool inside. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'
import type { Queryable } from './connect.ts'
import { isDatabaseAway } from './database-away.ts'

const open = new AsyncLocalStorage<{ isOpen: boolean }>()

/** Thrown at once, because on the embedded database it would wait for itself for ever. */
export class NestedPoolUse extends Error {
  constructor() {
    super('The pool was used inside a transaction; use the Queryable that the transaction was given.')
    this.name = 'NestedPoolUse'
  }
}

export const isInTransaction = () => open.getStore()?.isOpen === true

/**
 * BEGIN, work, COMMIT; ROLLBACK when the work throws. The work must not wait for anything but its own queries.
 * `beginWithinMs` is what is left of the time for one answer after the wait for a connection.
 */
export async function runTransaction<Result>(
  client: pg.PoolClient,
  work: (tx: Queryable) => Promise<Result>,
  beginWithinMs: number,
): Promise<Result> {
  const mark = { isOpen: true }
  const tx: Queryable = {
    async query<Row>(text: string, values?: unknown[]) {
      if (!mark.isOpen) throw new Error('This transaction has ended.')
      return (await client.query<Row & pg.QueryResultRow>(text, values)).rows
    },
  }
  await client.query({ text: 'BEGIN', query_timeout: beginWithinMs } as pg.QueryConfig)
  try {
    const result = await open.run(mark, () => work(tx))
    mark.isOpen = false
    await client.query('COMMIT')
    return result
  } catch (error) {
    mark.isOpen = false
    // A connection that is gone takes its transaction with it; asking it to roll back would only wait again.
    if (!isDatabaseAway(error)) await client.query('ROLLBACK')
    throw error
  }
}
