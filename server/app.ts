/** The Express application: headers, origin check, routes of every feature, static pages, one error sink. */
import { randomUUID } from 'node:crypto'
import compression from 'compression'
import express from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { grantFor } from '#contract/roles'
import { accountsQueries } from './accounts/accounts.queries.ts'
import { accountsRoutes } from './accounts/accounts.routes.ts'
import { createAccountsService } from './accounts/accounts.service.ts'
import { auditQueries } from './audit/audit.queries.ts'
import { auditRoutes } from './audit/audit.routes.ts'
import { createAuditService } from './audit/audit.service.ts'
import { audited } from './audit/audited.ts'
import type { Auth } from './auth/auth.ts'
import { readSessionCookie } from './auth/cookie.ts'
import { isOwnOrigin, refuseForeignOrigin } from './auth/origin.ts'
import { limitRequests, type RateLimits } from './auth/rate-limits.ts'
import { sessionsRoutes } from './auth/sessions.routes.ts'
import { messagePage } from './auth/sign-in.html.ts'
import { signInPages } from './auth/sign-in.pages.ts'
import { callsRoutes } from './calls/calls.routes.ts'
import type { Calls } from './calls.ts'
import type { Database } from './database/connect.ts'
import { devicesRoutes } from './devices/devices.routes.ts'
import { gatewayPages } from './devices/gateway.pages.ts'
import { districtQueries } from './district/district.queries.ts'
import { dutyRoutes } from './duty/duty.routes.ts'
import { answerFor, notFound } from './errors.ts'
import { factsQueries } from './facts/facts.queries.ts'
import { createFactsService } from './facts/facts.service.ts'
import { districtFeatures } from './features.ts'
import { findTogether } from './find-together.ts'
import { healthPages } from './health.ts'
import type { Life } from './life.ts'
import { loadsRoutes } from './loads/loads.routes.ts'
import type { LoadsService } from './loads/loads.service.ts'
import { ingestPages } from './positions/ingest.pages.ts'
import { positionsRoutes } from './positions/positions.routes.ts'
import { createServe } from './serve.ts'
import { settingsQueries } from './settings/settings.queries.ts'
import { settingsRoutes } from './settings/settings.routes.ts'
import { createSettingsService } from './settings/settings.service.ts'
import { createSnapshots } from './snapshots.ts'
import { staticPages } from './static-pages.ts'
import { tilesPages } from './tiles/tiles.pages.ts'
import { tilesQueries } from './tiles/tiles.queries.ts'
import { createTilesService } from './tiles/tiles.service.ts'
import { caPages } from './tls/ca.pages.ts'

export interface AppParts {
  db: Database
  now: () => number
  log: Logger
  auth: Auth
  /** Data loads, and the directory uploads wait in. */
  loads: { service: LoadsService; uploads: string }
  /** Origins our own pages come from. */
  origins: () => readonly string[]
  /** Where links lead that are not asked for from a page of ours. */
  homeOrigin: () => string
  trustedProxies: number
  isReady: () => Promise<boolean>
  life: Life
  calls: Calls
  limits?: RateLimits
  /** PEM of the trial's certificate authority; null without --tls. */
  ca: string | null
  /** Whether a proxy serves this installation under a public https address. */
  isPublicOverTls: boolean
}

/** When the database or the password check is busy, a moment is enough. */
const RETRY_AFTER_SECONDS = 2

/** Nothing from elsewhere: no CDN, no font, no tile server. Trusted Types close the door on injected markup. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    workerSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    mediaSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ['default', 'vue'],
  },
}

export function createApp(parts: AppParts) {
  const { db, now, log, auth, loads, life, origins, homeOrigin, trustedProxies, isReady, limits, ca, isPublicOverTls } =
    parts
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('trust proxy', trustedProxies)

  app.use(
    helmet({
      contentSecurityPolicy,
      referrerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: false,
      // A browser that learnt it from a trial's own certificate would refuse http://localhost for a year.
      strictTransportSecurity: isPublicOverTls,
    }),
  )
  app.use(healthPages(isReady))
  app.use(limitRequests(limits))
  // Trackers carry no cookie and no origin; they come before the check that asks for one.
  app.use(ingestPages({ devices: life.devices, positions: life.positions, now }))
  app.use(gatewayPages({ ...life, reports: () => features.reports }))
  app.use(compression())
  app.use(refuseForeignOrigin(origins))

  const findBySecret = findTogether((secrets) => auth.sessions.findAll(secrets))
  const findSession = async (request: express.Request) => {
    const secret = readSessionCookie(request)
    return secret === null ? null : findBySecret(secret)
  }
  const snapshots = createSnapshots(() => districtQueries(db).stamp())
  const { serve, router, ids } = createServe(findSession, snapshots)
  sessionsRoutes(serve, auth)
  const originFor = (origin: string | undefined) => (origin && isOwnOrigin(origin, origins()) ? origin : homeOrigin())
  const accounts = createAccountsService({
    queries: accountsQueries(db),
    change: audited(db, accountsQueries),
    links: auth.links,
  })
  accountsRoutes(serve, accounts, originFor)
  auditRoutes(serve, createAuditService({ queries: auditQueries(db) }))
  const features = districtFeatures(serve, { db, now, homeOrigin, snapshots, walksFrom: parts.calls.walking.from })
  const { cases, points } = features
  dutyRoutes(serve, life.duty)
  devicesRoutes(serve, life.devices, originFor)
  positionsRoutes(serve, life)
  callsRoutes(serve, parts.calls, features.reports)
  const settings = createSettingsService({
    queries: settingsQueries(db),
    change: audited(db, settingsQueries),
    onChange: parts.calls.readSettings,
  })
  settingsRoutes(serve, settings)
  const facts = createFactsService({
    queries: factsQueries(db),
    readers: {
      case: cases.readOpen,
      call: parts.calls.desk.readLive,
      async servicePoint(ids) {
        const found = await points.read(ids)
        return () => found
      },
      async duty(ids) {
        const seenBy = await life.duty.readPeople(ids)
        return (viewer) => seenBy(viewer, grantFor(viewer.role, 'onDuty.see'))
      },
    },
  })
  loadsRoutes(serve, loads.service, loads.uploads)

  app.use(router)
  app.use(tilesPages(createTilesService({ queries: tilesQueries(db), now }), findSession))
  app.use(caPages(ca))
  app.use(signInPages(auth.links))
  app.use(staticPages())

  app.use(() => {
    throw notFound('This address')
  })

  const sink: express.ErrorRequestHandler = (error, request, response, next) => {
    const correlationId = randomUUID()
    const { status, body, isFault } = answerFor(error, correlationId)
    const asked = { correlationId, method: request.method, path: request.path }
    // While the database is away every request ends here; its stack says nothing then and would flood the log.
    if (isFault && status === 503) log.warn({ ...asked, reason: String(error) }, 'the database did not answer')
    else if (isFault) log.error({ ...asked, err: error }, 'fault')
    if (response.headersSent) return next(error)
    if (status === 503) response.setHeader('Retry-After', RETRY_AFTER_SECONDS)
    response.status(status)
    // A browser that opens an address is shown a page; programs are told in JSON.
    if (request.accepts(['json', 'html']) === 'html') response.send(messagePage(body.code, body.correlationId))
    else response.json(body)
  }
  app.use(sink)
  return { app, servedIds: ids, facts }
}
