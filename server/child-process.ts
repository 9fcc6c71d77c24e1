/** Child processes of ours: each says over its channel when it serves, or why it cannot; each is asked before it is killed. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** What a child tells its parent. */
export type ChildMessage = { type: 'ready' } | { type: 'failed'; message: string }

/** Starts a TypeScript entry with a channel to it; the child ends when the channel does. */
export function forkEntry(entry: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  return fork(entry, args, { env, execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/** Resolves when the child serves; throws with the child's own reason, or with how it ended. */
export function whenReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: ChildMessage) => {
      if (message.type === 'ready') resolve()
      if (message.type === 'failed') reject(new Error(message.message))
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`It ended before it was ready (${signal ?? code}).`)))
  })
}

export const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

/** Asks a child to end, waits, and kills it when that takes too long. */
export async function endChild(child: ChildProcess, withinMs: number): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  if (child.connected) child.send('stop', () => {})
  else child.kill('SIGTERM')
  const deadline = setTimeout(() => child.kill('SIGKILL'), withinMs)
  await ended
  clearTimeout(deadline)
}

/**
 * For the child's own use: `stop` when the parent asks, or is gone. A signal may reach the parent and all its children at
 * once (Ctrl-C, a service manager); then the parent decides who goes first. Without a parent, signals are obeyed.
 */
export function obeyParent(stop: () => void): void {
  const hasParent = process.send !== undefined
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, hasParent ? () => {} : stop)
  process.on('message', (message) => void (message === 'stop' && stop()))
  process.on('disconnect', stop)
  if (hasParent && !process.connected) stop()
}
