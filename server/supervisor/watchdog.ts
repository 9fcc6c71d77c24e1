/** Notices a child that lives but does not answer, and kills it, so that it is started again. */
import { readFileSync } from 'node:fs'
import type { Kept } from './keep-running.ts'

const ASK_EVERY_MS = 2_000
/** This many silences in a row and a child that does nothing is dead … */
const MISSES_WHEN_IDLE = 3
/** … but one that is at work (a long statement blocks the embedded database) gets a minute. */
const MISSES_WHEN_WORKING = 30

/** `ask` must settle by itself within a few seconds. Returns what ends the watch. */
export function watch(
  name: string,
  kept: Pick<Kept, 'pid' | 'kill'>,
  ask: () => Promise<unknown>,
  say: (line: string) => void,
  everyMs = ASK_EVERY_MS,
): () => void {
  let misses = 0
  let workedBefore: number | null = null
  let isAsking = false

  async function look(): Promise<void> {
    const pid = kept.pid()
    if (pid === null || (await answers(ask))) {
      misses = 0
      return
    }
    misses += 1
    const worked = processorTicks(pid)
    const isWorking = worked === null || worked !== workedBefore
    workedBefore = worked
    // It may have died by itself, and been started again, while it was asked.
    if (misses < (isWorking ? MISSES_WHEN_WORKING : MISSES_WHEN_IDLE) || kept.pid() !== pid) return
    say(`${name} has not answered ${misses} times in a row and is killed.`)
    misses = 0
    kept.kill()
  }

  const timer = setInterval(() => {
    if (isAsking) return
    isAsking = true
    void look().finally(() => {
      isAsking = false
    })
  }, everyMs)
  return () => clearInterval(timer)
}

const answers = (ask: () => Promise<unknown>) =>
  ask().then(
    () => true,
    () => false,
  )

/** Processor time used so far, in the system's ticks; null where the system does not tell. */
function processorTicks(pid: number): number | null {
  try {
    // Fields 14 and 15 of stat (user and system time), counted after the command name.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  } catch {
    return null
  }
}
