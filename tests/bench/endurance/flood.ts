/** B6: a gateway delivers ten thousand positions a second; the newest of everybody is never lost and soon on the screen. */
import { setTimeout as pause } from 'node:timers/promises'
import { readFrame } from '../../../contract/position-frame.ts'
import type { Arena } from './arena.ts'
import { allInStep } from './cuts.ts'
import { highest, quantile } from './figures.ts'
import { placeAt, startGatewayLoad, stepAt, WALK_BOUNDS } from './gateway-load.ts'
import { createScreen, type Screen } from './screen.ts'

const VIEW = { bounds: WALK_BOUNDS, zoom: 14 }
/** Of so many devices each report is followed to the screen. */
const FOLLOWED = 300
const REMEMBERED_STEPS = 100
/** A database column holds 1e-7 degrees. */
const SAME_PLACE_DEGREES = 2e-7

export interface FloodResult {
  perSecond: number
  failedBatches: number
  /** Milliseconds. */
  ackP99: number
  toScreenP50: number
  toScreenP95: number
  toScreenP99: number
  frames: number
  /** Members whose acknowledged newest is not in the database at the end, and after kill -9 in the middle of it. */
  lostAtEnd: number
  lostAfterKill: number
  longestDelayOfLoopMs: number
}

export async function measureFlood(
  arena: Arena,
  devices: readonly string[],
  sizes: { seconds: number; batch: number },
): Promise<FloodResult> {
  const { origin } = arena.product
  const { cookies, gatewayKey } = arena.world
  const load = startGatewayLoad({ origin, key: gatewayKey, devices, batch: sizes.batch })
  const sentAt = devices.slice(0, FOLLOWED).map(() => new Map<number, number>())
  const shown = devices.slice(0, FOLLOWED).map(() => -1)
  const delays: number[] = []
  let handles = new Map<number, number>()
  let frames = 0

  const screen: Screen = createScreen({ origin, cookie: cookies[0] ?? '', readsLists: false, view: VIEW })
  screen.socket.on('positions:frame', (data) => {
    const at = Date.now()
    frames++
    for (const { handle, position } of readFrame(data).people) {
      const index = handles.get(handle)
      if (index === undefined) continue
      const step = stepAt(index, position, load.newest.get(devices[index] ?? '')?.step ?? 0)
      const sent = sentAt[index]?.get(step)
      if (sent === undefined || step <= (shown[index] ?? -1)) continue
      shown[index] = step
      delays.push(at - sent)
    }
  })
  screen.open()
  await allInStep([screen])
  handles = await handlesOf(arena, devices.slice(0, FOLLOWED))
  const watching = setInterval(() => {
    for (const [index, known] of sentAt.entries()) {
      const report = load.newest.get(devices[index] ?? '')
      if (!report || known.has(report.step)) continue
      known.set(report.step, report.sentAt)
      known.delete(report.step - REMEMBERED_STEPS)
    }
  }, 5)
  await pause(5_000)
  delays.length = 0
  load.answers.length = 0
  frames = 0
  const [sentBefore, since] = [load.sent(), performance.now()]
  let longest = 0
  for (let last = performance.now(); performance.now() - since < sizes.seconds * 1_000; last = performance.now()) {
    await pause(50)
    longest = Math.max(longest, performance.now() - last - 50)
  }
  const perSecond = (load.sent() - sentBefore) / ((performance.now() - since) / 1_000)
  const toScreen = [0.5, 0.95, 0.99].map((share) => quantile(delays, share) ?? Number.POSITIVE_INFINITY)
  const [ackP99, frameCount] = [quantile(load.answers, 0.99) ?? Number.POSITIVE_INFINITY, frames]
  const failedBatches = load.failed()
  clearInterval(watching)

  // In the middle of the flood: what was acknowledged before is there.
  await arena.restartWeb()
  const lostAfterKill = await lost(arena, load, devices)
  await pause(3_000)
  await load.stop()
  const lostAtEnd = await lost(arena, load, devices)
  screen.close()
  return {
    perSecond,
    failedBatches,
    ackP99,
    toScreenP50: toScreen[0] ?? 0,
    toScreenP95: toScreen[1] ?? 0,
    toScreenP99: toScreen[2] ?? 0,
    frames: frameCount,
    lostAtEnd,
    lostAfterKill,
    longestDelayOfLoopMs: highest([longest]),
  }
}

/** What frames call the devices' members → the devices' numbers. */
async function handlesOf({ product, world }: Arena, devices: readonly string[]): Promise<Map<number, number>> {
  const answer = await fetch(`${product.origin}/api/duty`, { headers: { cookie: world.cookies[0] ?? '' } })
  const people = (await answer.json()) as { memberId: string; handle: number }[]
  const handleOf = new Map(people.map(({ memberId, handle }) => [memberId, handle]))
  return new Map(devices.map((device, index) => [handleOf.get(world.members.get(device) ?? '') ?? -1, index]))
}

/** Members whose newest acknowledged report, or a later one, is not what the database holds. */
async function lost(
  { inDatabase, world }: Arena,
  load: ReturnType<typeof startGatewayLoad>,
  devices: readonly string[],
): Promise<number> {
  const promised = new Map(devices.map((device) => [device, load.newest.get(device)?.acknowledgedStep ?? -1]))
  const rows = await inDatabase((db) =>
    db.query<{ memberId: string; longitude: number; latitude: number }>(
      `SELECT member_id AS "memberId", longitude / 1e7::float8 AS longitude, latitude / 1e7::float8 AS latitude
       FROM latest_positions`,
    ),
  )
  const stored = new Map(rows.map(({ memberId, longitude, latitude }) => [memberId, [longitude, latitude] as const]))
  return devices.filter((device, index) => {
    const place = stored.get(world.members.get(device) ?? '')
    const least = promised.get(device) ?? -1
    if (least < 0) return false
    if (!place) return true
    const step = stepAt(index, [place[0], place[1]], (load.newest.get(device)?.step ?? 0) + 1)
    const [longitude, latitude] = placeAt(index, step)
    const isOnWalk =
      Math.abs(longitude - place[0]) < SAME_PLACE_DEGREES && Math.abs(latitude - place[1]) < SAME_PLACE_DEGREES
    return !isOnWalk || step < least
  }).length
}
