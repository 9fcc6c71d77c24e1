/** The web process of a start, asked for its health. */
import { get as getPlain } from 'node:http'
import { get as getSecure } from 'node:https'
import { fileURLToPath } from 'node:url'
import { forkEntry } from '../child-process.ts'
import type { Config } from '../config.ts'
import { type Kept, keepRunning } from './keep-running.ts'
import type { Progress } from './progress.ts'
import type { Shutdown } from './shutdown.ts'
import { watch } from './watchdog.ts'

const entry = fileURLToPath(new URL('../main.ts', import.meta.url))
/** Requests under way are finished within this; main.ts keeps a shorter time of its own. */
const STOP_WITHIN_MS = 6_000
const ASK_WITHIN_MS = 2_000

export function startWeb(parts: {
  config: Pick<Config, 'host' | 'useTls'>
  port: number
  env: NodeJS.ProcessEnv
  progress: Progress
  shutdown: Shutdown
}): Kept {
  const { config, port, env, progress, shutdown } = parts
  const fork = () => forkEntry(entry, process.argv.slice(2), { ...env, PORT: String(port) })
  const kept = keepRunning('网页服务 The web server', fork, progress.say)
  shutdown.before(() => kept.stop(STOP_WITHIN_MS))
  shutdown.before(watch('网页服务 The web server', kept, () => askHealth(config, port), progress.say))
  return kept
}

function askHealth(config: Pick<Config, 'host' | 'useTls'>, port: number): Promise<void> {
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[config.host] ?? config.host
  // The certificate is of our own making and is not what is asked about.
  const options = { host, port, path: '/healthz', timeout: ASK_WITHIN_MS, rejectUnauthorized: false, agent: false }
  return new Promise((resolve, reject) => {
    const request = (config.useTls ? getSecure : getPlain)(options, (response) => {
      response.resume()
      if (response.statusCode === 200) resolve()
      else reject(new Error(`healthz ${response.statusCode}`))
    })
    request.once('timeout', () => request.destroy(new Error('timeout')))
    request.once('error', reject)
  })
}
