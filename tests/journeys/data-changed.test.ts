import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertCase, insertStreet } from '../support/builders.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ dataPollMs: 50 })
})
afterAll(() => server.stop())

it('tells every signed-in screen which layers changed, whoever wrote them', async () => {
  const client = await server.signInAs('dispatcher', { scope: 'everywhere' })
  const socket = await client.connect()
  const told = new Map<string, number>()
  socket.on('data:changed', ({ versions }) => {
    for (const [layer, version] of Object.entries(versions)) told.set(layer, version)
  })
  await insertStreet(server.test.db)
  await insertCase(server.test.db)
  const [stored] = await server.test.db.query(`SELECT version FROM data_versions WHERE layer = 'cases'`)
  await expect.poll(() => told.get('cases')).toBe((stored as { version: number }).version)
  await expect.poll(() => told.has('areas')).toBe(true)
  expect(told.has('buildings')).toBe(false)
})
