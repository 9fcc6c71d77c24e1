/** What attackers try at the door: default passwords, blank ones, planted sessions, links used for something else. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFirstLinks } from '../../server/auth/first-links.ts'
import { hashSecret } from '../../server/auth/secrets.ts'
import { insertAccount, type TestAccount } from '../support/accounts.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const PASSWORD = 'a password of its own'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const signIn = (name: string, password: string, headers: Record<string, string> = {}) =>
  server.anonymous.call('session.signIn', { body: { name, password }, headers })
const press = (url: string, headers: Record<string, string> = { origin: server.origin }) =>
  fetch(url, { method: 'POST', headers, redirect: 'manual' })
const cookieOf = ({ headers }: { headers: Headers }) => headers.getSetCookie()[0]?.split(';')[0] ?? ''

async function accountWithPassword(): Promise<TestAccount> {
  const account = await insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere' })
  const client = await server.signIn(account)
  await client.call('session.setPassword', { body: { current: null, next: PASSWORD } })
  return account
}

it('a fresh installation has no way in but the links it printed, and those work once', async () => {
  const links = await createFirstLinks(server.test.db, server.origin, { withDemo: true })
  expect(links.map(({ role }) => role)).toEqual(['streetAdmin'])
  for (const name of ['admin', 'root', 'dispatcher', 'gelin'])
    for (const password of ['admin', 'password', '123456', name])
      expect((await signIn(name, password)).status).toBe(401)
  for (const path of ['/register', '/api/register', '/api/users', '/setup', '/api/setup'])
    expect(
      (await fetch(`${server.origin}${path}`, { method: 'POST', headers: { origin: server.origin } })).status,
    ).toBe(404)

  const url = links[0]?.url ?? ''
  const first = await press(url)
  expect(first.status).toBe(303)
  expect((await press(url)).status).toBe(410)
  const me = await server.anonymous.call('session.see', { headers: { cookie: cookieOf(first) } })
  expect(me.body).toMatchObject({ role: 'streetAdmin', scope: [], hasPassword: false })
  expect(await createFirstLinks(server.test.db, server.origin, { withDemo: true })).toEqual([])
})

it('with the demo there is a link for one account of each kind of desk, in this order', async () => {
  const fresh = await startTestServer()
  for (const role of ['department', 'member', 'gridLeader', 'dispatcher', 'dispatcher'] as const)
    await insertAccount(fresh.test.db, role, { scope: 'everywhere' })
  const roles = async (withDemo: boolean) =>
    (await createFirstLinks(fresh.test.db, fresh.origin, { withDemo })).map(({ role }) => role)
  expect(await roles(true)).toEqual(['streetAdmin', 'dispatcher', 'member', 'department'])
  expect(await roles(false)).toEqual(['streetAdmin'])
  await fresh.stop()
})

it('a link of 31 minutes ago is gone, one that never was is not found', async () => {
  const account = await insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere' })
  const url = await server.newLink(account)
  const token = url.split('/').at(-1) ?? ''
  await server.test.db.query(
    "UPDATE sign_in_links SET expires_at = expires_at - interval '31 minutes' WHERE token_hash = $1",
    [hashSecret(token)],
  )
  expect((await press(url)).status).toBe(410)
  expect((await press(`${server.origin}/sign-in/${'x'.repeat(43)}`)).status).toBe(404)
})

it('of many presses at once exactly one signs in', async () => {
  const account = await insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere' })
  const url = await server.newLink(account)
  const answers = await Promise.all(Array.from({ length: 8 }, () => press(url)))
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(7).fill(410)])
})

it('a link token is no session, and a session secret is no link', async () => {
  const account = await insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere' })
  const token = (await server.newLink(account)).split('/').at(-1)
  const asSession = await server.anonymous.call('session.see', { headers: { cookie: `__Host-sid=${token}` } })
  expect(asSession.body).toBeNull()
  const { cookie } = await server.signIn(account)
  expect((await press(`${server.origin}/sign-in/${cookie.split('=')[1]}`)).status).toBe(404)
})

it('no other page can sign a browser in (login CSRF), by link or by password', async () => {
  const account = await accountWithPassword()
  const url = await server.newLink(account)
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<string, string>[])
    expect((await press(url, headers)).status).toBe(403)
  const crossSite = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect((await signIn(account.signInName, PASSWORD, crossSite)).status).toBe(403)
  expect((await press(url)).status).toBe(303)
})

it.each(['', ' ', '\t\n', '　', '\u00A0'])(
  'refuses the blank password %j before it looks anybody up',
  async (password) => {
    const account = await insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere' })
    const failures = () =>
      server.test.db.query("SELECT 1 FROM audit_log WHERE action = 'session.signInFailed' AND resource_id = $1", [
        account.id,
      ])
    expect((await signIn(account.signInName, password)).status).toBe(422)
    expect(await failures()).toEqual([])
  },
)

it('a planted session is not promoted: signing in gives a new secret and ends the old one (fixation)', async () => {
  const account = await accountWithPassword()
  const planted = await server.signIn(await insertAccount(server.test.db, 'member', { scope: 'everywhere' }))
  const byPassword = await signIn(account.signInName, PASSWORD, { cookie: planted.cookie })
  expect(byPassword.status).toBe(200)
  expect(cookieOf(byPassword)).not.toBe(planted.cookie)
  expect((await planted.call('session.see')).body).toBeNull()

  const invented = await signIn(account.signInName, PASSWORD, { cookie: '__Host-sid=chosen-by-the-attacker' })
  expect(cookieOf(invented)).not.toContain('chosen-by-the-attacker')

  const again = await server.signIn(account)
  const byLink = await press(await server.newLink(account), { origin: server.origin, cookie: again.cookie })
  expect(cookieOf(byLink)).not.toBe(again.cookie)
  expect((await again.call('session.see')).body).toBeNull()
})

it('says the same of a wrong password, an unknown name, a disabled account and one without a password', async () => {
  const known = await accountWithPassword()
  const disabled = await accountWithPassword()
  await server.test.db.query('UPDATE accounts SET is_disabled = true WHERE id = $1', [disabled.id])
  const bare = await insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere' })
  const answers = await Promise.all([
    signIn(known.signInName, 'not the password'),
    signIn('nobody.of.that.name', PASSWORD),
    signIn(disabled.signInName, PASSWORD),
    signIn(bare.signInName, PASSWORD),
  ])
  for (const answer of answers) {
    expect(answer.status).toBe(401)
    expect(answer.body).toEqual(answers[0]?.body)
    expect(answer.headers.getSetCookie()).toEqual([])
  }
})

it('a password change while a sign-in is under way leaves no session of the old password', async () => {
  const account = await accountWithPassword()
  const signingIn = Array.from({ length: 6 }, () => signIn(account.signInName, PASSWORD))
  await server.test.db.query(
    'UPDATE accounts SET authorisation_version = authorisation_version + 1, password_hash = NULL WHERE id = $1',
    [account.id],
  )
  for (const answer of await Promise.all(signingIn)) {
    const me = await server.anonymous.call('session.see', { headers: { cookie: cookieOf(answer) } })
    expect(me.body).toBeNull()
  }
})

it('a refusal page shows text from outside as text', async () => {
  const page = await fetch(`${server.origin}/sign-in/${encodeURIComponent('<img src=x onerror=alert(1)>')}`, {
    headers: { accept: 'text/html' },
  })
  expect(page.status).toBe(404)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(await page.text()).not.toContain('<img')
})

it.each([
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '</title><svg onload=alert(1)>',
  '&lt;b&gt;',
  '{{constructor.constructor("alert(1)")()}}',
])('the sign-in page shows the name %s as text', async (name) => {
  const account = await insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere', name })
  const html = await (await fetch(await server.newLink(account))).text()
  const shown = /<bdi>(.*?)<\/bdi>/s.exec(html)?.[1] ?? ''
  expect(shown).not.toMatch(/[<>"']/)
  const decoded = shown.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
  expect(decoded).toBe(name)
  expect(html.match(/<script|<img|<svg/g)).toBeNull()
})
