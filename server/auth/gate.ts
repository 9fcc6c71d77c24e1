/** Lets so many through at once, lets so many wait, and turns the rest away. */
import { Refusal } from '../errors.ts'

export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>

export interface GateOptions {
  atOnce: number
  waiting: number
  /** What the one turned away reads. */
  message: string
}

/** Refuses with `too_busy` when `waiting` are waiting already. First come, first served. */
export function createGate({ atOnce, waiting, message }: GateOptions): Gate {
  const queue: (() => void)[] = []
  let inside = 0

  async function enter(): Promise<void> {
    if (inside < atOnce) {
      inside++
      return
    }
    if (queue.length >= waiting) throw new Refusal('too_busy', message)
    // Whoever leaves hands over the place, so `inside` stays as it is.
    await new Promise<void>((resolve) => queue.push(resolve))
  }

  function leave(): void {
    const next = queue.shift()
    if (next) next()
    else inside--
  }

  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
