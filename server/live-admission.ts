/** Who may open a socket at all, before anything of the handshake is done for him; a storm is let in in order. */
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { isOwnOrigin } from './auth/origin.ts'
import type { LiveLimits } from './live-limits.ts'
import { createTokenBucket } from './token-bucket.ts'

/** Screens turned away come back after this, spread by their own jitter. */
const RETRY_AFTER_SECONDS = 2
/** How often those who wait are looked at. */
const ADMIT_EVERY_MS = 25

/**
 * Puts a guard before the WebSocket upgrade: a foreign or absent Origin gets 403 (CORS does not cover WebSockets).
 * So many handshakes a second are let through; who comes in between waits his turn, because a browser that is turned
 * away comes back seconds later; beyond a full queue it is 503 with Retry-After. Call it after Socket.IO was attached
 * to the server.
 */
export function guardUpgrades(
  server: HttpServer,
  {
    origins,
    now,
    limits,
  }: {
    origins: () => readonly string[]
    now: () => number
    limits: Pick<LiveLimits, 'handshakesPerSecond' | 'handshakesWaiting'>
  },
): void {
  const { handshakesPerSecond, handshakesWaiting } = limits
  const handshakes = createTokenBucket({ perSecond: handshakesPerSecond, burst: handshakesPerSecond })
  const attached = server.listeners('upgrade')
  const waiting = new Map<Duplex, () => void>()
  let timer: NodeJS.Timeout | undefined

  function admitWaiting(): void {
    for (const [socket, admit] of waiting) {
      if (!handshakes.take(now())) break
      waiting.delete(socket)
      admit()
    }
    timer = waiting.size > 0 ? setTimeout(admitWaiting, ADMIT_EVERY_MS).unref() : undefined
  }

  function wait(socket: Duplex, admit: () => void): void {
    const leave = () => void waiting.delete(socket)
    socket.on('error', leave)
    socket.once('close', leave)
    waiting.set(socket, () => {
      socket.off('error', leave)
      socket.off('close', leave)
      admit()
    })
    timer ??= setTimeout(admitWaiting, ADMIT_EVERY_MS).unref()
  }

  server.removeAllListeners('upgrade')
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const admit = () => {
      for (const listener of attached) listener.call(server, request, socket, head)
    }
    if (!isOwnOrigin(request.headers.origin, origins())) refuse(socket, '403 Forbidden')
    else if (waiting.size === 0 && handshakes.take(now())) admit()
    else if (waiting.size < handshakesWaiting) wait(socket, admit)
    else refuse(socket, '503 Service Unavailable', `Retry-After: ${RETRY_AFTER_SECONDS}\r\n`)
  })
  server.once('close', () => clearTimeout(timer))
}

function refuse(socket: Duplex, status: string, header = ''): void {
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status}\r\n${header}Connection: close\r\nContent-Length: 0\r\n\r\n`)
}
