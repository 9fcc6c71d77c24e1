/** One-time links: looking does not spend them, pressing does, once. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertAccount } from '../support/accounts.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

it('shows a button on GET without spending the link, signs in on POST, and is gone after that', async () => {
  const account = await insertAccount(server.test.db, 'dispatcher', { scope: 'everywhere', name: '王<b>调</b>度' })
  const url = await server.newLink(account)
  for (let look = 0; look < 3; look++) {
    const page = await fetch(url)
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('<button')
    expect(html).toContain('王&#60;b&#62;调&#60;/b&#62;度')
  }
  const press = () => fetch(url, { method: 'POST', headers: { origin: server.origin }, redirect: 'manual' })
  expect((await press()).status).toBe(303)
  expect((await press()).status).toBe(410)
  expect((await fetch(url)).status).toBe(410)
})
