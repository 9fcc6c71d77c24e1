import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAuth } from '../../server/auth/auth.ts'
import { consoleLink } from '../../server/auth/console-link.ts'
import { insertAccount } from '../support/accounts.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  const make = (role: 'dispatcher' | 'department', signInName: string, name: string) =>
    insertAccount(test.db, role, { scope: 'everywhere', signInName, name })
  await make('dispatcher', 'zhang', '张敏')
  await make('dispatcher', 'li', '李强')
  await make('department', 'chengguan', '城管中队')
  await make('department', 'dispatcher-2', '张敏')
  const gone = await make('dispatcher', 'gone', '走了')
  await test.db.query('UPDATE accounts SET is_disabled = true WHERE id = $1', [gone.id])
})
afterAll(() => test.drop())

const ask = (wanted: string) => consoleLink(createAuth(test.db).links, wanted, 'http://localhost:8080')

it.each([
  ['ZHANG', '张敏 (dispatcher)'],
  ['李强', '李强 (dispatcher)'],
  ['chengguan', '城管中队 (department)'],
])('gives a link for %s', async (wanted, account) => {
  const { isMade, text } = await ask(wanted)
  expect(isMade).toBe(true)
  expect(text).toContain(account)
  expect(text).toMatch(/^http:\/\/localhost:8080\/sign-in\/[\w-]{43}$/m)
})

it.each([
  ['dispatcher', ['zhang', 'li']],
  ['张敏', ['zhang', 'dispatcher-2']],
])('lists the sign-in names when %s may be several', async (wanted, names) => {
  const { isMade, text } = await ask(wanted)
  expect(isMade).toBe(false)
  for (const name of names) expect(text).toContain(`  ${name}  `)
  expect(text).not.toContain('gone')
})

it.each(['nobody', 'gone', "' OR true --", ''])('says how to ask when nobody is meant by %j', async (wanted) => {
  const { isMade, text } = await ask(wanted)
  expect(isMade).toBe(false)
  expect(text).toContain('npm run signin -- NAME|ROLE')
  expect(text).not.toContain('/sign-in/')
})

it('leads to where the server was last reached', async () => {
  const { links } = createAuth(test.db)
  await links.noteHomeOrigin('https://grid.example')
  await links.noteHomeOrigin('https://grid.example:8443')
  expect((await ask('zhang')).text).toContain('\nhttps://grid.example:8443/sign-in/')
})
