/** The typed socket of this page. Websocket only: the server offers nothing else. */
import { io, type Socket } from 'socket.io-client'
import * as socketParser from 'socket.io-parser'
import type { ClientToServer, ServerToClient } from '#contract/events'
import { frameParser, type ParserClasses } from '#contract/frame-parser'

export type LiveSocket = Socket<ServerToClient, ClientToServer>

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 10_000
/** Half of the wait is chance, so that a hundred screens do not come back in the same instant. */
const JITTER = 0.5
const CONNECT_TIMEOUT_MS = 8_000

/** How every screen connects and comes back. */
export const liveOptions = {
  transports: ['websocket'],
  // The library's types hide what its own parsers are made of.
  parser: frameParser(socketParser as unknown as ParserClasses, true),
  autoConnect: false,
  reconnectionDelay: FIRST_RETRY_MS,
  reconnectionDelayMax: LAST_RETRY_MS,
  randomizationFactor: JITTER,
  timeout: CONNECT_TIMEOUT_MS,
}

/** Makes the socket without opening it. */
export const connect = (): LiveSocket => io(liveOptions)

/** A wait with the same share of chance, for the times when we come back by ourselves. */
export const withJitter = (milliseconds: number, chance: number) => milliseconds * (1 + JITTER * chance)
