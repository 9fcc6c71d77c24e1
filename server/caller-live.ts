/** The sockets of callers' pages: no session, one call each by the secret of its link, and nothing to say but that. */
import type { Namespace, Socket } from 'socket.io'
import * as z from 'zod/mini'
import {
  type CallerAcknowledgement,
  type CallerAnswers,
  type CallerEventName,
  type CallerEventPayload,
  type CallerRefusal,
  type CallerToldPayload,
  type CallerToServer,
  callerClientEvents,
  callerHandshake,
  type ServerToCaller,
} from '#contract/caller-events'
import type { CallerScreen } from './calls/caller-fan-out.ts'
import { Refusal } from './errors.ts'
import type { LiveLimits } from './live-limits.ts'
import { backlogBytes, cut, isBusy } from './live-link.ts'
import { createPlaces } from './live-places.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'

/** A page that takes nothing is cut: views are small, and it asks anew when it comes back. */
const MAX_BACKLOG_BYTES = 256 * 1024

/** Missing a line here is a type error. */
export type CallerAnswerers = {
  [Name in CallerEventName]: (callId: string, payload: CallerEventPayload<Name>) => Promise<CallerAnswers[Name]>
}
/** Tells all open pages of one call's caller. */
export type TellCaller = <Name extends keyof ServerToCaller>(
  callId: string,
  name: Name,
  payload: CallerToldPayload<Name>,
) => void

interface CallerData {
  callId: string
  bucket: TokenBucket
  refusedMessages: number
}
export type CallerNamespace = Namespace<CallerToServer, ServerToCaller, Record<string, never>, CallerData>
export type CallerSocket = Socket<CallerToServer, ServerToCaller, Record<string, never>, CallerData>

export interface CallerLiveParts {
  /** The id of the call of a secret; null when it is nobody's. */
  findCall(secret: string): Promise<string | null>
  follow(callId: string, screen: CallerScreen): { told: Promise<void>; stop(): void }
  /** Of whom a socket counts: his network address. */
  addressOf(socket: CallerSocket): string
  answerers: CallerAnswerers
  now: () => number
  limits: Pick<
    LiveLimits,
    'socketsPerCall' | 'callersPerAddress' | 'messagesPerSecond' | 'messageBurst' | 'refusedMessages'
  >
  onFault: (error: unknown) => void
}

export function serveCallers(space: CallerNamespace, parts: CallerLiveParts): TellCaller {
  const { findCall, follow, addressOf, answerers, now, limits, onFault } = parts
  const ofCall = createPlaces(limits.socketsPerCall)
  const ofAddress = createPlaces(limits.callersPerAddress)
  /** Connections that asked: a second secret over the same one would be a guess at no cost. */
  const asked = new WeakSet<object>()

  async function admit(socket: CallerSocket): Promise<CallerRefusal | null> {
    const { conn } = socket
    if (asked.has(conn) || !ofAddress.take(socket, addressOf(socket))) return 'too_many_requests'
    asked.add(conn)
    const said = z.safeParse(callerHandshake, socket.handshake.auth)
    const callId = said.success ? await findCall(said.data.secret) : null
    if (callId === null) return 'not_found'
    if (!ofCall.take(socket, callId)) return 'too_many_requests'
    const bucket = createTokenBucket({ perSecond: limits.messagesPerSecond, burst: limits.messageBurst })
    socket.data = { callId, bucket, refusedMessages: 0 }
    return null
  }

  space.use(async (socket, next) => {
    const refusal = await admit(socket).catch((error: unknown): CallerRefusal => {
      onFault(error)
      return 'not_ready'
    })
    if (refusal === null) return next()
    next(new Error(refusal))
    // After the refusal is on its way: without a call there is nothing to stay for.
    setImmediate(() => socket.conn.close())
  })

  space.on('connection', (socket) => {
    void socket.join(socket.data.callId)
    socket.use(([name], next) => (isCallerEvent(name) ? next() : socket.disconnect(true)))
    for (const name of Object.keys(callerClientEvents) as CallerEventName[]) listen(socket, name)
    const { told, stop } = follow(socket.data.callId, screenOf(socket))
    socket.once('disconnect', stop)
    told.catch((error: unknown) => {
      onFault(error)
      cut(socket)
    })
  })

  function listen<Name extends CallerEventName>(socket: CallerSocket, name: Name): void {
    const handle = async (payload: unknown, acknowledge: unknown) => {
      if (typeof acknowledge === 'function') acknowledge(await answer(socket, name, payload))
    }
    // Socket.IO cannot narrow a listener of a generic event name.
    socket.on(name as CallerEventName, handle as never)
  }

  async function answer<Name extends CallerEventName>(
    socket: CallerSocket,
    name: Name,
    payload: unknown,
  ): Promise<CallerAcknowledgement<Name>> {
    const { data } = socket
    if (!data.bucket.take(now())) {
      if (++data.refusedMessages > limits.refusedMessages) socket.disconnect(true)
      return { ok: false, code: 'too_many_requests', message: 'Too many messages. Please wait a little.' }
    }
    const parsed = z.safeParse(callerClientEvents[name], payload)
    if (!parsed.success) return { ok: false, code: 'bad_input', message: 'The message could not be read.' }
    try {
      return { ok: true, value: await answerers[name](data.callId, parsed.data as CallerEventPayload<Name>) }
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, code: error.code, message: error.message }
      onFault(error)
      return { ok: false, code: 'fault', message: 'Something went wrong on our side.' }
    }
  }

  return (callId, name, payload) => {
    space.to(callId).emit(name, ...([payload] as unknown as Parameters<ServerToCaller[typeof name]>))
  }
}

const isCallerEvent = (name: unknown) => typeof name === 'string' && Object.hasOwn(callerClientEvents, name)

function screenOf(socket: CallerSocket): CallerScreen {
  return {
    tell(view) {
      if (isBusy(socket) && backlogBytes(socket) > MAX_BACKLOG_BYTES) return cut(socket)
      socket.emit('call:view', view)
    },
    isBusy: () => isBusy(socket),
    end: () => socket.disconnect(true),
  }
}
