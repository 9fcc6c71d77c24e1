/** What the simulated morning consists of, told to a gateway that only writes it down. */
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { distanceMetres, type LonLat } from '#contract/geo'
import { type GatewayClient, NotReady, type SentFix } from '../../../server/demo/gateway-client.ts'
import { createRandom } from '../../../server/demo/random.ts'
import { createSimulator, type SimulatorOptions } from '../../../server/demo/simulator.ts'
import { walkOn } from '../../../server/demo/walk-on.ts'
import { encodeTile } from '../../../server/tiles/encode-tile.ts'

/** Streets about 110 m apart, which go on beyond every home. */
const lines = Array.from({ length: 40 }, (_, index) => index * 0.001)
const streets = lines.flatMap((at) => [
  lines.map((along): LonLat => [113.98 + along, 22.68 + at]),
  lines.map((along): LonLat => [113.98 + at, 22.68 + along]),
])
const homes = Array.from({ length: 60 }, (_, index): LonLat => [114 + (index % 8) * 0.001, 22.7 + (index % 7) * 0.001])

function createGateway() {
  const onDuty = new Set<string>()
  const told = { fixes: [] as SentFix[], starts: 0, ends: 0, cases: 0, offDuty: 0 }
  const client: GatewayClient = {
    devices: async () => homes.map((home, index) => ({ device: `d${index}`, home, isOnDuty: false })),
    async setDuty(device, isOn) {
      if (isOn) told.starts++
      else told.ends++
      if (isOn) onDuty.add(device)
      else onDuty.delete(device)
    },
    report: async () => void told.cases++,
    async send(fixes) {
      told.fixes.push(...fixes)
      told.offDuty += fixes.filter(({ device }) => !onDuty.has(device)).length
    },
    async tile(z, x, y) {
      const road = streets.map((coordinates) => ({
        type: 'Feature' as const,
        properties: {},
        geometry: { type: 'LineString' as const, coordinates: coordinates as number[][] },
      }))
      const { bytes } = await encodeTile({ z, x, y }, { features: { road } })
      return bytes && new Uint8Array(gunzipSync(bytes)).buffer
    },
  }
  return { client, told, onDuty }
}

/** The same gateway, which is not ready for one request in five. */
function moody(client: GatewayClient): GatewayClient {
  const random = createRandom(11)
  const mood = () => {
    if (random.chance(0.2)) throw new NotReady('the database is away')
  }
  return {
    ...client,
    async setDuty(device, isOn) {
      mood()
      await client.setDuty(device, isOn)
    },
    async report(device, report) {
      mood()
      await client.report(device, report)
    },
    async send(fixes) {
      mood()
      await client.send(fixes)
    },
  }
}

async function morning(seconds: number, options: Partial<SimulatorOptions> = {}) {
  const gateway = createGateway()
  const settings = { members: 40, rateHz: 0.5, cases: 5, ...options }
  const simulator = await createSimulator(gateway.client, createRandom(7), settings)
  for (let second = 0; second < seconds; second++) await simulator.tick(1)
  return gateway
}

it('has people come, walk, report and go, and tells of nobody who is off duty', async () => {
  const { told, onDuty } = await morning(1_800)
  expect(onDuty.size).toBeGreaterThanOrEqual(39)
  // Somebody goes every 25 s or so, and somebody else comes for him.
  expect(told.ends).toBeGreaterThan(30)
  expect(told.starts - told.ends).toBe(onDuty.size)
  // Never more than a screen left alone for weeks can bear.
  expect(told.cases).toBe(5)
  expect(told.offDuty).toBe(0)
})

it('moves people, and lets some of them lose signal for minutes', async () => {
  const seconds = 1_200
  const { told } = await morning(seconds)
  const devices = [...new Set(told.fixes.map(({ device }) => device))]
  const walked = devices.filter((name) => {
    const [first, ...rest] = told.fixes.filter(({ device }) => device === name)
    return first && rest.some(({ lon, lat }) => distanceMetres([lon, lat], [first.lon, first.lat]) > 100)
  })
  expect(walked.length).toBeGreaterThan(devices.length * 0.8)
  // With signal all the time the rate would be met.
  const expected = 40 * seconds * 0.5
  expect(told.fixes.length).toBeLessThan(expected * 0.995)
  expect(told.fixes.length).toBeGreaterThan(expected * 0.85)
})

it('reports several times a second where more than 1 Hz is asked for, each with its own instant', async () => {
  const { told } = await morning(20, { members: 10, rateHz: 7 })
  expect(told.fixes.length).toBeGreaterThan(0.9 * 7 * 10 * 19)
  const last = told.fixes.slice(-7)
  expect(new Set(last.map(({ device }) => device)).size).toBe(1)
  expect(new Set(last.map(({ at }) => at)).size).toBe(7)
})

it('loses nobody when the server is not ready now and then, and tells of nobody who is off duty', async () => {
  const { client, told, onDuty } = createGateway()
  const simulator = await createSimulator(moody(client), createRandom(7), { members: 40, rateHz: 0.5, cases: 5 })
  for (let second = 0; second < 1_800; second++) await simulator.tick(1).catch(() => {})
  expect(simulator.onDuty()).toBe(onDuty.size)
  expect(onDuty.size).toBeGreaterThanOrEqual(39)
  expect(told.starts - told.ends).toBe(onDuty.size)
  expect([told.cases, told.offDuty]).toEqual([5, 0])
  expect(told.ends).toBeGreaterThan(30)
})

it('waits longer and longer for a server that is not ready, and walks on with the same people', async () => {
  const pauses: number[] = []
  const said: string[] = []
  let clock = 0
  const steps: number[] = []
  const simulator = {
    async tick(seconds: number) {
      steps.push(seconds)
      if (steps.length > 2 && steps.length <= 9) throw new NotReady('503')
      if (steps.length === 12) throw new Error('this key is not known here')
    },
  }
  const parts = {
    random: { between: () => 1 },
    async pause(milliseconds: number) {
      pauses.push(milliseconds / 1000)
      clock += milliseconds
    },
    now: () => clock,
    say: (line: string) => void said.push(line),
  }
  await expect(walkOn(simulator, parts)).rejects.toThrow('not known')
  expect(pauses).toEqual([1, 1, 1, 1, 2, 4, 8, 8, 8, 8, 1, 1])
  expect(Math.max(...steps)).toBe(8)
  expect(said).toHaveLength(1)
})
