/** B5 (fault F9): every screen loses its server at once and comes back. */
import { setTimeout as pause } from 'node:timers/promises'
import { factsQueries } from '../../../server/facts/facts.queries.ts'
import type { Arena } from './arena.ts'
import { createScreen, type Screen } from './screen.ts'

const OPEN_EVERY_MS = 6
const GIVES_UP_AFTER_MS = 90_000

export interface StormResult {
  screens: number
  /** Seconds from the first /readyz 200 until the last was in step. */
  seconds: number
  /** The share that was in step after so many seconds. */
  half: number
  /** Seconds from the kill to ready. */
  readySeconds: number
}

export interface Crowd {
  screens: Screen[]
  /**
   * kill -9; facts are made while it is down, so that everybody has missed some. `isCold`: so much was missed that
   * everybody has to read every list.
   */
  storm(isCold: boolean): Promise<StormResult>
  close(): void
}

export async function openCrowd(arena: Arena, count: number): Promise<Crowd> {
  const { origin } = arena.product
  const screens = arena.world.cookies.slice(0, count).map((cookie) => createScreen({ origin, cookie }))
  for (const screen of screens) {
    screen.open()
    await pause(OPEN_EVERY_MS)
  }
  await inStep(screens, screens.length, GIVES_UP_AFTER_MS)

  async function storm(isCold: boolean): Promise<StormResult> {
    const killedAt = performance.now()
    const readyAt = await arena.restartWeb(() => makeMissed(arena, isCold))
    const half = await inStep(screens, screens.length / 2, GIVES_UP_AFTER_MS)
    const all = await inStep(screens, screens.length, GIVES_UP_AFTER_MS)
    return {
      screens: screens.length,
      seconds: (all - readyAt) / 1_000,
      half: (half - readyAt) / 1_000,
      readySeconds: (readyAt - killedAt) / 1_000,
    }
  }
  return {
    screens,
    storm,
    close() {
      for (const screen of screens) screen.close()
    },
  }
}

/** When so many were in step. */
async function inStep(screens: readonly Screen[], count: number, withinMs: number): Promise<number> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const are = screens.filter((screen) => screen.isInStep()).length
    if (are >= count) return performance.now()
    if (performance.now() > deadline) throw new Error(`Only ${are} of ${screens.length} screens are in step.`)
    await pause(50)
  }
}

function makeMissed(arena: Arena, isCold: boolean): Promise<void> {
  return arena.inDatabase(async (db) => {
    const cases = await db.query<{ id: string; areaPath: string | null }>(
      'SELECT c.id, a.path AS "areaPath" FROM cases c LEFT JOIN areas a ON a.id = c.area_id LIMIT 50',
    )
    await db.transaction((tx) => factsQueries(tx).note('case', cases))
    if (isCold) await db.query('DELETE FROM facts')
  })
}
