/**
 * P5, P6 and P7: what it costs to show people on many screens. Servers, peers and screens are processes of their own;
 * CPU is the server process's own time. A frame's delay runs from the start of the server's tick to the moment the
 * screen's process has read the whole message, on the machine's monotonic clock.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Bounds } from '../../../contract/geo.ts'
import type { Bench } from '../bench.ts'
import { against, median, ofRounds, percentile, ROUNDS } from '../rounds.ts'
import { startWorker, type Worker } from '../worker.ts'
import { boxAround, CITY, cityPlaces, moved, SEED } from './city.ts'
import type { FrameServer } from './frame-server.child.ts'
import type { PeerServer } from './peer-server.child.ts'
import type { ScreenKind, Screens } from './screens.child.ts'

const SOCKET_IO = '/socket.io/?EIO=4&transport=websocket'
/** Time for what was sent to arrive before it is counted. */
const SETTLE_MS = 300

const DISTRICT = { members: 10_000, screens: 100, ticks: 3, reportsEveryMs: 1_000 }
const WHOLE_CITY = { members: 100_000, screens: 1_000, ticks: 5, reportsEveryMs: 10_000, sends: 5 }
/** What a dispatcher's console shows at zoom 15 or so. */
const VIEW_METRES = { width: 1_500, height: 1_000 }
const EMIT_MS = 1_500

export async function measureFanOut(bench: Bench): Promise<void> {
  const product = startWorker<FrameServer>('live/frame-server.child.ts')
  const city = startWorker<FrameServer>('live/frame-server.child.ts')
  const peers = startWorker<PeerServer>('live/peer-server.child.ts')
  const screens = startWorker<Screens>('live/screens.child.ts')
  try {
    bench.say(
      `P5, P6: ${DISTRICT.members} members on ${DISTRICT.screens} screens; P7: ${WHOLE_CITY.members} on ${WHOLE_CITY.screens}`,
    )
    const [productOrigin, cityOrigin, peerOrigin] = await Promise.all([
      product.serve(DISTRICT.members),
      city.serve(WHOLE_CITY.members),
      peers.serve(DISTRICT.members),
    ])
    const frames = (origin: string): ScreenKind => ({ origin, path: SOCKET_IO, cookie: 'screen' })
    await screens.open('district', frames(productOrigin), wholeDistrict(DISTRICT.screens))
    await screens.open('emits', { origin: peerOrigin, path: SOCKET_IO, cookie: null }, none(DISTRICT.screens))
    await screens.open('city', frames(cityOrigin), cityViews(WHOLE_CITY.screens))
    await screens.open('raw', { origin: peerOrigin, path: '/raw', cookie: null }, none(WHOLE_CITY.screens))
    if (bench.wants('P5', 'P6')) await measureDistrict(bench, { product, peers, screens })
    if (bench.wants('P7')) await measureCity(bench, { product: city, peers, screens })
  } finally {
    await Promise.all([product, city, peers, screens].map((worker) => worker.end()))
  }
}

interface Parts {
  product: Worker<FrameServer>
  peers: Worker<PeerServer>
  screens: Worker<Screens>
}

async function measureDistrict(bench: Bench, { product, peers, screens }: Parts): Promise<void> {
  const cpu = { frames: [] as number[], emits: [] as number[], lists: [] as number[] }
  const bytes = { frames: [] as number[], lists: [] as number[] }
  for (let round = 0; round <= ROUNDS; round++) {
    await screens.begin('district')
    const run = await product.run(DISTRICT.ticks, DISTRICT.reportsEveryMs)
    await pause(SETTLE_MS)
    const framed = await screens.seen('district')
    const all = DISTRICT.ticks * DISTRICT.screens
    if (framed.arrivals.length !== all) bench.say(`P5: ${all - framed.arrivals.length} of ${all} frames were skipped`)

    await screens.begin('emits')
    const emits = await peers.emitEach(EMIT_MS)
    await pause(SETTLE_MS)
    const emitted = await screens.seen('emits')
    if (emitted.messages !== emits.updates * emits.screens) throw new Error('Emitted updates did not arrive.')

    await screens.begin('emits')
    const list = await peers.emitList()
    await pause(SETTLE_MS)
    const listed = await screens.seen('emits')
    // The first round warms up.
    if (round === 0) continue
    // The peers' updates are there already, so our people's moving is left out as well.
    cpu.frames.push(((run.cpuSeconds - run.movesCpuSeconds) / framed.positions) * 1e9)
    cpu.emits.push((emits.cpuSeconds / emitted.messages) * 1e9)
    cpu.lists.push((list.cpuSeconds / (list.people * listed.messages)) * 1e9)
    bytes.frames.push(framed.bytes / framed.positions)
    bytes.lists.push(listed.bytes / (list.people * listed.messages))
  }
  bench.record({
    id: 'P5.cpu-per-delivered-position',
    unit: 'ns',
    peer: 'Socket.IO emit per update',
    ...against(cpu.frames, cpu.emits),
    goal: { atMost: 1 / 100 },
  })
  bench.record({
    id: 'P5.cpu-against-one-list',
    unit: 'ns',
    peer: 'Socket.IO broadcast of one JSON list',
    ...against(cpu.frames, cpu.lists),
  })
  bench.record({
    id: 'P6.bytes-per-delivered-position',
    unit: 'B',
    peer: 'Socket.IO broadcast of JSON objects',
    ...against(bytes.frames, bytes.lists),
    goal: { atMost: 1 / 4 },
  })
}

async function measureCity(bench: Bench, { product, peers, screens }: Parts): Promise<void> {
  const figures = { cores: [], p50: [], p99: [], last: [], tick: [], send: [], raw: [], people: [] } as Record<
    string,
    number[]
  >
  const add = (name: string, value: number) => figures[name]?.push(value)
  for (let round = 0; round <= ROUNDS; round++) {
    await screens.begin('city')
    const run = await product.run(WHOLE_CITY.ticks, WHOLE_CITY.reportsEveryMs)
    await pause(SETTLE_MS)
    const { arrivals, positions } = await screens.seen('city')
    const all = WHOLE_CITY.ticks * WHOLE_CITY.screens
    if (arrivals.length !== all) bench.say(`P7: ${all - arrivals.length} of ${all} frames were skipped`)
    const delays = run.starts.map(({ serverTime, at }, tick) => {
      const until = run.starts[tick + 1]?.serverTime ?? Number.POSITIVE_INFINITY
      return arrivals
        .filter((frame) => frame.serverTime >= serverTime && frame.serverTime < until)
        .map((frame) => frame.at - at)
    })
    // By turns, so that both sends meet the same minute.
    const send = await product.sendPrebuilt(WHOLE_CITY.sends)
    await pause(SETTLE_MS)
    const raw = await peers.sendRaw(WHOLE_CITY.sends, send.bytes)
    await pause(SETTLE_MS)
    if (round === 0) continue
    add('cores', run.cpuSeconds / run.seconds)
    add('p50', percentile(delays.flat(), 0.5))
    add('p99', percentile(delays.flat(), 0.99))
    add('last', median(delays.map((ofTick) => Math.max(...ofTick))))
    add('people', positions / arrivals.length)
    add('tick', (run.cpuSeconds / arrivals.length) * 1e6)
    add('send', (send.cpuSeconds / send.messages) * 1e6)
    add('raw', (raw.cpuSeconds / raw.messages) * 1e6)
  }
  const of = (name: string) => figures[name] ?? []
  bench.say(`P7: a frame holds ${Math.round(median(of('people')))} people at the median of the rounds`)
  bench.record({ id: 'P7.cores', unit: 'core', ...ofRounds(of('cores')), goal: { atMost: 0.25 } })
  bench.record({ id: 'P7.p99', unit: 'ms', ...ofRounds(of('p99')), goal: { atMost: 150 } })
  bench.record({ id: 'P7.p50', unit: 'ms', ...ofRounds(of('p50')) })
  bench.record({ id: 'P7.last-screen', unit: 'ms', ...ofRounds(of('last')) })
  const peer = 'raw ws, same pre-built frames'
  bench.record({ id: 'P7.cpu-per-message', unit: 'µs', peer, ...against(of('send'), of('raw')), goal: { atMost: 2 } })
  bench.record({ id: 'P7.cpu-per-message-built', unit: 'µs', peer, ...against(of('tick'), of('raw')) })
}

/** Every screen shows the whole district, each a little differently, so that no frame serves two. */
const wholeDistrict = (count: number): Bounds[] =>
  Array.from({ length: count }, (_, index) => {
    const [west, south] = moved([CITY[0], CITY[1]], -index - 100, -index - 100)
    const [east, north] = moved([CITY[2], CITY[3]], index + 100, index + 100)
    return [west, south, east, north]
  })

/** Where people look: at people. */
const cityViews = (count: number): Bounds[] =>
  cityPlaces(count, SEED).map((place) => boxAround(place, VIEW_METRES.width, VIEW_METRES.height))

const none = (count: number): null[] => Array.from({ length: count }, () => null)
