/** A process of a bench's own, asked by name over its channel: so that each side's CPU time is counted apart. */
import { join } from 'node:path'
import { endChild, forkEntry, obeyParent } from '../../server/child-process.ts'

// biome-ignore lint/suspicious/noExplicitAny: each side names its own arguments and answers
type Answer = (...args: any[]) => unknown
export type Answers = Record<string, Answer>

interface Question {
  id: number
  name: string
  args: unknown[]
}
type Reply = { id: number; result: unknown } | { id: number; fault: string }

const END_WITHIN_MS = 5_000

export type Asked<A extends Answers> = {
  [Name in keyof A]: (...args: Parameters<A[Name]>) => Promise<Awaited<ReturnType<A[Name]>>>
}
export type Worker<A extends Answers> = Asked<A> & { end(): Promise<void> }

/** Starts `entry` (a path below tests/bench) which calls `answerBench` with answers of type A. */
export function startWorker<A extends Answers>(entry: string): Worker<A> {
  const child = forkEntry(join(import.meta.dirname, entry), [])
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  const failAll = () => {
    for (const { reject } of waiting.values()) reject(new Error(`${entry} ended.`))
    waiting.clear()
  }
  child.once('exit', failAll)
  child.on('message', (reply: Reply) => {
    const question = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('fault' in reply) question?.reject(new Error(`${entry}: ${reply.fault}`))
    else question?.resolve(reply.result)
  })
  const ask = (name: string, args: unknown[]) =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      child.send({ id, name, args } satisfies Question)
    })
  const end = () => endChild(child, END_WITHIN_MS)
  return new Proxy({} as Worker<A>, {
    get: (_, name) =>
      name === 'end' ? end : name === 'then' ? undefined : (...args: unknown[]) => ask(String(name), args),
  })
}

/** For the worker's own use. */
export function answerBench(answers: Answers): void {
  obeyParent(() => process.exit(0))
  process.on('message', async (question: Question | 'stop') => {
    if (question === 'stop') return
    const { id, name, args } = question
    try {
      process.send?.({ id, result: await answers[name]?.(...args) })
    } catch (error) {
      process.send?.({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
}

/** CPU seconds of this process so far, all its threads. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Milliseconds on a clock that all processes of this machine share. */
export const sharedMs = () => Number(process.hrtime.bigint() / 1_000n) / 1_000
