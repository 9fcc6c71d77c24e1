/**
 * Screens that only receive: WebSockets that speak as much of Engine.IO 4 and Socket.IO as they need, so that the
 * receiving side takes little of the CPU that the servers are measured on. An arrival is noted when a whole message has
 * been read from the socket.
 */
import type { Socket as NetSocket } from 'node:net'
import { WebSocket } from 'ws'
import type { Bounds } from '../../../contract/geo.ts'
import { HEADER_BYTES } from '../../../contract/position-frame.ts'
import { answerBench, sharedMs } from '../worker.ts'

export interface ScreenKind {
  origin: string
  path: '/raw' | '/socket.io/?EIO=4&transport=websocket'
  /** The session cookie's value is this with a number; null: none. */
  cookie: string | null
}

interface Seen {
  messages: number
  /** Positions in binary frames; one for each text message. */
  positions: number
  bytes: number
  /** Each frame's own time and its arrival on the shared clock. */
  arrivals: { serverTime: number; at: number }[]
}

const CONNECT_AT_ONCE = 50
const PERSON_COUNT_AT = 4
const SERVER_TIME_AT = 8

const groups = new Map<string, WebSocket[]>()
const seen = new Map<string, Seen>()
const nothing = (): Seen => ({ messages: 0, positions: 0, bytes: 0, arrivals: [] })
const bytesOf = (group: string) =>
  (groups.get(group) ?? []).reduce(
    (sum, socket) => sum + ((socket as unknown as { _socket?: NetSocket })._socket?.bytesRead ?? 0),
    0,
  )

function note(group: string, data: Buffer, isBinary: boolean): void {
  const at = sharedMs()
  const what = seen.get(group) ?? nothing()
  what.messages++
  if (!isBinary) what.positions++
  else if (data.length >= HEADER_BYTES) {
    what.positions += data.readUInt32LE(PERSON_COUNT_AT)
    what.arrivals.push({ serverTime: data.readDoubleLE(SERVER_TIME_AT), at })
  }
  seen.set(group, what)
}

/** Resolves when the screen is connected and, with a view, when the view was accepted. */
function openScreen(group: string, { origin, path, cookie }: ScreenKind, number: number, view: Bounds | null) {
  return new Promise<WebSocket>((resolve, reject) => {
    const headers = cookie === null ? { origin } : { origin, cookie: `__Host-sid=${cookie}${number}` }
    const socket = new WebSocket(origin.replace('http', 'ws') + path, { perMessageDeflate: false, headers })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('A screen was closed.')))
    if (path === '/raw') socket.once('open', () => resolve(socket))
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary || path === '/raw') return note(group, data, isBinary)
      const text = data.toString('latin1', 0, 2)
      if (text[0] === '0') socket.send('40')
      else if (text === '2') socket.send('3')
      else if (text === '40' && view)
        socket.send(`420${JSON.stringify(['positions:view', { bounds: view, zoom: 14 }])}`)
      else if (text === '40' || text === '43') resolve(socket)
      else note(group, data, isBinary)
    })
  })
}

const answers = {
  /** Opens screens, one for each view. */
  async open(group: string, kind: ScreenKind, views: readonly (Bounds | null)[]): Promise<void> {
    const sockets: WebSocket[] = []
    for (let at = 0; at < views.length; at += CONNECT_AT_ONCE)
      sockets.push(
        ...(await Promise.all(
          views.slice(at, at + CONNECT_AT_ONCE).map((view, index) => openScreen(group, kind, at + index, view)),
        )),
      )
    groups.set(group, sockets)
  },

  /** Forgets what was seen, and begins to count bytes. */
  begin(group: string): void {
    seen.set(group, { ...nothing(), bytes: -bytesOf(group) })
  },

  /** What came since `begin`. */
  seen(group: string): Seen {
    const what = seen.get(group) ?? nothing()
    return { ...what, bytes: what.bytes + bytesOf(group) }
  },
}
export type Screens = typeof answers
answerBench(answers)
