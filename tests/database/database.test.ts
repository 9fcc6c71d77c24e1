/** The one code path to either database: types, transactions, commands that run once, migrations, append-only tables. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Address, connect } from '../../server/database/connect.ts'
import { isDatabaseAway } from '../../server/database/database-away.ts'
import { migrate, SchemaRefused } from '../../server/database/migrate.ts'
import { once } from '../../server/database/once.ts'
import { NestedPoolUse } from '../../server/database/transaction.ts'
import { Refusal } from '../../server/errors.ts'
import type { Command } from '../../server/serve.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await test.db.query('CREATE TABLE notes (text text)')
})
afterAll(() => test.drop())

const notes = async () => (await test.db.query<{ text: string }>('SELECT text FROM notes')).map(({ text }) => text)

describe('types', () => {
  it.each([
    [`'2026-11-22 08:00:00.123+00'::timestamptz`, Date.UTC(2026, 10, 22, 8, 0, 0, 123)],
    [`'1969-07-20 20:17:40+05:30'::timestamptz`, Date.UTC(1969, 6, 20, 14, 47, 40)],
    ['9007199254740991::bigint', 9_007_199_254_740_991],
    ['12.5::numeric', 12.5],
    [`'2026-10-01'::date`, '2026-10-01'],
    ['NULL::timestamptz', null],
    [`ARRAY['a', 'b']`, ['a', 'b']],
    [`'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
    [`'网格𠮷'::text`, '网格𠮷'],
  ])('reads %s', async (sql, value) => {
    expect(await test.db.query(`SELECT ${sql} AS value`)).toEqual([{ value }])
  })

  it.each([`x'); DROP TABLE notes; --`, `' OR '1'='1`, '\\', '$1', '%_', '\u2028'])(
    'takes %j as text and nothing else',
    async (text) => {
      await test.db.query('INSERT INTO notes VALUES ($1)', [text])
      expect(await test.db.query('DELETE FROM notes WHERE text = $1 RETURNING text', [text])).toEqual([{ text }])
    },
  )
})

describe('transaction', () => {
  it('keeps all of it or nothing', async () => {
    const failing = test.db.transaction(async (tx) => {
      await tx.query(`INSERT INTO notes VALUES ('lost')`)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    await test.db.transaction((tx) => tx.query(`INSERT INTO notes VALUES ('kept')`))
    expect(await notes()).toEqual(['kept'])
  })

  it('refuses the pool inside, at once, and goes on afterwards', async () => {
    const nested: (() => Promise<unknown>)[] = [
      () => test.db.query('SELECT 1'),
      () => test.db.transaction(async () => 1),
    ]
    for (const use of nested) await expect(test.db.transaction(use)).rejects.toBeInstanceOf(NestedPoolUse)
    expect(await test.db.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('gives back what its queries can no longer be used through', async () => {
    const kept = await test.db.transaction(async (tx) => tx)
    await expect(kept.query('SELECT 1')).rejects.toThrow('has ended')
  })
})

describe('a database that does not answer', () => {
  /** Blocks the database for everybody, as a long statement does. */
  const slow = 'SELECT count(*) FROM generate_series(1, 12000000)'

  it('is given up after the query timeout, without harm to the pool', async () => {
    const impatient = connect(test.address, { max: 1, queryTimeoutMs: 700 })
    const error = await impatient.query(slow).catch((reason: unknown) => reason)
    expect(isDatabaseAway(error)).toBe(true)
    await expect
      .poll(() => impatient.query('SELECT 1 AS one').catch(() => null), { timeout: 50_000, interval: 200 })
      .toEqual([{ one: 1 }])
    await impatient.close()
  })

  it.each<[string, Address]>([
    ['a port where nobody listens', { url: 'postgresql://nobody@127.0.0.1:1/none' }],
    ['a directory without a socket', { socketDir: '/nonexistent' }],
  ])('is away at %s, not a fault', async (_, address) => {
    const db = connect(address)
    expect(isDatabaseAway(await db.query('SELECT 1').catch((reason: unknown) => reason))).toBe(true)
    await db.close()
  })

  it('is not confused with text that mentions a timeout', async () => {
    const error = await test.db.query(`SELECT 'timeout'::integer`).catch((reason: unknown) => reason)
    expect(isDatabaseAway(error)).toBe(false)
  })

  it('reports a lost idle connection and opens another', async () => {
    const lost: Error[] = []
    const db = connect(test.address, { max: 1, onIdleError: (error) => lost.push(error) })
    await db.query('SELECT 1')
    if ('url' in test.address) {
      await test.db.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
      await expect.poll(() => lost.length).toBe(1)
    }
    await expect.poll(() => db.query('SELECT 1 AS one').catch(() => null)).toEqual([{ one: 1 }])
    await db.close()
  })
})

describe('once', () => {
  const command = (more: Partial<Command> = {}): Command => ({
    actorId: randomUUID(),
    key: randomUUID(),
    route: 'cases.report',
    bodyHash: Buffer.from('body'),
    ...more,
  })
  const run = (given: Command | null, text: string) =>
    test.db.transaction((tx) =>
      once(tx, given, async () => {
        await tx.query('INSERT INTO notes VALUES ($1)', [text])
        return { stored: text }
      }),
    )
  const count = async (text: string) => (await notes()).filter((note) => note === text).length

  it('runs a command once and answers a retry with the first answer', async () => {
    const given = command()
    expect([await run(given, 'once'), await run(given, 'once')]).toEqual([{ stored: 'once' }, { stored: 'once' }])
    expect(await count('once')).toBe(1)
  })

  it('runs one of many at the same time', async () => {
    const given = command()
    const answers = await Promise.all(Array.from({ length: 8 }, () => run(given, 'at once')))
    expect(answers).toEqual(Array(8).fill({ stored: 'at once' }))
    expect(await count('at once')).toBe(1)
  })

  it('refuses a key used for another body or route', async () => {
    const given = command()
    await run(given, 'mine')
    for (const other of [{ bodyHash: Buffer.from('another') }, { route: 'teams.create' } as const])
      await expect(run({ ...given, ...other }, 'mine')).rejects.toMatchObject({ code: 'key_reused' })
    await expect(run({ ...given, route: 'teams.create' }, 'mine')).rejects.toBeInstanceOf(Refusal)
    expect(await count('mine')).toBe(1)
  })

  it('takes the same key from two people as two commands', async () => {
    const key = randomUUID()
    await run(command({ key }), 'each')
    await run(command({ key }), 'each')
    expect(await count('each')).toBe(2)
  })

  it('leaves a failed command free to be tried again', async () => {
    const given = command()
    const failing = test.db.transaction((tx) =>
      once(tx, given, async () => {
        throw new Error('no')
      }),
    )
    await expect(failing).rejects.toThrow('no')
    expect(await run(given, 'second try')).toEqual({ stored: 'second try' })
  })

  it('runs every time without a key', async () => {
    await run(null, 'keyless')
    await run(null, 'keyless')
    expect(await count('keyless')).toBe(2)
  })
})

describe('migrations', () => {
  it('change nothing the second time', async () => {
    expect(await migrate(test.address)).toEqual([])
  })

  it('refuse a database of a newer version, in a sentence', async () => {
    await test.db.query(`INSERT INTO schema_migrations (name, run_on) VALUES ('999_future', now())`)
    const error = await migrate(test.address).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SchemaRefused)
    expect(String(error)).toContain('newer version')
    await test.db.query(`DELETE FROM schema_migrations WHERE name = '999_future'`)
  })
})

describe('append-only tables', () => {
  beforeAll(async () => {
    const caseId = randomUUID()
    await test.db.query(
      `INSERT INTO cases (id, code, title, category_name, source, stage, reported_at)
       VALUES ($1, 'A-1', '井盖', '井盖', 'patrol', 'accept', now())`,
      [caseId],
    )
    await test.db.query(`INSERT INTO case_steps (case_id, at, stage) VALUES ($1, now(), 'accept')`, [caseId])
    await test.db.query(
      `INSERT INTO audit_log (id, at, action, resource, detail, previous_hash, hash)
       VALUES (1000000, now(), 'test', 'test', '{}', '', '')`,
    )
  })

  it.each([
    'UPDATE case_steps SET note = NULL',
    'DELETE FROM case_steps',
    'TRUNCATE case_steps',
    `UPDATE audit_log SET action = 'other'`,
    'DELETE FROM audit_log',
    'TRUNCATE audit_log CASCADE',
  ])('refuse %s', async (statement) => {
    await expect(test.db.query(statement)).rejects.toThrow('append-only')
  })
})
