/** Runs geodata/prepare.command.ts: schema, categories and, on an empty installation, the demo district. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Progress } from './progress.ts'
import type { Shutdown } from './shutdown.ts'
import { StartRefused } from './start-refused.ts'

const entry = fileURLToPath(new URL('../../geodata/prepare.command.ts', import.meta.url))

/** It waits for the database by itself, so it may be started before that answers. */
export async function prepareData(env: NodeJS.ProcessEnv, progress: Progress, shutdown: Shutdown): Promise<void> {
  const step = progress.step('数据 Data')
  const child = fork(entry, process.argv.slice(2), {
    env,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  shutdown.before(() => void child.kill('SIGKILL'))
  if (child.stdout) createInterface({ input: child.stdout }).on('line', step.say)
  const [code, signal] = await once(child, 'exit')
  if (code !== 0)
    throw new StartRefused(`The data could not be prepared (${signal ?? `code ${code}`}); the reason is above.`)
  step.done()
}
