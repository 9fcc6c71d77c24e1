/** Who may open a socket at all, before anything of the handshake is done for him. */
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { isOwnOrigin } from './auth/origin.ts'
import type { LiveLimits } from './live-limits.ts'
import { createTokenBucket } from './token-bucket.ts'

/** Screens turned away come back after this, spread by their own jitter. */
const RETRY_AFTER_SECONDS = 2

/**
 * Puts a guard before the WebSocket upgrade: a foreign or absent Origin gets 403 (CORS does not cover WebSockets), a
 * storm gets 503 with Retry-After. Call it after Socket.IO was attached to the server.
 */
export function guardUpgrades(
  server: HttpServer,
  {
    origins,
    now,
    limits,
  }: { origins: () => readonly string[]; now: () => number; limits: Pick<LiveLimits, 'handshakesPerSecond'> },
): void {
  const { handshakesPerSecond } = limits
  const handshakes = createTokenBucket({ perSecond: handshakesPerSecond, burst: handshakesPerSecond })
  const attached = server.listeners('upgrade')
  server.removeAllListeners('upgrade')
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isOwnOrigin(request.headers.origin, origins())) refuse(socket, '403 Forbidden')
    else if (!handshakes.take(now()))
      refuse(socket, '503 Service Unavailable', `Retry-After: ${RETRY_AFTER_SECONDS}\r\n`)
    else for (const listener of attached) listener.call(server, request, socket, head)
  })
}

function refuse(socket: Duplex, status: string, header = ''): void {
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status}\r\n${header}Connection: close\r\nContent-Length: 0\r\n\r\n`)
}
