/**
 * T11: crafted Socket.IO frames, by the shape of every published hole and a hundred thousand mutations, against the
 * product's own process: it neither ends nor swells.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Product, startProduct } from '../support/product.ts'
import { consumeLink } from '../support/product-clients.ts'
import { openRawSocket, type RawSocket } from '../support/raw-socket.ts'

const MUTATIONS = 100_000
/** What the whole flood may take; the rest of the hundred thousand goes untried on a slower machine, and is said. */
const FLOOD_MS = 20_000
const MOST_GROWTH_MB = 64

let test: TestDatabase
let product: Product
let cookie: string
beforeAll(async () => {
  test = await createTestDatabase()
  const databaseUrl = 'url' in test.address ? test.address.url : null
  product = await startProduct({ args: ['--no-demo'], databaseUrl })
  cookie = await consumeLink(product.origin, product.links[0]?.url ?? '')
}, 180_000)
afterAll(async () => {
  await product?.stop()
  await test?.drop()
})

const memoryMb = () => {
  const status = readFileSync(`/proc/${product.webPid()}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}
/** A socket whose namespace is open, as a browser's is before it says anything. */
async function open(): Promise<RawSocket> {
  const socket = await openRawSocket(product.origin, cookie)
  socket.send('40')
  await wait(20)
  return socket
}
const isWell = async () => (await fetch(`${product.origin}/readyz`)).status === 200

describe('T11 the shapes of published holes', () => {
  it.each<[string, (string | Buffer)[]]>([
    ['CVE-2023-32695: an event whose name is an object', ['42[{"toString":"foo"}]', '42[{"constructor":{}},1]']],
    ['CVE-2024-38355: an error event of the server', ['42["error",{"message":"x"}]', '42["error"]', '40/foo,']],
    [
      'CVE-2024-38355: reserved names',
      ['42["connect_error"]', '42["disconnecting"]', '42["newListener",1]', '42["removeListener"]'],
    ],
    [
      'CVE-2026-33151: more attachments announced than are ever sent',
      ['451-["positions:view",{"_placeholder":true,"num":0}]', '45999999-["a"]', '4599999999999999999999-["a"]'],
    ],
    [
      'CVE-2026-69185: attachments held in memory',
      [...Array(50).fill('4510-["a",{"_placeholder":true,"num":0}]'), Buffer.alloc(60_000, 1), Buffer.alloc(60_000, 2)],
    ],
    ['an attachment nobody announced', [Buffer.alloc(1_000, 7)]],
    [
      'placeholders that point elsewhere',
      ['451-["a",{"_placeholder":true,"num":-1}]', '451-["a",{"_placeholder":true,"num":"__proto__"}]'],
    ],
    ['acknowledgements nobody asked for', ['43999["x"]', '430[]', '461-1["x",{"_placeholder":true,"num":0}]']],
    [
      'a poisoned prototype',
      [
        '42["positions:view",{"__proto__":{"isAdmin":true}}]',
        '42["__proto__",{}]',
        '42["constructor",{"prototype":{}}]',
      ],
    ],
    ['JSON as deep as it goes', [`42["clock:ask",${'['.repeat(30_000)}${']'.repeat(30_000)}]`]],
    [
      "callers' sockets: no secret, wrong ones, many over one connection, and things to say without one",
      [
        '40/caller,',
        '40/caller,{"secret":{"$ne":null}}',
        `40/caller,{"secret":"${'a'.repeat(43)}"}`,
        `40/caller,{"secret":"${'b'.repeat(60_000)}"}`,
        '40/caller,["secret"]',
        '42/caller,["call:view",{}]',
        '420/caller,["talk:say",{"text":1}]',
        '41/caller,',
        '45999-/caller,["a",{"_placeholder":true,"num":0}]',
      ],
    ],
    ['namespaces', ['40/admin,', '40/__proto__,{}', `40/${'a'.repeat(60_000)},`, '41', '41/x,']],
    ['engine packets out of turn', ['0{"sid":"x"}', '1', '2probe', '3probe', '5', '6', '9', '', '\u0000']],
    ['too large a message', ['4'.repeat(70_000)]],
    [
      'numbers beyond all',
      [
        '42["positions:view",{"bounds":[1e999,-1e999,1e309,0],"zoom":1e999}]',
        '42999999999999999999999["clock:ask",{}]',
      ],
    ],
  ])('%s', async (_name, messages) => {
    const pid = product.webPid()
    for (let round = 0; round < 8; round++) {
      const socket = await open()
      for (const message of messages) socket.send(message, typeof message === 'string' ? 1 : 2)
      await wait(5)
      socket.close()
    }
    expect(await isWell()).toBe(true)
    expect(product.webPid()).toBe(pid)
  })
})

const SEEDS = [
  '42["clock:ask",{}]',
  '420["clock:ask",{}]',
  '421["facts:resume",{"after":null}]',
  '422["positions:view",{"bounds":[114,22.7,114.04,22.71],"zoom":14}]',
  '423["position:share",{"fixes":[{"takenAt":1,"sentAt":1,"position":[114,22.7],"accuracyMetres":8,"isMock":false}]}]',
  '451-["a",{"_placeholder":true,"num":0}]',
  '40{"token":"x"}',
  `40/caller,{"secret":"${'c'.repeat(43)}"}`,
  '42/caller,["call:view",{}]',
  '41',
  '2',
]

it('T11 lives through a hundred thousand mutated frames, and does not swell', async () => {
  let seed = 69185
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const mutated = (): Buffer => {
    const bytes = Buffer.from(SEEDS[random(SEEDS.length)] as string)
    for (let times = 1 + random(4); times > 0; times--) bytes[random(bytes.length)] = random(256)
    const cut = random(6) === 0 ? random(bytes.length) : bytes.length
    return random(20) === 0 ? Buffer.concat([bytes, bytes, bytes]) : bytes.subarray(0, cut)
  }
  const pid = product.webPid()
  // Whatever is loaded on first use is loaded before the scale is read.
  for (let warm = 0; warm < 20; warm++) {
    const socket = await open()
    for (let index = 0; index < 50; index++) socket.send(mutated(), 1 + random(2))
    await wait(5)
    socket.close()
  }
  await wait(500)
  const before = memoryMb()
  const until = Date.now() + FLOOD_MS
  let sent = 0
  const flood = async () => {
    while (sent < MUTATIONS && Date.now() < until) {
      const socket = await openRawSocket(product.origin, cookie).catch(() => null)
      if (!socket) {
        await wait(20)
        continue
      }
      socket.send('40')
      for (let index = 0; index < 200 && !socket.isClosed(); index++, sent++)
        socket.send(mutated(), 1 + (random(4) === 0 ? 1 : 0))
      // Now and then bytes that are no WebSocket frame at all.
      if (random(4) === 0) socket.write(Buffer.from(Array.from({ length: 64 }, () => random(256))))
      await wait(1)
      socket.close()
    }
  }
  await Promise.all([flood(), flood(), flood(), flood()])
  await wait(1_000)
  expect(await isWell()).toBe(true)
  expect(product.webPid()).toBe(pid)
  expect(sent).toBeGreaterThan(MUTATIONS / 4)
  expect(memoryMb() - before).toBeLessThan(MOST_GROWTH_MB)
  console.info(`${sent} mutated frames, memory ${before.toFixed(0)} → ${memoryMb().toFixed(0)} MB`)
}, 60_000)
