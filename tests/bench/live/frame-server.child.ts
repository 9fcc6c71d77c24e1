/**
 * The product's live part over a city's people: LiveStore, frames, fan-out and the Socket.IO server of server/live.ts.
 * Only the sessions are made up, so that no database is needed.
 */
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { LonLat } from '../../../contract/geo.ts'
import type { Session, SessionsService } from '../../../server/auth/sessions.service.ts'
import { type Answerers, createLive } from '../../../server/live.ts'
import { liveLimits } from '../../../server/live-limits.ts'
import { AreaOrder } from '../../../server/positions/area-order.ts'
import { createFrameFanOut, FRAME_EVERY_MS } from '../../../server/positions/frame-fan-out.ts'
import { createFrames } from '../../../server/positions/frames.ts'
import { LiveStore } from '../../../server/positions/live-store.ts'
import { positionRights } from '../../../server/positions/position-rights.ts'
import { answerBench, cpuSeconds, sharedMs } from '../worker.ts'
import { CITY, cityPlaces, moved } from './city.ts'

const STREET = '/440311001/'
const MOVES_A_SECOND = 20
const PAUSE_BETWEEN_SENDS_MS = 200

const order = new AreaOrder([STREET])
const store = new LiveStore(CITY)
const frames = createFrames({ store, now: Date.now })
const rightsOf = (viewer: Session['viewer']) => positionRights(viewer, (scope) => order.rangesOf(scope))
let people: { memberId: string; position: LonLat }[] = []

const sessionOf = (secret: string): Session => ({
  idHash: Buffer.from(secret),
  isLocked: false,
  viewer: { accountId: secret, name: '', role: 'dispatcher', scope: [STREET], memberId: null, departmentId: null },
  view: {
    accountId: secret,
    name: '',
    role: 'dispatcher',
    scope: [],
    hasPassword: false,
    asksCurrentPassword: false,
    isLocked: false,
    expiresAt: 0,
    idleLockMs: 0,
  },
})
const sessions: SessionsService = {
  find: async (secret) => sessionOf(secret),
  findAll: async (secrets) => new Map([...secrets].map((secret) => [secret, sessionOf(secret)])),
  touch: async () => {},
  end: async () => {},
}

const server = createServer()
let origin = ''
const live = createLive({
  server,
  sessions,
  origins: () => [origin],
  now: Date.now,
  onFault: (error) => console.error(error),
  onRefused: () => {},
  answerers: {
    async 'positions:view'(view, client) {
      client.view = view
      return { accepted: true }
    },
    // The bench's screens ask nothing else.
  } satisfies Partial<Answerers> as unknown as Answerers,
  // All screens come at once here, which is not what is measured.
  limits: { ...liveLimits, handshakesPerSecond: 5_000 },
})
const fanOut = createFrameFanOut({ clients: live.clients, frames, rightsOf, now: Date.now })

function put(index: number): void {
  const person = people[index]
  if (!person) return
  person.position = moved(person.position, Math.random() * 2 - 1, Math.random() * 2 - 1)
  store.put({
    memberId: person.memberId,
    handle: index + 1,
    position: person.position,
    fixAt: Date.now(),
    accuracyMetres: 5 + (index % 20),
    headingDegrees: index % 360,
    staleAfterMs: 30_000,
    areaOrder: order.orderOf(STREET),
    flags: 0,
  })
}

/** Everybody moves once in `reportsEveryMs`, spread evenly. What that costs is counted apart. */
function startMoving(reportsEveryMs: number) {
  const step = Math.ceil((people.length * (1_000 / MOVES_A_SECOND)) / reportsEveryMs)
  let next = 0
  let cpu = 0
  const timer = setInterval(() => {
    const before = cpuSeconds()
    for (let count = 0; count < step; count++) put(next++ % people.length)
    cpu += cpuSeconds() - before
  }, 1_000 / MOVES_A_SECOND)
  return {
    /** Returns the CPU seconds that the moves took. */
    stop(): number {
      clearInterval(timer)
      return cpu
    },
  }
}

const answers = {
  async serve(members: number): Promise<string> {
    people = cityPlaces(members).map((position, index) => ({ memberId: `member-${index}`, position }))
    for (let index = 0; index < members; index++) put(index)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
    return origin
  },

  screens: () => live.count(),

  /** Ticks at 1 Hz while people move. `ticks` are the instants each began, by Date.now and by the shared clock. */
  async run(ticks: number, reportsEveryMs: number) {
    const moves = startMoving(reportsEveryMs)
    const starts: { serverTime: number; at: number }[] = []
    const since = sharedMs()
    const before = cpuSeconds()
    for (let tick = 0; tick < ticks; tick++) {
      starts.push({ serverTime: Date.now(), at: sharedMs() })
      fanOut.tick()
      await pause(Math.max(0, since + (tick + 1) * FRAME_EVERY_MS - sharedMs()))
    }
    const cpu = cpuSeconds() - before
    return { cpuSeconds: cpu, movesCpuSeconds: moves.stop(), seconds: (sharedMs() - since) / 1_000, starts }
  },

  /** Tells each screen a frame that was built before, some times over: the cost of sending alone. */
  async sendPrebuilt(times: number) {
    const built = [...live.clients()].flatMap((client) => {
      const rights = rightsOf(client.session().viewer)
      return client.view && rights ? [{ client, frame: frames.build(client.view, rights) }] : []
    })
    const before = cpuSeconds()
    for (let time = 0; time < times; time++) {
      for (const { client, frame } of built) client.tell('positions:frame', frame)
      await pause(PAUSE_BETWEEN_SENDS_MS)
    }
    return {
      cpuSeconds: cpuSeconds() - before,
      messages: times * built.length,
      bytes: built.map(({ frame }) => frame.length),
    }
  },
}
export type FrameServer = typeof answers
answerBench(answers)
