/** B7 (fault F4): the database is there and says nothing; everybody is answered, the map moves on, and it heals by itself. */
import { setTimeout as pause } from 'node:timers/promises'
import { readFrame } from '../../../contract/position-frame.ts'
import type { Arena } from './arena.ts'
import { allInStep } from './cuts.ts'
import { highest } from './figures.ts'
import { startGatewayLoad, WALK_BOUNDS } from './gateway-load.ts'
import { createScreen } from './screen.ts'

const ASK_EVERY_MS = 100
const HEALS_WITHIN_MS = 60_000

export interface FrozenResult {
  requests: number
  slowestMs: number
  /** Status → how often; 0: no answer at all. */
  statuses: Map<number, number>
  /** The longest time without a frame that showed somebody moved, milliseconds. */
  longestStandstillMs: number
  /** From waking it up to the first answer from it, milliseconds. */
  recoveryMs: number
}

export async function measureFrozen(arena: Arena, devices: readonly string[], seconds: number): Promise<FrozenResult> {
  const { origin } = arena.product
  const { cookies, gatewayKey } = arena.world
  let movedAt = performance.now()
  const standstills: number[] = []
  let before = ''
  const screen = createScreen({
    origin,
    cookie: cookies[0] ?? '',
    readsLists: false,
    view: { bounds: WALK_BOUNDS, zoom: 14 },
  })
  screen.socket.on('positions:frame', (data) => {
    const places = JSON.stringify(readFrame(data).people.map(({ position }) => position))
    if (places === before) return
    before = places
    standstills.push(performance.now() - movedAt)
    movedAt = performance.now()
  })
  screen.open()
  await allInStep([screen])
  const load = startGatewayLoad({ origin, key: gatewayKey, devices, batch: 500 })
  await pause(4_000)

  standstills.length = 0
  movedAt = performance.now()
  const frozenPid = arena.product.databasePid()
  const wake = arena.database.silence(arena.product)
  const until = performance.now() + seconds * 1_000
  const answers: { status: number; ms: number }[] = []
  const asked: Promise<void>[] = []
  for (let turn = 0; performance.now() < until; turn++) {
    asked.push(ask(origin, turn, cookies, gatewayKey, devices).then((answer) => void answers.push(answer)))
    await pause(ASK_EVERY_MS)
  }
  standstills.push(performance.now() - movedAt)
  const longestStandstillMs = highest(standstills)
  const wokenAt = performance.now()
  wake()
  // The supervisor has replaced it long since, unless the freeze was short.
  if (frozenPid !== null && arena.product.databasePid() === frozenPid) process.kill(frozenPid, 'SIGCONT')
  const recoveryMs = await untilAnswered(origin, cookies[0] ?? '', wokenAt)
  await Promise.all(asked)
  await load.stop()
  screen.close()
  const statuses = new Map<number, number>()
  for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
  return {
    requests: answers.length,
    slowestMs: highest(answers.map(({ ms }) => ms)),
    statuses,
    longestStandstillMs,
    recoveryMs,
  }
}

/** One of every kind of request in turn. */
async function ask(
  origin: string,
  turn: number,
  cookies: readonly string[],
  gatewayKey: string,
  devices: readonly string[],
): Promise<{ status: number; ms: number }> {
  const cookie = cookies[turn % cookies.length] ?? ''
  const json = { 'content-type': 'application/json', origin, cookie }
  const report = {
    title: '路灯不亮',
    text: null,
    categoryKey: null,
    priority: 'normal',
    source: 'patrol',
    position: null,
    address: null,
    reporterName: null,
    reporterPhone: null,
  }
  const kinds: [string, RequestInit?][] = [
    ['/api/cases/open', { headers: { cookie } }],
    ['/api/areas', { headers: { cookie } }],
    ['/api/cases', { method: 'POST', headers: json, body: JSON.stringify(report) }],
    ['/ingest/gateway/devices', { headers: { authorization: `Bearer ${gatewayKey}` } }],
    [
      '/ingest/gateway',
      {
        method: 'POST',
        headers: { authorization: `Bearer ${gatewayKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ fixes: [{ device: devices[0], at: Date.now(), lon: 114.01, lat: 22.705 }] }),
      },
    ],
    ['/tiles/base/1/14/13400/7100', { headers: { cookie } }],
    ['/readyz'],
    ['/healthz'],
    ['/dispatch/'],
  ]
  const [path, init] = kinds[turn % kinds.length] ?? ['/healthz']
  const since = performance.now()
  const status = await fetch(`${origin}${path}`, { ...init, signal: AbortSignal.timeout(20_000) }).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.status
    },
    () => 0,
  )
  return { status, ms: performance.now() - since }
}

async function untilAnswered(origin: string, cookie: string, since: number): Promise<number> {
  while (performance.now() - since < HEALS_WITHIN_MS) {
    const answer = await fetch(`${origin}/api/areas`, {
      headers: { cookie },
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null)
    await answer?.arrayBuffer()
    if (answer?.status === 200) return performance.now() - since
    await pause(50)
  }
  return Number.POSITIVE_INFINITY
}
