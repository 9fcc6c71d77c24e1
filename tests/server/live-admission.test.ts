import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { guardUpgrades } from '../../server/live-admission.ts'

const ORIGIN = 'http://here.example'
let server: Server
let clock = 0
afterEach(() => new Promise((resolve) => server.close(resolve)))

/** A server that takes every upgrade that reaches it. */
async function listen(handshakesPerSecond: number, handshakesWaiting: number): Promise<number> {
  server = createServer()
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
  guardUpgrades(server, {
    origins: () => [ORIGIN],
    now: () => clock,
    limits: { handshakesPerSecond, handshakesWaiting },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function knock(port: number, origin = ORIGIN): Promise<{ status: number; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket', origin }
    const asked = request({ port, host: '127.0.0.1', headers, agent: false })
    asked.on('upgrade', ({ statusCode }) => resolve({ status: statusCode ?? 0, retryAfter: undefined }))
    asked.on('response', ({ statusCode, headers: { 'retry-after': retryAfter } }) =>
      resolve({ status: statusCode ?? 0, retryAfter }),
    )
    asked.on('error', reject)
    asked.end()
  })
}

it('lets a storm in in order: at once, after a wait, and not at all when the queue is full', async () => {
  const port = await listen(20, 10)
  const answers: { status: number; retryAfter: string | undefined }[] = []
  const storm = Array.from({ length: 40 }, () => knock(port).then((answer) => answers.push(answer)))
  await expect.poll(() => answers.length).toBe(30)
  expect(answers.filter(({ status }) => status === 101)).toHaveLength(20)
  expect(answers.filter(({ status, retryAfter }) => status === 503 && Number(retryAfter) > 0)).toHaveLength(10)
  clock += 250
  await expect.poll(() => answers.length).toBe(35)
  clock += 250
  await Promise.all(storm)
  expect(answers.filter(({ status }) => status === 101)).toHaveLength(30)
})

it('refuses a foreign origin at once, whoever waits', async () => {
  const port = await listen(1, 10)
  await knock(port)
  const waiting = knock(port)
  expect((await knock(port, 'http://elsewhere.example')).status).toBe(403)
  clock += 1_000
  expect((await waiting).status).toBe(101)
})
