/** The web process: config → database → web → listen. Started by server/start.ts. */
import { pino } from 'pino'
import { type ChildMessage, obeyParent } from './child-process.ts'
import { readConfig } from './config.ts'
import { readAddress } from './database/address.ts'
import { connect } from './database/connect.ts'
import { prepareTls } from './tls/certificates.ts'
import { localHosts, urlHosts } from './tls/local-hosts.ts'
import { createWeb } from './web.ts'

/** Requests under way get this long; the supervisor kills a second later. */
const STOP_WITHIN_MS = 5_000

const config = readConfig()
const log = pino({ level: config.logLevel })
const address = readAddress(config)
const db = connect(address, {
  failsFast: true,
  onIdleError: (error) => log.warn({ reason: error.message }, 'an idle database connection was lost'),
})
const hosts = localHosts()
const tls = config.useTls ? { ...(await prepareTls(config.dataDir, hosts)), hosts: urlHosts(hosts) } : undefined
const web = createWeb({ ...config, address }, db, log, { tls })

const port = await web.listen()
log.info({ port }, 'listening')
process.send?.({ type: 'ready' } satisfies ChildMessage)
// The database may be away at this moment; the web process serves what it can and waits.
web.auth.links.noteHomeOrigin(web.homeOrigin()).catch((error: unknown) => log.warn({ err: error }, 'address not noted'))

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  await web.close()
  await db.close()
  process.exit(0)
}
obeyParent(() => void stop())
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'uncaught')
  process.exit(1)
})
