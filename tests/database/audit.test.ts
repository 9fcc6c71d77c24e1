import { afterAll, beforeAll, expect, it } from 'vitest'
import { auditQueries } from '../../server/audit/audit.queries.ts'
import { audit } from '../../server/audit/audit.ts'
import { verifyChain } from '../../server/audit/verify-chain.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const note = (detail: Record<string, unknown>, more: { areaPath?: string | null; resourceId?: string } = {}) => ({
  actor: null,
  action: 'account.change',
  resource: 'account',
  resourceId: more.resourceId ?? null,
  areaPath: more.areaPath ?? null,
  detail,
})
const write = (entry: ReturnType<typeof note>) => test.db.transaction((tx) => audit(tx, entry))

it('numbers entries without a gap and chains them, also when several write at once', async () => {
  const lanes = [0, 1, 2, 3].map(async (lane) => {
    for (let at = 0; at < 6; at++) await write(note({ mark: `${lane}-${at}`, b: 1.5, a: ['甲', { z: 1, y: null }] }))
  })
  await Promise.all(lanes)
  const rows = await auditQueries(test.db).chain(0, 100)
  expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1))
  expect(new Set(rows.map(({ detail }) => detail.mark)).size).toBe(24)
  expect(await verifyChain(auditQueries(test.db))).toEqual({ isWhole: true, entries: 24 })
})

it('leaves neither entry nor number behind when the transaction fails', async () => {
  const before = await auditQueries(test.db).head()
  const failing = test.db.transaction(async (tx) => {
    await audit(tx, note({ lost: true }))
    throw new Error('the work failed')
  })
  await expect(failing).rejects.toThrow('the work failed')
  expect(await auditQueries(test.db).head()).toEqual(before)
})

it('keeps phone numbers, tokens and passwords out of the detail', async () => {
  await write(
    note({ password: 'geheim', token: 'abc', phone: '13800138000', text: '请拨 13800138000', code: '440311001001001' }),
  )
  const [entry] = await auditQueries(test.db).list({ scope: ['/'] }, { before: null, limit: 1 })
  expect(entry?.detail).toEqual({
    password: '***',
    token: '***',
    phone: '***',
    text: '请拨 138****8000',
    code: '440311001001001',
  })
})

it('shows an area its entries, the whole installation its own only to a reader of everywhere', async () => {
  await write(note({ name: 'inside' }, { areaPath: '/440311001/440311001001/' }))
  await write(note({ name: 'elsewhere' }, { areaPath: '/440311001/440311001002/' }))
  const names = async (scope: string[]) =>
    (await auditQueries(test.db).list({ scope }, { before: null, limit: 100 })).map(({ detail }) => detail.name)
  expect(await names(['/440311001/440311001001/'])).toEqual(['inside'])
  expect(await names(['/440311001/'])).toEqual(['elsewhere', 'inside'])
  expect((await names(['/'])).length).toBe((await auditQueries(test.db).head()).id)
})

it('shows a member only what concerns himself', async () => {
  const me = 'b9d3f6de-0000-7000-8000-000000000001'
  await write(note({ name: 'mine' }, { resourceId: me }))
  const mine = await auditQueries(test.db).list({ memberId: null, accountId: me }, { before: null, limit: 100 })
  expect(mine.map(({ detail }) => detail.name)).toEqual(['mine'])
})

it('refuses to change, delete or empty the log', async () => {
  await expect(test.db.query("UPDATE audit_log SET action = 'x' WHERE id = 1")).rejects.toThrow('append-only')
  await expect(test.db.query('DELETE FROM audit_log WHERE id = 1')).rejects.toThrow('append-only')
  await expect(test.db.query('TRUNCATE audit_log')).rejects.toThrow('append-only')
})

it('finds an altered entry, a removed one and a cut-off end, even past the trigger', async () => {
  const queries = auditQueries(test.db)
  const tamper = async (statement: string) => {
    await test.db.query('ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only')
    await test.db.query(statement)
    await test.db.query('ALTER TABLE audit_log ENABLE TRIGGER audit_log_append_only')
    return verifyChain(queries)
  }
  const { id } = await queries.head()
  expect(await tamper(`DELETE FROM audit_log WHERE id = ${id}`)).toMatchObject({ isWhole: false, brokenAt: id })
  expect(await tamper("UPDATE audit_log SET actor = 'somebody else' WHERE id = 20")).toMatchObject({ brokenAt: 20 })
  expect(await tamper('DELETE FROM audit_log WHERE id = 10')).toMatchObject({ brokenAt: 10 })
})
