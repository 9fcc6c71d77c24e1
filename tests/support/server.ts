/** A real web server on a free port over a test database, and clients that are signed in as a role. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { io, type Socket } from 'socket.io-client'
import * as socketParser from 'socket.io-parser'
import { CALLER_NAMESPACE, type CallerToServer, type ServerToCaller } from '../../contract/caller-events.ts'
import type { ClientToServer, ServerToClient } from '../../contract/events.ts'
import { frameParser, type ParserClasses } from '../../contract/frame-parser.ts'
import type { AccountRole } from '../../contract/roles.ts'
import { type Route, type RouteId, routes } from '../../contract/routes.ts'
import { createWeb, type Web, type WebConfig, type WebOptions } from '../../server/web.ts'
import { type AccountOptions, insertAccount, type TestAccount } from './accounts.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every route
  body: any
  headers: Headers
}

export interface CallInput {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
}

export interface TestClient {
  account: TestAccount
  /** The Cookie header of this client's session. */
  cookie: string
  call(id: RouteId, input?: CallInput): Promise<Answer>
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** A connected socket; rejects with the server's reason when it is refused. */
  connect(): Promise<TestSocket>
}
export type TestSocket = Socket<ServerToClient, ClientToServer>
export type TestCallerSocket = Socket<ServerToCaller, CallerToServer>

export interface TestServer {
  origin: string
  test: TestDatabase
  web: Web
  /** The installation's DATA_DIR. */
  dataDir: string
  /** Makes an account and signs it in through a one-time link, as a browser would. */
  signInAs(role: AccountRole, options: AccountOptions): Promise<TestClient>
  /** Signs an existing account in. */
  signIn(account: TestAccount): Promise<TestClient>
  /** The address of a fresh one-time link. */
  newLink(account: TestAccount): Promise<string>
  /** Calls without a session. */
  anonymous: Omit<TestClient, 'account'>
  stop(): Promise<void>
}

/** Call in beforeAll, and `stop` in afterAll. Errors the server logs fail no test; pass `logLevel` to see them. */
export async function startTestServer({
  ice,
  ...options
}: WebOptions & Partial<Pick<WebConfig, 'ice'>> & { logLevel?: string } = {}): Promise<TestServer> {
  const test = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'gelin-data-'))
  const address = { dataDir, address: test.address }
  const config = { port: 0, host: '127.0.0.1', publicOrigins: [], trustedProxies: 0, useTls: false, ice, ...address }
  // Rows that a test writes would be told at some moment of their own; a test that wants it sets dataPollMs.
  const web = createWeb(config, test.db, pino({ level: options.logLevel ?? 'silent' }), {
    dataPollMs: null,
    ...options,
  })
  const port = await web.listen()
  await web.alive()
  const origin = `http://127.0.0.1:${port}`
  const sockets: TestSocket[] = []

  const clientWith = (cookie: string): Omit<TestClient, 'account'> => ({
    cookie,
    fetch: (path, init = {}) =>
      fetch(`${origin}${path}`, { redirect: 'manual', ...init, headers: { cookie, origin, ...init.headers } }),
    call: (id, input) => callRoute(origin, cookie, id, input ?? {}),
    connect: () => connectSocket(origin, cookie, sockets),
  })

  const newLink = async (account: TestAccount) =>
    (await web.auth.links.create({ accountId: account.id, origin, actor: null, areaPath: null })).url

  const signIn = async (account: TestAccount): Promise<TestClient> => {
    const answer = await fetch(await newLink(account), { method: 'POST', headers: { origin }, redirect: 'manual' })
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
    if (answer.status !== 303 || !cookie) throw new Error(`Signing in was answered with ${answer.status}.`)
    return { account, ...clientWith(cookie) }
  }

  return {
    origin,
    test,
    web,
    dataDir,
    newLink,
    signIn,
    signInAs: async (role, accountOptions) => signIn(await insertAccount(test.db, role, accountOptions)),
    anonymous: clientWith(''),
    async stop() {
      for (const socket of sockets) socket.disconnect()
      await web.close()
      await test.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The address of a route with its parameters put in. */
export function addressOf(route: Pick<Route, 'path'>, { params = {}, query }: CallInput = {}): string {
  const path = route.path.replace(/:([a-z]+)/gi, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return query ? `${path}?${new URLSearchParams(query)}` : path
}

async function callRoute(origin: string, cookie: string, id: RouteId, input: CallInput): Promise<Answer> {
  const route: Route = routes[id]
  const headers: Record<string, string> = { origin, cookie, ...input.headers }
  let body: BodyInit | undefined
  if (route.isUpload) {
    headers['content-type'] = 'application/octet-stream'
    body = String(input.body ?? '')
  } else if (input.body !== undefined) {
    headers['content-type'] = 'application/json'
    body = JSON.stringify(input.body)
  }
  const answer = await fetch(`${origin}${addressOf(route, input)}`, { method: route.method, headers, body })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? null : parsed(text), headers: answer.headers }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Opens a socket as a browser would: WebSocket only, with Origin and cookie. */
export function connectSocket(
  origin: string,
  cookie: string,
  sockets: TestSocket[] = [],
  headers: Record<string, string> = { origin },
): Promise<TestSocket> {
  const socket: TestSocket = io(origin, {
    transports: ['websocket'],
    parser: frameParser(socketParser as unknown as ParserClasses, true),
    forceNew: true,
    reconnection: false,
    extraHeaders: { ...headers, cookie },
  })
  sockets.push(socket)
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', (error) => {
      socket.disconnect()
      reject(error)
    })
  })
}

/** Opens a caller's socket, or whatever pretends to be one; `listen` is called before anything can arrive. */
export function connectCaller(
  origin: string,
  auth: object,
  listen: (socket: TestCallerSocket) => void = () => {},
  headers: Record<string, string> = { origin },
): Promise<TestCallerSocket> {
  const socket: TestCallerSocket = io(`${origin}${CALLER_NAMESPACE}`, {
    transports: ['websocket'],
    auth,
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  })
  listen(socket)
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', (error) => {
      socket.disconnect()
      reject(error)
    })
  })
}
