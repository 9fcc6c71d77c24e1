/** One start from nothing to a usable console; then it keeps both children running until it is told to end. */
import type { Config } from '../config.ts'
import { createClientBuild } from './client-build.ts'
import { startDatabase } from './database.ts'
import { startDevServer } from './dev-server.ts'
import { settlePort } from './port.ts'
import { prepareData } from './prepare-data.ts'
import { createProgress, type Progress } from './progress.ts'
import { restartOnChange } from './restart-on-change.ts'
import { createShutdown, type Shutdown } from './shutdown.ts'
import { startSimulator } from './simulator.ts'
import { StartRefused } from './start-refused.ts'
import { startWeb } from './web.ts'
import { welcome } from './welcome.ts'

export async function supervise(config: Config, root: string): Promise<void> {
  const progress = createProgress(4)
  const shutdown = createShutdown(progress.say)
  try {
    await start(config, root, progress, shutdown)
  } catch (error) {
    if (shutdown.isEnding()) return
    console.error(error instanceof StartRefused ? `\n${error.message}` : error)
    await shutdown.end(1)
  }
}

async function start(config: Config, root: string, progress: Progress, shutdown: Shutdown): Promise<void> {
  const port = await settlePort(config.host, config.port)
  const database = await startDatabase(config, progress, shutdown)
  const { address } = database
  const env = { ...process.env, ...('socketDir' in address ? { GELIN_SOCKET_DIR: address.socketDir } : {}) }
  // All at once: each takes seconds, and generating the demo does not need the database yet.
  await Promise.all([
    database.ready,
    prepareData(env, progress, shutdown),
    config.isDev ? null : buildPages(root, progress, shutdown),
  ])
  database.watch()

  const devOrigins = config.isDev ? await startDevServer(root, port, progress, shutdown) : []
  const publicOrigins = [...devOrigins, ...config.publicOrigins]
  const step = progress.step('网页服务 Web server')
  const webEnv = { ...env, PUBLIC_ORIGIN: publicOrigins.join(',') }
  const web = startWeb({ config, port, env: webEnv, progress, shutdown })
  if (config.isDev) shutdown.before(restartOnChange(root, ['server', 'contract'], web))
  await web.firstReady
  step.done(`${config.host}:${port}`)
  console.log(await welcome({ ...config, publicOrigins }, address, port))
  if (config.withSimulator && !config.useTls) {
    const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`
    // Without it the demo stands still, which is no reason to stop.
    await startSimulator({ address, url, progress, shutdown }).catch((error: unknown) => progress.say(String(error)))
  }
}

export async function buildPages(root: string, progress: Progress, shutdown?: Shutdown): Promise<void> {
  const step = progress.step('页面 Pages')
  const build = createClientBuild(root)
  if (build.isCurrent()) return step.done('没有变化 unchanged')
  shutdown?.before(build.abandon)
  await build.run()
  step.done('已构建 built')
}
