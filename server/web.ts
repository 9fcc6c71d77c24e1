/** One running web server: application, sockets and port, over a database that is already there. */
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { audit, commonPath } from './audit/audit.ts'
import { addressKey, remoteAddress } from './auth/address.ts'
import { createAuth } from './auth/auth.ts'
import { ownOrigins, preferredOrigin } from './auth/origin.ts'
import type { RateLimits } from './auth/rate-limits.ts'
import type { Viewer } from './auth/viewer.ts'
import { createCalls } from './calls.ts'
import type { Config } from './config.ts'
import type { Address, Database } from './database/connect.ts'
import { createDataChanges, DATA_POLL_MS } from './district/data-changes.ts'
import { districtQueries } from './district/district.queries.ts'
import { createFactFanOut, FACTS_EVERY_MS } from './facts/fact-fan-out.ts'
import { findTogether } from './find-together.ts'
import { createLife } from './life.ts'
import { createLive, type Tell } from './live.ts'
import { liveAnswers } from './live-answers.ts'
import type { LiveLimits } from './live-limits.ts'
import { createLoadProcesses } from './loads/load-process.ts'
import { loadsQueries } from './loads/loads.queries.ts'
import { createLoadsService } from './loads/loads.service.ts'
import { clearUploads } from './loads/receive-upload.ts'
import { every } from './positions/every.ts'
import { createFrameFanOut, FRAME_EVERY_MS } from './positions/frame-fan-out.ts'
import type { TlsMaterial } from './tls/certificates.ts'

/** A database that is away when we start is asked again after this. */
const RETRY_LIFE_MS = 500
/** Slow readers and senders do not hold a connection for ever. */
const REQUEST_TIMEOUTS = { requestTimeout: 30_000, headersTimeout: 10_000 }

export type WebConfig = Pick<Config, 'port' | 'host' | 'dataDir' | 'publicOrigins' | 'trustedProxies' | 'useTls'> &
  Partial<Pick<Config, 'ringWebhook' | 'ice'>> & {
    /** Where the given database is, for processes of its own. */
    address: Address
  }

export interface WebOptions {
  now?: () => number
  /** Other limits than rateLimits and liveLimits. */
  rateLimits?: RateLimits
  liveLimits?: LiveLimits
  /** How often changes of data are looked for, in milliseconds; null = never. */
  dataPollMs?: number | null
  /** Where pushes may go besides the internet: a test's own push service. */
  pushTo?: (url: URL) => boolean
  /** Serves HTTPS with this, under these hosts as they stand in a URL. */
  tls?: TlsMaterial & { hosts: readonly string[] }
}

/** Nothing listens before `listen()`. */
export function createWeb(config: WebConfig, db: Database, log: Logger, options: WebOptions = {}) {
  const { now = Date.now, tls, dataPollMs = DATA_POLL_MS } = options
  const auth = createAuth(db)
  let port = config.port
  const origins = () => ownOrigins(config, port, tls?.hosts)
  const homeOrigin = () => preferredOrigin(config, port)
  let isAlive = false
  const isReady = () =>
    db.query('SELECT 1').then(
      () => isAlive,
      () => false,
    )
  const logFault = (error: unknown) => log.error({ err: error }, 'fault beside a request')
  // Sockets need the server, the server the application, and the application tells the sockets.
  const tell: Tell = (name, payload) => live.tell(name, payload)
  const uploads = join(config.dataDir, 'uploads')
  const loads = createLoadsService({
    queries: loadsQueries(db),
    start: createLoadProcesses(config.address),
    tell,
    audit: (note) => db.transaction((tx) => audit(tx, note)),
    onFault: logFault,
  })
  const life = createLife({ db, now, onFault: logFault })
  const calls = createCalls({
    db,
    now,
    life,
    clients: () => live.clients(),
    onFault: logFault,
    webhook: config.ringWebhook,
    homeOrigin,
    pushTo: options.pushTo,
    tellCaller: (callId, name, payload) => live.tellCaller(callId, name, payload),
    ice: config.ice,
  })
  const { app, servedIds, facts } = createApp({
    db,
    now,
    log,
    auth,
    loads: { service: loads, uploads },
    origins,
    homeOrigin,
    trustedProxies: config.trustedProxies,
    isReady,
    life,
    calls,
    limits: options.rateLimits,
    ca: tls?.ca ?? null,
    isPublicOverTls: config.publicOrigins.some((origin) => origin.startsWith('https:')),
  })
  const noteRefusedEvent = (viewer: Viewer, event: string) =>
    db.transaction((tx) =>
      audit(tx, {
        actor: viewer,
        action: 'event.refused',
        resource: 'event',
        resourceId: null,
        areaPath: commonPath(viewer.scope),
        detail: { event: event.slice(0, 60) },
      }),
    )
  const server = tls
    ? createTlsServer({ ...REQUEST_TIMEOUTS, key: tls.key, cert: tls.cert }, app)
    : createServer(REQUEST_TIMEOUTS, app)
  const live = createLive({
    server,
    sessions: auth.sessions,
    origins,
    now,
    onFault: logFault,
    onRefused: (viewer, event) => void noteRefusedEvent(viewer, event).catch(logFault),
    answerers: liveAnswers({ facts, life, calls, now }),
    limits: options.liveLimits,
    callers: {
      findCall: findTogether(calls.caller.findAll),
      follow: calls.callers.follow,
      addressOf: ({ request }) => addressKey(remoteAddress(request, config.trustedProxies)),
      answerers: {
        'talk:say': (callId, said) => calls.talk.say(callId, { side: 'caller' }, said),
        'talk:read': (callId, { after }) => calls.talk.read(callId, { side: 'caller' }, after),
        'talk:signal': (callId, signal) => calls.talk.signal(callId, { side: 'caller' }, signal),
      },
    },
  })
  const markInCall = async () => life.setInCall(new Set(await calls.queries.handlers()))
  const frameFanOut = createFrameFanOut({ clients: live.clients, frames: life.frames, rightsOf: life.rightsOf, now })
  const factFanOut = createFactFanOut({
    clients: live.clients,
    facts,
    async onBatch(batch) {
      const ids = batch.idsOf('call')
      if (ids.length > 0) await Promise.all([calls.callers.changed(ids), markInCall()]).catch(logFault)
    },
  })

  const dataChanges = createDataChanges({
    versions: () => districtQueries(db).versions(),
    tell(name, payload) {
      live.tell(name, payload)
      if (payload && 'versions' in payload && payload.versions.base !== undefined)
        void calls.walking.rebuild().catch(logFault)
      if (payload && 'versions' in payload && payload.versions.areas !== undefined)
        void life.layGround().catch(logFault)
      if (payload && 'versions' in payload && payload.versions.members !== undefined)
        void life.rereadPeople().catch(logFault)
    },
    onFault: logFault,
  })
  let stops: (() => void)[] = []

  let isClosed = false
  let alive: Promise<void> = Promise.resolve()

  /** Reads who is on duty and begins to tell; tried until the database answers. */
  async function startLife(): Promise<void> {
    while (!isClosed && !isAlive) {
      try {
        await life.start()
        await facts.start()
        await calls.start()
        await markInCall()
        isAlive = true
      } catch (error) {
        logFault(error)
        await setTimeout(RETRY_LIFE_MS)
      }
    }
    if (isClosed) return
    stops = [
      every(FRAME_EVERY_MS, async () => frameFanOut.tick(), logFault),
      every(FACTS_EVERY_MS, factFanOut.look, logFault),
    ]
  }

  return {
    servedIds,
    auth,
    life,
    calls,
    live,
    /** Where links made at the console lead. */
    homeOrigin,

    /** Resolves when positions and facts are flowing. */
    alive: () => alive,

    /** Opens the port; port 0 takes a free one. Returns the port taken. */
    listen: () =>
      new Promise<number>((resolve, reject) => {
        server.once('error', reject)
        server.listen(config.port, config.host, () => {
          const address = server.address()
          if (typeof address === 'object' && address) port = address.port
          server.off('error', reject)
          if (dataPollMs !== null) dataChanges.start(dataPollMs)
          alive = startLife()
          clearUploads(uploads).catch(logFault)
          resolve(port)
        })
      }),

    /** Says good-bye to the sockets, finishes what is under way, closes the port. The database stays open. */
    async close(): Promise<void> {
      isClosed = true
      dataChanges.stop()
      for (const stop of stops) stop()
      live.tell('server:bye', { retryAfterMs: 2_000 })
      await loads.close()
      await live.close()
      await calls.stop()
      await life.stop()
    },
  }
}
export type Web = ReturnType<typeof createWeb>
