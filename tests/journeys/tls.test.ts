/** `--tls`: an authority that is made once, a certificate for every address, HTTPS and WSS that trust them. */
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareTls, type TlsMaterial } from '../../server/tls/certificates.ts'
import { urlHosts } from '../../server/tls/local-hosts.ts'
import { createWeb, type Web } from '../../server/web.ts'
import { insertAccount } from '../support/accounts.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const HOSTS = { names: ['localhost', 'desk-7'], addresses: ['127.0.0.1', '192.168.5.20', 'fd00::20'] }

let dataDir: string
let test: TestDatabase
let tls: TlsMaterial
let web: Web
let port: number

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gelin-tls-'))
  test = await createTestDatabase()
  tls = await prepareTls(dataDir, HOSTS)
  const places = { dataDir, address: test.address, publicOrigins: [] }
  const config = { ...places, port: 0, host: '127.0.0.1', trustedProxies: 0, useTls: true }
  web = createWeb(config, test.db, pino({ level: 'silent' }), { tls: { ...tls, hosts: urlHosts(HOSTS) } })
  port = await web.listen()
})
afterAll(async () => {
  await web.close()
  await test.drop()
  await rm(dataDir, { recursive: true })
})

interface Got {
  status: number | undefined
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** Trusts nothing but the trial's authority. */
function get(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: 'localhost', port, path, method, headers, ca: tls.ca }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

it('keeps the authority where only its owner reads it, and makes it once', async () => {
  for (const name of ['ca.key', 'ca.crt']) expect((await stat(join(dataDir, 'tls', name))).mode & 0o777).toBe(0o600)
  expect((await stat(join(dataDir, 'tls'))).mode & 0o777).toBe(0o700)
  const again = await prepareTls(dataDir, HOSTS)
  expect(again.caFingerprint).toBe(tls.caFingerprint)
  expect(again.cert).not.toBe(tls.cert)
})

it('makes a new authority when the old one would not outlive a trial', async () => {
  const other = await mkdtemp(join(tmpdir(), 'gelin-tls-'))
  const inThePast = Date.now() - 3 * 365 * 86_400_000
  const old = await prepareTls(other, HOSTS, inThePast)
  expect((await prepareTls(other, HOSTS)).caFingerprint).not.toBe(old.caFingerprint)
  await rm(other, { recursive: true })
})

it('names every address in a certificate that phones accept', () => {
  const server = new X509Certificate(tls.cert)
  const authority = new X509Certificate(tls.ca)
  expect(server.checkHost('desk-7')).toBe('desk-7')
  for (const address of HOSTS.addresses) expect(server.checkIP(address)).toBeDefined()
  expect(server.checkIssued(authority) && server.verify(authority.publicKey)).toBe(true)
  expect(authority.ca && !server.ca).toBe(true)
  expect(Date.parse(server.validTo) - Date.parse(server.validFrom)).toBeLessThan(398 * 86_400_000)
})

it('serves pages over it, offers the authority for installation, and teaches no browser HSTS', async () => {
  expect((await get('/healthz')).status).toBe(200)
  const offered = await get('/ca.crt')
  expect(offered.body).toBe(await readFile(join(dataDir, 'tls', 'ca.crt'), 'utf8'))
  expect(offered.headers['content-type']).toContain('application/x-x509-ca-cert')
  expect(offered.headers['strict-transport-security']).toBeUndefined()
})

it('takes sign-in and sockets from the pages of every address, and from no other', async () => {
  const account = await insertAccount(test.db, 'dispatcher', { scope: 'everywhere' })
  const own = `https://192.168.5.20:${port}`
  const link = async () =>
    new URL((await web.auth.links.create({ accountId: account.id, origin: own, actor: null, areaPath: null })).url)
      .pathname
  expect((await get(await link(), 'POST', { origin: `http://192.168.5.20:${port}` })).status).toBe(403)
  const pressed = await get(await link(), 'POST', { origin: own })
  expect(pressed.status).toBe(303)
  const cookie = String(pressed.headers['set-cookie']).split(';')[0] ?? ''
  const socket = io(`https://localhost:${port}`, {
    transports: ['websocket'],
    reconnection: false,
    ca: tls.ca,
    extraHeaders: { origin: own, cookie },
  })
  await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(null))
    socket.once('connect_error', reject)
  })
  socket.disconnect()
})
