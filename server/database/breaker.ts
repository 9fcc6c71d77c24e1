/**
 * Says at once that the database is away while it does not answer, instead of letting everybody wait for it in turn:
 * requests are refused in a millisecond, and what lives in memory keeps its event loop. Asks by itself whether it is back.
 */
import { DatabaseAway, isSilence } from './database-away.ts'

/** So many silences in a row, without any answer between them, and nobody is let through. */
const OPENS_AFTER = 3
const ASK_EVERY_MS = 250

export interface Breaker {
  /** Runs something that needs the database, or throws DatabaseAway without trying. */
  run<Result>(use: () => Promise<Result>): Promise<Result>
  close(): void
}

/** `ask` resolves when the database answers, and settles by itself. */
export function createBreaker(ask: () => Promise<unknown>): Breaker {
  let silences = 0
  let isOpen = false
  let timer: NodeJS.Timeout | undefined

  function askAgain(): void {
    timer = setTimeout(() => {
      ask().then(shut, askAgain)
    }, ASK_EVERY_MS).unref()
  }

  function shut(): void {
    silences = 0
    isOpen = false
  }

  function note(error: unknown): void {
    // Whatever it refuses, it is there.
    if (!isSilence(error)) silences = 0
    else if (++silences >= OPENS_AFTER && !isOpen) {
      isOpen = true
      askAgain()
    }
  }

  return {
    async run(use) {
      if (isOpen) throw new DatabaseAway()
      try {
        const result = await use()
        silences = 0
        return result
      } catch (error) {
        note(error)
        throw error
      }
    },
    close: () => clearTimeout(timer),
  }
}
