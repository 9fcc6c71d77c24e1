/** A gateway that reports everybody's place in batches, so that the place itself tells which report it came from. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Bounds, LonLat } from '../../../contract/geo.ts'

const TICK_MS = 100
const ANSWER_WITHIN_MS = 10_000
/** Everybody walks in a circle of so many steps of about seven metres. */
const STEPS = 128
const RADIUS_DEGREES = 0.0013

/** Where everybody walks; inside the street of tests/support/builders.ts. */
export const WALK_BOUNDS: Bounds = [114, 22.7, 114.04, 22.71]

export interface GatewayLoad {
  /** Device → its newest report that was sent, and the newest that was acknowledged. */
  newest: Map<string, { step: number; position: LonLat; sentAt: number; acknowledgedStep: number }>
  sent(): number
  acknowledged(): number
  /** Batches that were answered with anything but 200, or not at all. */
  failed(): number
  /** Milliseconds from sending a batch to its acknowledgement. */
  answers: number[]
  stop(): Promise<void>
}

const centreOf = (index: number): LonLat => [114.002 + (index % 720) * 0.00005, 22.702 + (index % 67) * 0.00009]

/** Where the device with this number is at a step. */
export function placeAt(index: number, step: number): LonLat {
  const [longitude, latitude] = centreOf(index)
  const angle = (2 * Math.PI * (step % STEPS)) / STEPS
  return [longitude + RADIUS_DEGREES * Math.cos(angle), latitude + RADIUS_DEGREES * Math.sin(angle)]
}

/** The newest step up to `latest` at which the device with this number was here. */
export function stepAt(index: number, [longitude, latitude]: LonLat, latest: number): number {
  const centre = centreOf(index)
  const angle = Math.atan2(latitude - centre[1], longitude - centre[0])
  const step = Math.round((angle / (2 * Math.PI)) * STEPS)
  return latest - ((((latest - step) % STEPS) + STEPS) % STEPS)
}

/** Every device reports once a second; batches of `batch` go out as they fall due, several at a time if need be. */
export function startGatewayLoad(options: {
  origin: string
  key: string
  devices: readonly string[]
  batch: number
}): GatewayLoad {
  const { origin, key, devices, batch } = options
  const newest: GatewayLoad['newest'] = new Map()
  const answers: number[] = []
  let sent = 0
  let acknowledged = 0
  let failed = 0
  let isRunning = true
  const underWay = new Set<Promise<void>>()

  async function send(from: number, to: number, step: number): Promise<void> {
    const sentAt = Date.now()
    const fixes = devices.slice(from, to).map((device, offset) => {
      const position = placeAt(from + offset, step)
      newest.set(device, { step, position, sentAt, acknowledgedStep: newest.get(device)?.acknowledgedStep ?? -1 })
      return { device, at: sentAt, lon: position[0], lat: position[1], accuracy: 5 }
    })
    sent += fixes.length
    const since = performance.now()
    const answer = await fetch(`${origin}/ingest/gateway`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sentAt, fixes }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch(() => null)
    await answer?.arrayBuffer().catch(() => null)
    if (answer?.status !== 200) {
      failed++
      return
    }
    answers.push(performance.now() - since)
    acknowledged += fixes.length
    for (const { device } of fixes) {
      const known = newest.get(device)
      if (known) known.acknowledgedStep = Math.max(known.acknowledgedStep, step)
    }
  }

  async function run(): Promise<void> {
    const began = performance.now()
    const batches = Math.ceil(devices.length / batch)
    for (let due = 0; isRunning; due++) {
      const late = performance.now() - began
      const wait = (due / batches) * 1_000 - late
      if (wait > 0) await pause(Math.max(1, Math.min(wait, TICK_MS)))
      if (performance.now() - began < (due / batches) * 1_000) {
        due--
        continue
      }
      const from = (due % batches) * batch
      const work = send(from, Math.min(devices.length, from + batch), Math.floor(due / batches))
      underWay.add(work)
      void work.finally(() => underWay.delete(work))
    }
  }
  const running = run()

  return {
    newest,
    sent: () => sent,
    acknowledged: () => acknowledged,
    failed: () => failed,
    answers,
    async stop() {
      isRunning = false
      await running
      await Promise.all(underWay)
    },
  }
}
