/** A list that facts keep true need not be read whole for each change; bulk loads, which tell no facts, still come in. */

/** A list is read by itself when no fact about it has come for this long, milliseconds. */
const QUIET_MS = 2_000
/** While facts keep coming it is read at most this often. */
const AT_LEAST_EVERY_MS = 30_000

export interface PostponedReading {
  /** A fact about the list was applied. */
  noteFact(): void
  /** The list changed: reads it, now or later. */
  read(): Promise<void>
  /** Reads it now. */
  readNow(): Promise<void>
  stop(): void
}

export function postpone(
  read: () => Promise<void>,
  onFailure: (error: unknown) => void,
  now: () => number,
): PostponedReading {
  let factAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  async function readNow(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    await read()
    // What was just read is as good as told.
    factAt = now()
  }

  return {
    noteFact() {
      factAt = now()
    },
    async read() {
      if (now() - factAt >= QUIET_MS) return readNow()
      timer ??= setTimeout(() => readNow().catch(onFailure), AT_LEAST_EVERY_MS)
    },
    readNow,
    stop: () => clearTimeout(timer),
  }
}
