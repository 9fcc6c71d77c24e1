/** The sockets of callers' pages: no session, one call each by the secret of its link, and nothing to say but that. */
import type { Namespace, Socket } from 'socket.io'
import * as z from 'zod/mini'
import { type CallerRefusal, type CallerToServer, callerHandshake, type ServerToCaller } from '#contract/caller-events'
import type { CallerScreen } from './calls/caller-fan-out.ts'
import type { LiveLimits } from './live-limits.ts'
import { backlogBytes, cut, isBusy } from './live-link.ts'
import { createPlaces } from './live-places.ts'

/** A page that takes nothing is cut: views are small, and it asks anew when it comes back. */
const MAX_BACKLOG_BYTES = 256 * 1024

interface CallerData {
  callId: string
}
export type CallerNamespace = Namespace<CallerToServer, ServerToCaller, Record<string, never>, CallerData>
export type CallerSocket = Socket<CallerToServer, ServerToCaller, Record<string, never>, CallerData>

export interface CallerLiveParts {
  /** The id of the call of a secret; null when it is nobody's. */
  findCall(secret: string): Promise<string | null>
  follow(callId: string, screen: CallerScreen): { told: Promise<void>; stop(): void }
  /** Of whom a socket counts: his network address. */
  addressOf(socket: CallerSocket): string
  limits: Pick<LiveLimits, 'socketsPerCall' | 'callersPerAddress'>
  onFault: (error: unknown) => void
}

export function serveCallers(space: CallerNamespace, parts: CallerLiveParts): void {
  const { findCall, follow, addressOf, limits, onFault } = parts
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
    socket.data.callId = callId
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
    // Whatever it says does not exist.
    socket.use(() => socket.disconnect(true))
    const { told, stop } = follow(socket.data.callId, screenOf(socket))
    socket.once('disconnect', stop)
    told.catch((error: unknown) => {
      onFault(error)
      cut(socket)
    })
  })
}

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
