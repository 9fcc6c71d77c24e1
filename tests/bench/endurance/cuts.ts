/** B3: screens that are cut again and again while facts are made; in the end every one holds what the server holds. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { placeIn } from '../../support/builders.ts'
import type { Arena } from './arena.ts'
import { quantile } from './figures.ts'
import { createScreen, hashOf, type Records, readLists, type Screen, textOf } from './screen.ts'

const SETTLES_WITHIN_MS = 120_000
/** Screens open at this rate, below what the server lets in. */
const OPEN_EVERY_MS = 8
/** Some come back at once, some after a walk through a cellar. */
const LONGEST_AWAY_MS = 6_000

export interface CutsResult {
  screens: number
  cuts: number
  factsMade: number
  /** Records that a screen lacks, has too much or has in another version. */
  wrong: number
  doubled: number
  /** Screens whose hash of everything is the server's. */
  equalHashes: number
  catchUpP99Ms: number
  afresh: number
}

export async function measureCuts(
  arena: Arena,
  sizes: { screens: number; cutsEach: number; seconds: number; factsPerSecond: number },
): Promise<CutsResult> {
  const { origin } = arena.product
  const { cookies } = arena.world
  const awayMs = () => (Math.random() < 0.3 ? Math.random() * LONGEST_AWAY_MS : null)
  const screens = Array.from({ length: sizes.screens }, (_, index) =>
    createScreen({ origin, cookie: cookies[index % cookies.length] ?? '', awayMs }),
  )
  for (const screen of screens) {
    screen.open()
    await pause(OPEN_EVERY_MS)
  }
  await allInStep(screens)
  for (const screen of screens) screen.catchUps.length = 0

  const facts = makeFacts(arena, sizes.factsPerSecond)
  let cuts = 0
  await Promise.all(
    screens.map(async (screen) => {
      for (let made = 0; made < sizes.cutsEach; made++) {
        await pause(2 * Math.random() * ((sizes.seconds * 1_000) / sizes.cutsEach))
        while (!screen.isInStep()) await pause(20)
        screen.cut()
        cuts++
      }
    }),
  )
  const factsMade = await facts.stop()
  await allInStep(screens)
  // What was told last is on its way.
  await pause(1_500)

  const truths = await Promise.all([0, 1, 2].map((scope) => readLists(origin, cookies[scope] ?? '')))
  const truthOf = (index: number) => truths[(index % cookies.length) % 3] as Records
  const result: CutsResult = {
    screens: screens.length,
    cuts,
    factsMade,
    wrong: screens.reduce((sum, { records }, index) => sum + differences(records, truthOf(index)), 0),
    doubled: screens.reduce((sum, screen) => sum + screen.doubled(), 0),
    equalHashes: screens.filter(({ records }, index) => hashOf(records) === hashOf(truthOf(index))).length,
    catchUpP99Ms:
      quantile(
        screens.flatMap(({ catchUps }) => catchUps),
        0.99,
      ) ?? Number.POSITIVE_INFINITY,
    afresh: screens.reduce((sum, screen) => sum + screen.afresh(), 0) - screens.length,
  }
  for (const screen of screens) screen.close()
  return result
}

export async function allInStep(screens: readonly Screen[], withinMs = SETTLES_WITHIN_MS): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!screens.every((screen) => screen.isInStep())) {
    if (performance.now() > deadline)
      throw new Error(`${screens.filter((screen) => !screen.isInStep()).length} screens are not back in step.`)
    await pause(50)
  }
}

function differences(records: Records, truth: Records): number {
  let wrong = 0
  for (const [key, record] of truth) if (!records.has(key) || textOf(records.get(key)) !== textOf(record)) wrong++
  for (const key of records.keys()) if (!truth.has(key)) wrong++
  return wrong
}

/** Cases reported all over the street, and members going on and off duty. */
export function makeFacts(arena: Arena, perSecond: number): { stop(): Promise<number> } {
  const { origin } = arena.product
  const { cookies, gatewayKey, members } = arena.world
  const resting = [...members.keys()].slice(-20)
  let isMaking = true
  let made = 0

  async function report(cookie: string): Promise<void> {
    const body = {
      title: '楼道堆物',
      text: null,
      categoryKey: null,
      priority: 'normal',
      source: 'patrol',
      position: placeIn(made % 4, 0, Math.random(), Math.random()),
      address: null,
      reporterName: null,
      reporterPhone: null,
    }
    await post('/api/cases', body, { origin, cookie, 'idempotency-key': randomUUID() })
  }

  async function turn(device: string, isOn: boolean): Promise<void> {
    await post('/ingest/gateway/duty', { device, isOn }, { authorization: `Bearer ${gatewayKey}` })
  }

  async function post(path: string, body: unknown, headers: Record<string, string>): Promise<void> {
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}: ${text}`)
    made++
  }

  const running = (async () => {
    for (let turns = 0; isMaking; turns++) {
      const device = resting[turns % resting.length] ?? ''
      await Promise.all([
        turns % 3 === 0
          ? turn(device, Math.floor(turns / resting.length) % 2 === 0)
          : report(cookies[(turns * 3) % cookies.length] ?? ''),
        pause(1_000 / perSecond),
      ])
    }
  })()
  return {
    async stop() {
      isMaking = false
      await running
      return made
    },
  }
}
