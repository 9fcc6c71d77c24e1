/** What frames are compared with: Socket.IO telling every update by itself or as one list of objects, and raw ws. */
import { createServer } from 'node:http'
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises'
import { Server } from 'socket.io'
import { type WebSocket, WebSocketServer } from 'ws'
import { answerBench, cpuSeconds } from '../worker.ts'
import { cityPlaces } from './city.ts'

const UPDATES_AT_ONCE = 10
const PAUSE_BETWEEN_SENDS_MS = 200

const io = new Server({ transports: ['websocket'], perMessageDeflate: false, serveClient: false })
const raw = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const server = createServer()
io.attach(server)
const attached = server.listeners('upgrade')
server.removeAllListeners('upgrade')
server.on('upgrade', (request, socket, head) => {
  if (request.url === '/raw') raw.handleUpgrade(request, socket, head, (ws) => raw.emit('connection', ws, request))
  else for (const listener of attached) listener.call(server, request, socket, head)
})

let people: { id: number; x: number; y: number; h: number; t: number; a: number; f: number }[] = []
/** What a frame says of a person, as an object with short names; five decimals are a metre. */
const toObject = ([longitude, latitude]: readonly [number, number], index: number) => ({
  id: index + 1,
  x: Number(longitude.toFixed(5)),
  y: Number(latitude.toFixed(5)),
  h: index % 360,
  t: index % 10,
  a: 5 + (index % 20),
  f: 0,
})

/** Resolves when everything told so far has left for the network. */
async function drained(): Promise<void> {
  const queues = () => [...io.sockets.sockets.values()].map(({ conn }) => conn as unknown as { writeBuffer: unknown[] })
  while (queues().some(({ writeBuffer }) => writeBuffer.length > 0)) await breathe()
}

const answers = {
  async serve(members: number): Promise<string> {
    people = cityPlaces(members).map(toObject)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  },

  screens: () => ({ socketIo: io.sockets.sockets.size, raw: raw.clients.size }),

  /** One emit an update to every screen, as fast as it goes. */
  async emitEach(milliseconds: number) {
    const before = cpuSeconds()
    const until = performance.now() + milliseconds
    let updates = 0
    while (performance.now() < until) {
      for (let count = 0; count < UPDATES_AT_ONCE; count++) io.emit('position', people[updates++ % people.length])
      await drained()
    }
    return { cpuSeconds: cpuSeconds() - before, updates, screens: io.sockets.sockets.size }
  },

  /** Everybody as one list of objects to every screen. */
  async emitList() {
    const before = cpuSeconds()
    io.emit('positions', people)
    await drained()
    return { cpuSeconds: cpuSeconds() - before, people: people.length }
  },

  /** Writes each raw socket a ready message of the given length, some times over. */
  async sendRaw(times: number, bytes: readonly number[]) {
    const sends = [...raw.clients].map((socket: WebSocket, index) => ({
      socket,
      message: new Uint8Array(bytes[index % bytes.length] ?? 0),
    }))
    const before = cpuSeconds()
    for (let time = 0; time < times; time++) {
      for (const { socket, message } of sends) socket.send(message)
      await pause(PAUSE_BETWEEN_SENDS_MS)
    }
    return { cpuSeconds: cpuSeconds() - before, messages: times * sends.length }
  },
}
export type PeerServer = typeof answers
answerBench(answers)
