/** Session riding: no other site's page writes or listens; and what the answers tell browsers. */
import { request } from 'node:http'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Route, routes } from '../../contract/routes.ts'
import { addressOf, connectCaller, startTestServer, type TestClient, type TestServer } from '../support/server.ts'

let server: TestServer
let client: TestClient
beforeAll(async () => {
  server = await startTestServer()
  client = await server.signInAs('streetAdmin', { scope: 'everywhere' })
})
afterAll(() => server.stop())

/** The bare HTTP answer to a WebSocket handshake. */
function handshake(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.origin}/socket.io/?EIO=4&transport=websocket`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        cookie: client.cookie,
        ...headers,
      },
    })
    asked.on('response', (response) => resolve(response.statusCode))
    asked.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode)
    })
    asked.on('error', reject)
    asked.end()
  })
}

describe('WebSocket handshake', () => {
  it('opens for our own pages', async () => {
    expect(await handshake({ origin: server.origin })).toBe(101)
  })

  it.each(['https://evil.example', 'null', 'http://127.0.0.1', 'http://127.0.0.1.evil.example', ''])(
    'is refused with 403 for Origin %j',
    async (origin) => {
      expect(await handshake(origin === '' ? {} : { origin })).toBe(403)
    },
  )

  it("opens a caller's namespace for our own pages only", async () => {
    const auth = { secret: 'a'.repeat(43) }
    await expect(connectCaller(server.origin, auth)).rejects.toThrow('not_found')
    for (const headers of [{ origin: 'https://evil.example' }, {}])
      await expect(connectCaller(server.origin, auth, undefined, headers as never)).rejects.toThrow('websocket error')
  })

  it('is not to be had by polling', async () => {
    const answer = await client.fetch('/socket.io/?EIO=4&transport=polling')
    expect(answer.status).toBe(400)
  })
})

describe('writes', () => {
  const writes = Object.entries(routes as Record<string, Route>).filter(([, { method }]) => method !== 'GET')
  const send = (route: Route, headers: Record<string, string>) =>
    fetch(`${server.origin}${addressOf(route, { params: { id: uuid() } })}`, {
      method: route.method,
      headers: { cookie: client.cookie, ...headers },
    })

  it.each(writes)('%s from a foreign form or script is refused', async (_id, route) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await send(route, { ...form, origin: 'https://evil.example' })).status).toBe(403)
    expect((await send(route, { ...form, origin: 'null' })).status).toBe(403)
    expect((await send(route, form)).status).toBe(403)
    expect((await send(route, { origin: server.origin, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  it('refused writes changed nothing: the session still stands', async () => {
    expect((await client.call('session.see')).body).not.toBeNull()
  })

  it('a program without Origin shows itself by a header that no form can set', async () => {
    const answer = await fetch(`${server.origin}/api/session/activity`, {
      method: 'POST',
      headers: { cookie: client.cookie, 'x-gelin': '1' },
    })
    expect(answer.status).toBe(200)
  })
})

describe('answers', () => {
  const EXPECTED_POLICY = [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "media-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default vue',
  ]

  it.each(['/healthz', '/api/session', '/nothing-here', '/sign-in/x', '/tiles/base/1/0/0/0'])(
    '%s carries the strict policy and says nothing of the server',
    async (path) => {
      const { headers } = await client.fetch(path)
      expect(headers.get('content-security-policy')?.split(/;\s*/)).toEqual(EXPECTED_POLICY)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  it('a browser that goes astray reads a page, a program reads JSON', async () => {
    const page = await client.fetch('/nothing-here', { headers: { accept: 'text/html,*/*;q=0.8' } })
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('这里没有这个页面')
    const answer = await client.fetch('/api/nothing-here')
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'not_found'])
  })

  it('the session cookie is of this host only, unreadable by scripts, and sent to our pages alone', async () => {
    const url = await server.newLink(client.account)
    const pressed = await fetch(url, { method: 'POST', headers: { origin: server.origin }, redirect: 'manual' })
    const [cookie = ''] = pressed.headers.getSetCookie()
    const [pair = '', ...flags] = cookie.split('; ')
    expect(pair).toMatch(/^__Host-sid=[\w-]{43}$/)
    expect(flags.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure'])
    expect(pressed.headers.get('cache-control')).toBe('no-store')
  })

  it('what a session reads is stored by no cache', async () => {
    for (const id of ['session.see', 'accounts.list', 'audit.list'] as const)
      expect((await client.call(id)).headers.get('cache-control')).toBe('no-store')
  })

  it('a fault gives away a number to quote, nothing else', async () => {
    await server.test.db.query('ALTER TABLE audit_head RENAME TO audit_head_away')
    const account = await client.call('accounts.link', { params: { id: uuid() } })
    expect(account.status).toBe(404)
    const fault = await client.call('session.setPassword', { body: { current: null, next: 'long enough for this' } })
    await server.test.db.query('ALTER TABLE audit_head_away RENAME TO audit_head')
    expect(fault.status).toBe(500)
    expect(Object.keys(fault.body).sort()).toEqual(['code', 'correlationId', 'message'])
    expect(JSON.stringify(fault.body)).not.toMatch(/audit_head|SELECT|\.ts/)
  })
})
