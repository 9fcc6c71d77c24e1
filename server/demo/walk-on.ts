/** The simulated morning's clock: a second after the other, and patience while the server is not ready. */
import { NotReady } from './gateway-client.ts'
import type { Random } from './random.ts'
import type { Simulator } from './simulator.ts'

const TICK_MS = 1_000
/** Nobody walks further in one go, whatever the pause was, in seconds. */
const LONGEST_STEP_SECONDS = 10
/** After the first, second, … answer of a server that is not ready, in a row; the last one repeats. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000]

export interface WalkOnParts {
  random: Pick<Random, 'between'>
  pause(milliseconds: number): Promise<unknown>
  now(): number
  say(line: string): void
}

/** Never resolves. Rejects with what is more than a server that is away for a moment. */
export async function walkOn(
  simulator: Pick<Simulator, 'tick'>,
  { random, pause, now, say }: WalkOnParts,
): Promise<never> {
  let refusals = 0
  for (let last = now(); ; ) {
    await pause(refusals === 0 ? TICK_MS : pauseAfter(refusals) * random.between(0.75, 1.25))
    const at = now()
    try {
      await simulator.tick(Math.min(LONGEST_STEP_SECONDS, (at - last) / 1000))
      refusals = 0
    } catch (error) {
      if (!(error instanceof NotReady)) throw error
      if (refusals === 0) say(`simulator: waits, ${error.message}`)
      refusals++
    }
    last = at
  }
}

const pauseAfter = (refusals: number) => PAUSES_MS[Math.min(refusals, PAUSES_MS.length) - 1] ?? TICK_MS
