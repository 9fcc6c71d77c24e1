/** A weekday morning in the demo district: members come and go, walk the roads, lose signal, report what they see. */
import type { Bounds, LonLat } from '#contract/geo'
import type { BoundDevice, GatewayClient, SentFix } from './gateway-client.ts'
import type { Random } from './random.ts'
import { buildRoadGraph, type RoadGraph } from './road-graph.ts'
import { readRoads } from './road-tiles.ts'
import { sampleCase } from './sample-cases.ts'
import { Walker } from './walker.ts'

export interface SimulatorOptions {
  /** How many are on duty at a time. */
  members: number
  /** Reports of each member a second. */
  rateHz: number
  /** Cases reported in all; a screen left alone for weeks must not fill up. */
  cases: number
}

/** Someone comes and someone goes this often, in seconds. */
const TURNOVER_SECONDS = 25
/** Somebody reports something about this often, in seconds. */
const CASE_SECONDS = 100
const BATCH = 2_000
/** Around the homes, in degrees: roads just outside count too. */
const MARGIN = 0.004

export async function createSimulator(client: GatewayClient, random: Random, options: SimulatorOptions) {
  const devices = (await client.devices()).filter((device) => device.home !== null)
  const graph = buildRoadGraph(await readRoads(client, boxOf(devices)))
  const walkers = new Map<string, Walker>()
  const resting = devices.filter(({ isOnDuty }) => !isOnDuty)
  for (const device of devices) if (device.isOnDuty) walkers.set(device.device, walkerOf(device, graph, random))
  let reported = 0

  async function goOnDuty(): Promise<void> {
    const index = Math.floor(random.next() * resting.length)
    const device = resting[index]
    if (!device) return
    await client.setDuty(device.device, true)
    resting.splice(index, 1)
    walkers.set(device.device, walkerOf(device, graph, random))
  }

  async function goOffDuty(): Promise<void> {
    const name = random.pick([...walkers.keys()])
    const device = devices.find((each) => each.device === name)
    if (!device) return
    await client.setDuty(device.device, false)
    walkers.delete(device.device)
    resting.push(device)
  }

  async function report(): Promise<void> {
    const [name, walker] = random.pick([...walkers]) ?? []
    const fix = walker?.fix()
    if (!name || !fix) return
    await client.report(name, sampleCase(fix.position, random))
    reported++
  }

  /** A member's reports of the last so many seconds, the oldest first; at rates above 1 Hz several of them. */
  function walk(device: string, walker: Walker, seconds: number, now: number): SentFix[] {
    const wanted = options.rateHz * seconds
    const count = Math.floor(wanted) + Number(random.chance(wanted % 1))
    const stride = seconds / Math.max(1, count)
    return Array.from({ length: Math.max(1, count) }, (_, index) => {
      walker.step(stride)
      const fix = count > 0 ? walker.fix() : null
      const at = now - Math.round((count - 1 - index) * stride * 1000)
      return fix ? [toSent(device, fix, at)] : []
    }).flat()
  }

  return {
    nodes: graph.nodes.length,
    onDuty: () => walkers.size,

    /**
     * Lets so many seconds pass and tells the server what came of it. May be called again after it rejected: what was
     * not acknowledged has not happened.
     */
    async tick(seconds: number): Promise<void> {
      if (walkers.size < options.members)
        for (let count = 0; count < 10 && walkers.size < options.members; count++) await goOnDuty()
      else if (random.chance(seconds / TURNOVER_SECONDS)) await goOffDuty()
      const fixes: SentFix[] = []
      for (const [device, walker] of walkers) fixes.push(...walk(device, walker, seconds, Date.now()))
      for (let at = 0; at < fixes.length; at += BATCH) await client.send(fixes.slice(at, at + BATCH))
      if (reported < options.cases && random.chance(seconds / CASE_SECONDS)) await report()
    },
  }
}
export type Simulator = Awaited<ReturnType<typeof createSimulator>>

const walkerOf = ({ home }: BoundDevice, graph: RoadGraph, random: Random) => new Walker(graph, random, home ?? [0, 0])

function toSent(device: string, fix: NonNullable<ReturnType<Walker['fix']>>, at: number): SentFix {
  const [lon, lat] = fix.position
  return {
    device,
    at,
    lon,
    lat,
    accuracy: fix.accuracyMetres,
    speed: fix.speedMetresPerSecond,
    heading: fix.headingDegrees,
  }
}

function boxOf(devices: readonly BoundDevice[]): Bounds {
  const homes = devices.flatMap(({ home }): LonLat[] => (home ? [home] : []))
  const [xs, ys] = [homes.map(([x]) => x), homes.map(([, y]) => y)]
  const lowest = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const highest = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (homes.length === 0) return [0, 0, 0, 0]
  return [lowest(xs) - MARGIN, lowest(ys) - MARGIN, highest(xs) + MARGIN, highest(ys) + MARGIN]
}
