/** Fixes that wait to be acknowledged. In memory, so they live as long as the page does. */
import type { Fix } from '#contract/positions'

export interface WaitingFix {
  key: number
  fix: Fix
}

/** Asynchronous, so that one on the disk can take this one's place. */
export interface Outbox {
  add(fix: Fix): Promise<void>
  /** The oldest first. */
  oldest(limit: number): Promise<WaitingFix[]>
  remove(keys: readonly number[]): Promise<void>
  clear(): Promise<void>
  count(): Promise<number>
}

/** More than a long shift without a network; past it the oldest go. */
const MOST = 5_000

export function createMemoryOutbox(most = MOST): Outbox {
  let waiting: WaitingFix[] = []
  let lastKey = 0
  return {
    async add(fix) {
      waiting.push({ key: ++lastKey, fix })
      if (waiting.length > most) waiting.shift()
    },
    oldest: async (limit) => waiting.slice(0, limit),
    async remove(keys) {
      const gone = new Set(keys)
      waiting = waiting.filter(({ key }) => !gone.has(key))
    },
    async clear() {
      waiting = []
    },
    count: async () => waiting.length,
  }
}
