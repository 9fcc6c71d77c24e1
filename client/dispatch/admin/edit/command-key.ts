/** One key a command, so that sending it again after a lost answer does it once. */
import type { FailureCode } from '../../../api/failure.ts'

/** After these nobody here knows whether the command was done; the same key must go with the next try. */
const UNCERTAIN: ReadonlySet<FailureCode> = new Set(['offline', 'fault', 'not_ready', 'too_busy', 'key_reused'])

export interface CommandKey {
  /** The key to send with the next try. */
  current(): string
  /** Learns how the try ended; null = it was done. */
  settle(failure: FailureCode | null): void
}

export function createCommandKey(newKey: () => string = () => crypto.randomUUID()): CommandKey {
  let key = newKey()
  return {
    current: () => key,
    settle(failure) {
      if (failure === null || !UNCERTAIN.has(failure)) key = newKey()
    },
  }
}
