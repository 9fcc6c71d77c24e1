/** The pool: one code path through pg for the embedded database and for real PostgreSQL. */
import pg from 'pg'
import { createBreaker } from './breaker.ts'
import { isDatabaseAway } from './database-away.ts'
import { isInTransaction, NestedPoolUse, runTransaction } from './transaction.ts'

/** What a query function needs: plain SQL in, rows out. */
export interface Queryable {
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>
}

export interface Database extends Queryable {
  /** Runs `work` in one transaction on one connection. Inside it, only the given Queryable may be used. */
  transaction<Result>(work: (tx: Queryable) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** Where the database is: a URL, or the directory of the embedded database's Unix socket. */
export type Address = { url: string } | { socketDir: string }

export interface ConnectOptions {
  max?: number
  /** For one answer, waiting for a connection included. */
  queryTimeoutMs?: number
  /** For a server of many: while the database is silent nobody waits for it (breaker.ts). */
  failsFast?: boolean
  onIdleError?: (error: Error) => void
}

const CONNECT_TIMEOUT_MS = 2_000
/** No request waits longer than this for one answer, waiting for a connection included: well below three seconds. */
const QUERY_TIMEOUT_MS = 2_500
/** A query that got its connection late still has this long. */
const LEAST_QUERY_MS = 500
/** The embedded database runs one session for all, so more connections gain nothing. */
const EMBEDDED_POOL = 4
const POSTGRES_POOL = 10

/** "2026-11-22 10:00:00.123+08" or "…+05:30" → milliseconds. Lists hold 100,000 of them, so no regular expression. */
function instantOf(value: string): number {
  const hasMinutes = value.at(-3) === ':'
  return Date.parse(`${value.replace(' ', 'T')}${hasMinutes ? '' : ':00'}`)
}

const { builtins } = pg.types
/** timestamptz → milliseconds since the epoch, bigint and numeric → number, date → "YYYY-MM-DD" as it stands. */
const parsers: Partial<Record<number, (value: string) => unknown>> = {
  [builtins.TIMESTAMPTZ]: instantOf,
  [builtins.INT8]: Number,
  [builtins.NUMERIC]: Number,
  [builtins.DATE]: (value) => value,
}
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    parsers[oid] ?? pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

/** Opens a pool. No connection is made before the first query. */
export function connect(address: Address, options: ConnectOptions = {}): Database {
  const queryTimeoutMs = options.queryTimeoutMs ?? QUERY_TIMEOUT_MS
  const pool = new pg.Pool({
    ...('url' in address
      ? {
          connectionString: address.url,
          max: options.max ?? POSTGRES_POOL,
          // The server gives up just before the client does, so that a slow query is not left running.
          statement_timeout: Math.max(100, queryTimeoutMs - 500),
          lock_timeout: 1_000,
          idle_in_transaction_session_timeout: 5_000,
          // Compiling a query costs a fifth of a second, more than any of ours runs.
          options: '-c jit=off',
        }
      : {
          host: address.socketDir,
          port: 5432,
          user: 'postgres',
          database: 'postgres',
          max: options.max ?? EMBEDDED_POOL,
        }),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
    types,
  })
  // Without a listener a connection that dies while idle would end the process.
  pool.on('error', (error) => options.onIdleError?.(error))

  async function ask<Row>(text: string, values?: unknown[]): Promise<Row[]> {
    const deadline = performance.now() + queryTimeoutMs
    const { rows } = await withClient(pool, (client) => {
      const query_timeout = Math.max(LEAST_QUERY_MS, deadline - performance.now())
      return client.query<Row & pg.QueryResultRow>({ text, values, query_timeout } as pg.QueryConfig)
    })
    return rows
  }
  async function transact<Result>(work: (tx: Queryable) => Promise<Result>): Promise<Result> {
    const deadline = performance.now() + queryTimeoutMs
    return withClient(pool, (client) => {
      const beginWithinMs = Math.max(LEAST_QUERY_MS, deadline - performance.now())
      return runTransaction(client, work, beginWithinMs)
    })
  }
  const breaker = options.failsFast ? createBreaker(() => ask('SELECT 1')) : null

  return {
    async query<Row>(text: string, values?: unknown[]) {
      if (isInTransaction()) throw new NestedPoolUse()
      return breaker ? breaker.run(() => ask<Row>(text, values)) : ask<Row>(text, values)
    },
    async transaction(work) {
      if (isInTransaction()) throw new NestedPoolUse()
      return breaker ? breaker.run(() => transact(work)) : transact(work)
    },
    async close() {
      breaker?.close()
      await pool.end()
    },
  }
}

/** Gives a connection back, or destroys it when it timed out or lost its connection. */
async function withClient<Result>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  // A checked-out client that loses its connection emits 'error' as well as rejecting the query.
  const ignore = () => {}
  client.on('error', ignore)
  let isBroken = true
  try {
    const result = await use(client)
    isBroken = false
    return result
  } catch (error) {
    isBroken = isDatabaseAway(error)
    throw error
  } finally {
    client.off('error', ignore)
    client.release(isBroken)
  }
}
