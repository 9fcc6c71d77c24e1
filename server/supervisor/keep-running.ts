/** Keeps a child process running: one that dies is started again, at once and then with growing pauses. */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { endChild, whenReady } from '../child-process.ts'
import { StartRefused } from './start-refused.ts'

/** Before the first, second, … start in a row; the last one repeats. */
const PAUSES_MS = [0, 500, 1_000, 2_000, 5_000]
/** One that ran this long before it died starts the row anew. */
const STEADY_AFTER_MS = 30_000
/** Creating the embedded database on a slow machine takes half a minute; longer than this and it hangs. */
const READY_WITHIN_MS = 120_000
/** One that said it cannot start gets this long to leave. */
const END_FAILED_WITHIN_MS = 2_000

export interface Kept {
  /** Settles with the first start: rejects with the reason when it failed, and then nothing more is tried. */
  firstReady: Promise<void>
  /** Process id while it serves; null while it is being started. */
  pid(): number | null
  /** Ends it without asking; it is then started again. */
  kill(): void
  /** Asks it to end, for good. */
  stop(withinMs: number): Promise<void>
}

export function keepRunning(name: string, fork: () => ChildProcess, say: (line: string) => void): Kept {
  let child = fork()
  let isReady = false
  let isStopping = false

  async function becomeReady(): Promise<void> {
    const deadline = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS)
    await whenReady(child).finally(() => clearTimeout(deadline))
    isReady = true
    const since = Date.now()
    child.once('exit', (code, signal) => {
      isReady = false
      if (isStopping) return
      say(`${name} ended (${signal ?? `code ${code}`}) and is started again.`)
      void startAgain(Date.now() - since > STEADY_AFTER_MS ? 0 : 1)
    })
  }

  async function startAgain(attempt: number): Promise<void> {
    await pause(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)])
    if (isStopping) return
    child = fork()
    try {
      await becomeReady()
      say(`${name} is back.`)
    } catch (error) {
      if (isStopping) return
      say(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`)
      await endChild(child, END_FAILED_WITHIN_MS)
      await startAgain(attempt + 1)
    }
  }

  return {
    firstReady: becomeReady().catch((error: unknown) => {
      throw new StartRefused(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`)
    }),
    pid: () => (isReady ? (child.pid ?? null) : null),
    kill: () => child.kill('SIGKILL'),
    async stop(withinMs) {
      isStopping = true
      await endChild(child, withinMs)
    },
  }
}
