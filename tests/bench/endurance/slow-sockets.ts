/** B4 (fault F8): sockets that ask for everything and read nothing; the others must not notice, and memory must not grow. */

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Arena, memoryOf } from './arena.ts'
import { allInStep, makeFacts } from './cuts.ts'
import { highest, quantile } from './figures.ts'
import { startGatewayLoad, WALK_BOUNDS } from './gateway-load.ts'
import { createScreen } from './screen.ts'

const VIEW = { bounds: WALK_BOUNDS, zoom: 14 }
const SAMPLE_EVERY_MS = 250
/** TCP_ESTABLISHED in /proc/net/tcp. */
const ESTABLISHED = '01'
const HELD_EVERY_MS = 200

export interface SlowResult {
  /** Seconds from the first silence of each to the server's end of its connection; those still open count to the end. */
  cutAfterSeconds: number[]
  memoryBeforeMb: number
  memoryDuringMb: number
  /** Milliseconds from building a frame to having it on a screen. */
  p99BeforeMs: number
  p99DuringMs: number
}

export async function measureSlowSockets(
  arena: Arena,
  devices: readonly string[],
  sizes: { screens: number; slow: number; beforeSeconds: number; seconds: number },
): Promise<SlowResult> {
  const { origin } = arena.product
  const { cookies, gatewayKey } = arena.world
  let delays: number[] = []
  const screens = cookies.slice(0, sizes.screens).map((cookie) =>
    createScreen({
      origin,
      cookie,
      readsLists: false,
      view: VIEW,
      onFrame: ({ serverTime }) => delays.push(performance.timeOrigin + performance.now() - serverTime),
    }),
  )
  for (const screen of screens) screen.open()
  await allInStep(screens)
  const load = startGatewayLoad({ origin, key: gatewayKey, devices, batch: 500 })
  const facts = makeFacts(arena, 5)
  const observe = async (seconds: number) => {
    delays = []
    const memory: number[] = []
    for (const until = performance.now() + seconds * 1_000; performance.now() < until; await pause(SAMPLE_EVERY_MS))
      memory.push(memoryOf(arena.product.webPid() ?? 0))
    return { memory: highest(memory), p99: quantile(delays, 0.99) ?? Number.POSITIVE_INFINITY }
  }

  // The first frames warm it up.
  await observe(Math.min(15, sizes.beforeSeconds))
  const before = await observe(sizes.beforeSeconds)
  const slow = keepSilent(origin, cookies.slice(-sizes.slow))
  const during = await observe(sizes.seconds)
  const cutAfterSeconds = slow.stop()
  await facts.stop()
  await load.stop()
  for (const screen of screens) screen.close()
  return {
    cutAfterSeconds,
    memoryBeforeMb: before.memory,
    memoryDuringMb: during.memory,
    p99BeforeMs: before.p99,
    p99DuringMs: during.p99,
  }
}

/** Keeps one silent socket a cookie open: who is cut comes back at once, as a bad client would. */
function keepSilent(origin: string, cookies: readonly string[]): { stop(): number[] } {
  const seconds: number[] = []
  const open = new Map<Socket, number>()
  const heldPorts = createHeldPorts(Number(new URL(origin).port))
  let isRunning = true

  async function again(cookie: string): Promise<void> {
    while (isRunning) {
      const socket = await openSilent(origin, cookie).catch(() => null)
      if (!socket) {
        await pause(500)
        continue
      }
      const since = performance.now()
      open.set(socket, since)
      const port = socket.localPort ?? 0
      while (isRunning && heldPorts(since).has(inHex(port))) await pause(HELD_EVERY_MS)
      if (!isRunning) return
      open.delete(socket)
      seconds.push((performance.now() - since) / 1_000)
      socket.destroy()
    }
  }
  for (const cookie of cookies) void again(cookie)
  return {
    stop() {
      isRunning = false
      for (const [socket, since] of open) {
        seconds.push((performance.now() - since) / 1_000)
        socket.destroy()
      }
      return seconds
    },
  }
}

/** A raw WebSocket that signs in, asks for frames and facts, and from then on reads nothing. */
async function openSilent(origin: string, cookie: string): Promise<Socket> {
  const { hostname, port } = new URL(origin)
  const socket = createConnection({ host: hostname, port: Number(port) })
  socket.on('error', () => {})
  const said = { text: '' }
  socket.on('data', (data) => (said.text += data.toString('latin1')))
  const heard = async (what: string) => {
    for (let tries = 0; tries < 400; tries++) {
      if (said.text.includes(what)) return
      await pause(20)
    }
    socket.destroy()
    throw new Error(`The server did not say ${what}.`)
  }
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${origin}\r\n` +
      `Cookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  )
  await heard('"sid"')
  socket.write(textFrame('40'))
  await heard('40{')
  socket.write(textFrame(`420${JSON.stringify(['positions:view', VIEW])}`))
  socket.write(textFrame(`421${JSON.stringify(['facts:resume', { after: null }])}`))
  await heard('431')
  socket.pause()
  return socket
}

/** A client's text frame (RFC 6455 5.2): masked, here with zeros, which changes nothing. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const head =
    payload.length < 126 ? [0x81, 0x80 | payload.length] : [0x81, 0xfe, payload.length >> 8, payload.length & 255]
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload])
}

/**
 * The client ports whose connection the server still holds: a client whose buffers are full is not even told that it
 * was cut. Read once for all of them, because the table is long after a storm and this process also takes the others' time.
 */
function createHeldPorts(serverPort: number): (openedAt: number) => ReadonlySet<string> {
  let held: Set<string> = new Set()
  let readAt = Number.NEGATIVE_INFINITY
  return (openedAt) => {
    // A table older than the connection says nothing about it.
    if (readAt > openedAt && performance.now() - readAt < HELD_EVERY_MS) return held
    held = new Set()
    for (const path of ['/proc/net/tcp', '/proc/net/tcp6']) {
      for (const line of readFileSync(path, 'utf8').split('\n')) {
        const [, local = '', remote = '', state] = line.trim().split(/\s+/, 4)
        if (state === ESTABLISHED && local.endsWith(inHex(serverPort))) held.add(remote.slice(-5))
      }
    }
    readAt = performance.now()
    return held
  }
}
const inHex = (port: number) => `:${port.toString(16).toUpperCase().padStart(4, '0')}`
