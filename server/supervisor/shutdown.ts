/** Ending in order: what was started last ends first, all within ten seconds; a second signal does not wait. */

export interface Shutdown {
  isEnding(): boolean
  /** Adds something to end; the last added ends first. */
  before(end: () => Promise<void> | void): void
  /** Ends everything, then the process. */
  end(exitCode: number): Promise<void>
}

const HURRIED_WITHIN_MS = 9_500
/** How often to look whether npm, which started us, is still there. */
const PARENT_EVERY_MS = 1_000

export function createShutdown(say: (line: string) => void): Shutdown {
  const ends: (() => Promise<void> | void)[] = []
  let isEnding = false

  async function end(exitCode: number): Promise<void> {
    if (isEnding) return
    isEnding = true
    // Whatever hangs is killed by the end of its channel to this process.
    setTimeout(() => process.exit(1), HURRIED_WITHIN_MS).unref()
    for (const step of ends.reverse()) await step()
    process.exit(exitCode)
  }

  function onSignal(signal: string): void {
    if (isEnding) process.exit(1)
    say(`停止 Stopping (${signal}) …`)
    void end(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, onSignal)
  if (process.env.npm_lifecycle_event) followParent(() => onSignal('npm ended'))

  return { isEnding: () => isEnding, before: (step) => void ends.push(step), end }
}

/** npm killed outright leaves us behind, holding the port and the data directory. */
function followParent(onGone: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, PARENT_EVERY_MS)
  timer.unref()
}
