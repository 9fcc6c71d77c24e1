/** Socket.IO: who may connect, which rooms a session belongs to, and telling them what changed. */
import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import * as socketParser from 'socket.io-parser'
import * as z from 'zod/mini'
import { CALLER_NAMESPACE } from '#contract/caller-events'
import {
  type Acknowledgement,
  type ClientAnswers,
  type ClientEventName,
  type ClientEventPayload,
  type ClientToServer,
  clientEvents,
  type ServerEventName,
  type ServerEventPayload,
  type ServerToClient,
  serverEvents,
} from '#contract/events'
import { frameParser, type ParserClasses } from '#contract/frame-parser'
import { grantFor, roles } from '#contract/roles'
import { readSessionCookie } from './auth/cookie.ts'
import type { Session, SessionsService } from './auth/sessions.service.ts'
import type { Viewer } from './auth/viewer.ts'
import { type CallerLiveParts, type CallerNamespace, serveCallers, type TellCaller } from './caller-live.ts'
import { Refusal } from './errors.ts'
import { findTogether } from './find-together.ts'
import { guardUpgrades } from './live-admission.ts'
import { type LiveLimits, liveLimits } from './live-limits.ts'
import { backlogBytes, cut, endWireWith, isBusy } from './live-link.ts'
import { createPlaces } from './live-places.ts'
import type { ScreenView } from './positions/frames.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'

/** Messages from clients are small; anything larger is hostile. */
const MAX_MESSAGE_BYTES = 64 * 1024
/** A screen that reads nothing gives no answer to these, and is cut within their sum. */
const PING_EVERY_MS = 5_000
const PONG_WITHIN_MS = 8_000
/** More than this waiting for one screen is not kept for it: it is cut, comes back and asks for what it missed. */
const MAX_BACKLOG_BYTES = 1024 * 1024
/** A socket's session is read again this often, so a withdrawn right is gone within two seconds. */
const RECHECK_MS = 1_000

interface SocketData {
  session: Session
  secret: string
  bucket: TokenBucket
  refusedMessages: number
  client: LiveClient
}
type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>

export type Tell = <Name extends ServerEventName>(name: Name, payload: ServerEventPayload<Name>) => void

/** One connected screen, as those who tell it things see it. */
export interface LiveClient {
  /** Its session as last read; a withdrawn right shows here within two seconds. */
  session(): Session
  tell: Tell
  /** Whether what was sent before is still on its way: a lossy message is then better left out. */
  isBusy(): boolean
  /** Since when it has been found busy without a break, null if not. */
  busySince: number | null
  cut(): void
  /** Set by 'positions:view'; null = this screen shows no people. */
  view: ScreenView | null
  /** The number of the last fact told to it; null = it has not asked for facts. */
  factSeq: number | null
}

/** What is done when a client asks something. Missing a line here is a type error. */
export type Answerers = {
  [Name in ClientEventName]: (payload: ClientEventPayload<Name>, client: LiveClient) => Promise<ClientAnswers[Name]>
}

export interface Live {
  tell: Tell
  close(): Promise<void>
  /** How many sockets are connected. */
  count(): number
  clients(): Iterable<LiveClient>
  tellCaller: TellCaller
}

export function createLive(parts: {
  server: HttpServer
  sessions: SessionsService
  origins: () => readonly string[]
  now: () => number
  onFault: (error: unknown) => void
  /** Somebody signed in asked for something that is not his; for the audit log. */
  onRefused: (viewer: Viewer, event: string) => void
  answerers: Answerers
  limits?: LiveLimits
  /** Without it callers' pages find no socket. */
  callers?: Pick<CallerLiveParts, 'findCall' | 'follow' | 'addressOf' | 'answerers'>
}): Live {
  const { server, sessions, origins, now, onFault, onRefused, answerers, callers, limits = liveLimits } = parts
  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>(server, {
    transports: ['websocket'],
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    pingInterval: PING_EVERY_MS,
    pingTimeout: PONG_WITHIN_MS,
    serveClient: false,
    // The library's types hide what its own parsers are made of.
    parser: frameParser(socketParser as unknown as ParserClasses, false),
  })
  io.engine.on('connection', endWireWith)
  const callersSpace = io.of(CALLER_NAMESPACE) as unknown as CallerNamespace
  const tellCaller: TellCaller = callers ? serveCallers(callersSpace, { ...callers, limits, now, onFault }) : () => {}
  guardUpgrades(server, { origins, now, limits })
  const places = createPlaces(limits.socketsPerAccount)
  const findSession = findTogether((secrets) => sessions.findAll(secrets))

  io.use(async (socket, next) => {
    try {
      const secret = readSessionCookie(socket.request)
      const session = secret === null ? null : await findSession(secret)
      if (!session || secret === null) return next(new Error('not_signed_in'))
      if (!places.take(socket, session.viewer.accountId)) return next(new Error('too_many_requests'))
      const bucket = createTokenBucket({ perSecond: limits.messagesPerSecond, burst: limits.messageBurst })
      socket.data = { session, secret, bucket, refusedMessages: 0, client: toClient(socket) }
      next()
    } catch (error) {
      onFault(error)
      next(new Error('not_ready'))
    }
  })

  io.on('connection', (socket) => {
    void socket.join(roomOfRole(socket.data.session.viewer.role))
    socket.use(([name], next) => (isClientEvent(name) ? next() : refuseEvent(socket, String(name))))
    for (const name of Object.keys(clientEvents) as ClientEventName[]) listen(socket, name)
  })

  /** An event that does not exist, such as joining a room by name: rooms follow from the session alone. */
  function refuseEvent(socket: LiveSocket, name: string): void {
    onRefused(socket.data.session.viewer, name)
    socket.disconnect(true)
  }

  function listen<Name extends ClientEventName>(socket: LiveSocket, name: Name): void {
    const handle = async (payload: unknown, acknowledge: unknown) => {
      if (typeof acknowledge !== 'function') return
      acknowledge(await answer(socket, name, payload))
    }
    // Socket.IO cannot narrow a listener of a generic event name.
    socket.on(name as ClientEventName, handle as never)
  }

  async function answer<Name extends ClientEventName>(
    socket: LiveSocket,
    name: Name,
    payload: unknown,
  ): Promise<Acknowledgement<Name>> {
    const { session } = socket.data
    if (!socket.data.bucket.take(now())) return tooMany(socket)
    if (session.isLocked) return { ok: false, code: 'session_locked', message: 'This session is locked.' }
    if (!grantFor(session.viewer.role, clientEvents[name].action)) {
      onRefused(session.viewer, name)
      return { ok: false, code: 'not_allowed', message: 'Your role does not allow this.' }
    }
    const parsed = z.safeParse(clientEvents[name].payload, payload)
    if (!parsed.success) return { ok: false, code: 'bad_input', message: 'The message could not be read.' }
    try {
      return { ok: true, value: await answerers[name](parsed.data as ClientEventPayload<Name>, socket.data.client) }
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, code: error.code, message: error.message }
      onFault(error)
      return { ok: false, code: 'fault', message: 'Something went wrong on our side.' }
    }
  }

  function tooMany(socket: LiveSocket) {
    if (++socket.data.refusedMessages > limits.refusedMessages) socket.disconnect(true)
    return { ok: false, code: 'too_many_requests', message: 'Too many messages. Please wait a little.' } as const
  }

  let isRechecking = false
  const recheck = setInterval(() => {
    if (isRechecking) return
    isRechecking = true
    void recheckAll()
      .catch(onFault)
      .finally(() => {
        isRechecking = false
      })
  }, RECHECK_MS)
  recheck.unref()

  async function recheckAll(): Promise<void> {
    const sockets = [...io.sockets.sockets.values()]
    if (sockets.length === 0) return
    const found = await sessions.findAll(new Set(sockets.map(({ data }) => data.secret)))
    for (const socket of sockets) apply(socket, found.get(socket.data.secret) ?? null)
  }

  function apply(socket: LiveSocket, session: Session | null): void {
    if (!session) {
      socket.emit('session:changed', null)
      socket.disconnect(true)
      return
    }
    const before = socket.data.session
    socket.data.session = session
    if (JSON.stringify(before.view) === JSON.stringify(session.view)) return
    if (before.viewer.role !== session.viewer.role) {
      void socket.leave(roomOfRole(before.viewer.role))
      void socket.join(roomOfRole(session.viewer.role))
    }
    socket.emit('session:changed', session.view)
  }

  const tell: Tell = (name, payload) => {
    const audience = roles.filter((role) => grantFor(role, serverEvents[name].action)).map(roomOfRole)
    const args = [payload] as unknown as Parameters<ServerToClient[typeof name]>
    io.to(audience).emit(name, ...args)
  }

  return {
    tell,
    tellCaller,
    count: () => io.sockets.sockets.size,
    *clients() {
      for (const socket of io.sockets.sockets.values()) yield socket.data.client
    },
    async close() {
      clearInterval(recheck)
      await io.close()
    },
  }
}

/** What is left of a closed connection is empty. */
function toClient(socket: LiveSocket): LiveClient {
  return {
    session: () => socket.data.session,
    tell(name, payload) {
      if (isBusy(socket) && backlogBytes(socket) > MAX_BACKLOG_BYTES) return cut(socket)
      socket.emit(name, ...([payload] as unknown as Parameters<ServerToClient[typeof name]>))
    },
    isBusy: () => isBusy(socket),
    busySince: null,
    cut: () => cut(socket),
    view: null,
    factSeq: null,
  }
}

const isClientEvent = (name: unknown) => typeof name === 'string' && Object.hasOwn(clientEvents, name)
const roomOfRole = (role: string) => `role:${role}`
