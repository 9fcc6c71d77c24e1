/** Sessions: passwords, the idle lock, the end after a shift, and who is put out by what. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { routes } from '../../contract/routes.ts'
import { insertAccount, type TestAccount } from '../support/accounts.ts'
import { type Answer, startTestServer, type TestClient, type TestServer } from '../support/server.ts'

const PASSWORD = '春风又绿江南岸明月何时照我还'
const OTHER = 'another good password'

let server: TestServer
let account: TestAccount
let client: TestClient

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  account = await insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere' })
  client = await server.signIn(account)
})

const cookieOf = (answer: Answer) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
const withCookie = (cookie: string) => ({ headers: { cookie } })
const see = async (cookie: string) => (await server.anonymous.call('session.see', withCookie(cookie))).body
const signIn = (password: string, cookie = '', name = account.signInName) =>
  server.anonymous.call('session.signIn', { body: { name, password }, ...withCookie(cookie) })
const setPassword = (cookie: string, current: string | null, next: string) =>
  server.anonymous.call('session.setPassword', { body: { current, next }, ...withCookie(cookie) })
const age = (minutes: number, column: 'active_at' | 'created_at' | 'expires_at') =>
  server.test.db.query(`UPDATE sessions SET ${column} = ${column} - $2 * interval '1 minute' WHERE account_id = $1`, [
    account.id,
    minutes,
  ])

it('sets a first password without a current one, and signs in with it, whatever the case of the name', async () => {
  const answer = await setPassword(client.cookie, null, PASSWORD)
  expect(answer.body).toMatchObject({ hasPassword: true, asksCurrentPassword: true })
  const again = await signIn(PASSWORD, '', account.signInName.toUpperCase())
  expect(again).toMatchObject({ status: 200, body: { accountId: account.id } })
  expect(await see(cookieOf(again))).toMatchObject({ accountId: account.id })
})

it('ends every other session when the password changes; the one that changed it goes on under a new cookie', async () => {
  const elsewhere = await server.signIn(account)
  const answer = await setPassword(client.cookie, null, PASSWORD)
  expect(await see(elsewhere.cookie)).toBeNull()
  expect(await see(client.cookie)).toBeNull()
  expect(await see(cookieOf(answer))).toMatchObject({ accountId: account.id })
})

it('asks for the current password, except of a session fresh from a link', async () => {
  const first = cookieOf(await setPassword(client.cookie, null, PASSWORD))
  expect(await setPassword(first, 'not the current one', OTHER)).toMatchObject({
    status: 401,
    body: { code: 'sign_in_failed', fields: { current: expect.any(String) } },
  })
  expect((await setPassword(first, null, OTHER)).status).toBe(401)
  expect((await setPassword(first, PASSWORD, OTHER)).status).toBe(200)

  const forgot = await server.signIn(account)
  expect(await see(forgot.cookie)).toMatchObject({ hasPassword: true, asksCurrentPassword: false })
  await age(31, 'created_at')
  expect(await see(forgot.cookie)).toMatchObject({ asksCurrentPassword: true })
  const fresh = await server.signIn(account)
  expect((await setPassword(fresh.cookie, null, PASSWORD)).status).toBe(200)
})

it.each(['short', '            x', 'x'.repeat(201)])('refuses the new password %j', async (next) => {
  expect((await setPassword(client.cookie, null, next)).status).toBe(422)
})

it('stores neither password nor secret, only argon2id and SHA-256', async () => {
  const cookie = cookieOf(await setPassword(client.cookie, null, PASSWORD))
  const secret = cookie.split('=')[1] ?? ''
  const [row] = await server.test.db.query<{ hash: string }>(
    'SELECT password_hash AS hash FROM accounts WHERE id = $1',
    [account.id],
  )
  expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const [dump] = await server.test.db.query<{ text: string }>(
    'SELECT (SELECT json_agg(s)::text FROM sessions s) || (SELECT json_agg(a)::text FROM audit_log a) AS text',
  )
  expect(dump?.text).not.toContain(secret)
  expect(dump?.text).not.toContain(PASSWORD)
})

it('locks after 30 idle minutes: everything but looking, unlocking and signing out is refused', async () => {
  const cookie = cookieOf(await setPassword(client.cookie, null, PASSWORD))
  await age(29, 'active_at')
  expect((await server.anonymous.call('district.see', withCookie(cookie))).status).toBe(200)
  await age(2, 'active_at')
  for (const id of ['district.see', 'audit.list', 'session.touch'] as const)
    expect(await server.anonymous.call(id, withCookie(cookie))).toMatchObject({
      status: 401,
      body: { code: 'session_locked' },
    })
  expect(await see(cookie)).toMatchObject({ isLocked: true })
  const unlock = (password: string) =>
    server.anonymous.call('session.unlock', { body: { password }, ...withCookie(cookie) })
  expect((await unlock(OTHER)).status).toBe(401)
  expect((await unlock(PASSWORD)).body).toMatchObject({ isLocked: false })
  expect((await server.anonymous.call('district.see', withCookie(cookie))).status).toBe(200)
})

it('asking for data is no activity, only session.touch is', async () => {
  await age(20, 'active_at')
  await client.call('district.see')
  await age(11, 'active_at')
  expect((await client.call('district.see')).body.code).toBe('session_locked')

  const other = await server.signIn(account)
  await age(20, 'active_at')
  await other.call('session.touch')
  await age(11, 'active_at')
  expect((await other.call('district.see')).status).toBe(200)
})

it('a locked screen may also be opened by a new link, which ends the locked session', async () => {
  await age(31, 'active_at')
  const url = await server.newLink(account)
  const pressed = await fetch(url, {
    method: 'POST',
    headers: { origin: server.origin, cookie: client.cookie },
    redirect: 'manual',
  })
  expect(pressed.status).toBe(303)
  expect(await see(client.cookie)).toBeNull()
})

it('a locked session may sign out', async () => {
  await age(31, 'active_at')
  expect((await client.call('session.signOut')).status).toBe(200)
  expect(await see(client.cookie)).toBeNull()
})

it('ends after twelve hours, however active', async () => {
  const { expiresAt } = await see(client.cookie)
  expect(expiresAt - Date.now()).toBeLessThanOrEqual(12 * 3_600_000)
  expect(expiresAt - Date.now()).toBeGreaterThan(11.9 * 3_600_000)
  await age(12 * 60 + 1, 'expires_at')
  expect(await see(client.cookie)).toBeNull()
  expect((await client.call('session.touch')).status).toBe(401)
})

it('answers without a session as not signed in', async () => {
  expect(await see('')).toBeNull()
  const unlock = await server.anonymous.call('session.unlock', { body: { password: PASSWORD } })
  expect(unlock).toMatchObject({ status: 401, body: { code: 'not_signed_in' } })
  expect(routes['session.unlock'].action).toBe('public')
})
