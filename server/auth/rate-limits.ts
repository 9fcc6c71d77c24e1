/** How often one browser, one name or one address may ask. Memory of this process: a restart forgets, which harms nobody. */
import { json, type Request, type RequestHandler, Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import { routes } from '#contract/routes'
import { Refusal } from '../errors.ts'
import { addressKey } from './address.ts'
import { readSessionCookie } from './cookie.ts'
import { hashSecret } from './secrets.ts'

export interface RateLimit {
  windowMs: number
  limit: number
}

const MINUTE_MS = 60_000

export const rateLimits = {
  /** Wrong passwords for one name from one address: more than a person mistypes, far too few to guess. */
  signIn: { windowMs: 15 * MINUTE_MS, limit: 10 },
  /** Wrong passwords for one name from anywhere: slows a guess spread over many addresses, yet a prank locks nobody out. */
  signInName: { windowMs: 60 * MINUTE_MS, limit: 100 },
  /** Wrong passwords at one locked screen, or when changing it. */
  unlock: { windowMs: 15 * MINUTE_MS, limit: 10 },
  /** Looks at sign-in links from one address: a whole office signs in behind one at the change of shift. */
  linkPage: { windowMs: MINUTE_MS, limit: 300 },
  /** Reports of residents from one address: an estate may share one, a flood from it is still ended. */
  residentReport: { windowMs: 60 * MINUTE_MS, limit: 120 },
  /** Names of places typed at one address: enough for many phones behind it, too few to copy the town by letters. */
  residentSearch: { windowMs: MINUTE_MS, limit: 240 },
  /** All that residents' pages ask from one address. */
  resident: { windowMs: MINUTE_MS, limit: 1_200 },
  /** Calls of one session: fifty a second is no person any more but a page gone wrong. */
  session: { windowMs: MINUTE_MS, limit: 3_000 },
  /** Everything from one address: high, because a street's phones and desks may share one. */
  address: { windowMs: MINUTE_MS, limit: 30_000 },
} as const satisfies Record<string, RateLimit>
export type RateLimits = { [Name in keyof typeof rateLimits]: RateLimit }

/** Mount before the routes. Only wrong passwords (401) count where a password is asked. */
export function limitRequests(limits: RateLimits = rateLimits): Router {
  const router = Router()
  const readBody = json({ limit: '8kb' })
  router.use(limiter('address', limits.address, addressOf))
  router.use('/api', limiter('session', limits.session, sessionOf))
  router.post(
    routes['session.signIn'].path,
    readBody,
    failuresOnly('signIn', limits.signIn, (request) => {
      const name = nameOf(request)
      return name && `${name} ${addressOf(request)}`
    }),
    failuresOnly('signInName', limits.signInName, nameOf),
  )
  const atScreen = failuresOnly('unlock', limits.unlock, sessionOf)
  router.post(routes['session.unlock'].path, atScreen)
  router.put(routes['session.setPassword'].path, atScreen)
  router.use('/api/resident', limiter('resident', limits.resident, addressOf))
  router.get(routes['resident.places'].path, limiter('residentSearch', limits.residentSearch, addressOf))
  router.post(routes['resident.report'].path, limiter('residentReport', limits.residentReport, addressOf))
  router.use('/sign-in', limiter('linkPage', limits.linkPage, addressOf))
  return router
}

/** What is counted under; null: not counted. */
type KeyOf = (request: Request) => string | null

const addressOf = (request: Request) => addressKey(request.ip)

/** The cookie's hash, without asking the database whether there is such a session. */
function sessionOf(request: Request): string | null {
  const secret = readSessionCookie(request)
  return secret === null ? null : hashSecret(secret).toString('base64url')
}

function nameOf({ body }: Request): string | null {
  const isNamed = typeof body === 'object' && body !== null && 'name' in body && typeof body.name === 'string'
  return isNamed ? body.name.toLowerCase().slice(0, 40) : null
}

const failuresOnly = (identifier: string, limit: RateLimit, keyOf: KeyOf) =>
  limiter(identifier, limit, keyOf, {
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.statusCode !== 401,
  })

function limiter(
  identifier: string,
  { windowMs, limit }: RateLimit,
  keyOf: KeyOf,
  more: Parameters<typeof rateLimit>[0] = {},
): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    identifier,
    // Sends Retry-After with a refusal.
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: (request) => keyOf(request) === null,
    keyGenerator: (request) => keyOf(request) ?? '',
    handler: (_request, _response, next) =>
      next(new Refusal('too_many_requests', 'Too many requests. Please wait a little and try again.')),
    // Forwarded headers are ignored unless TRUSTED_PROXIES says otherwise; sending one is no fault of ours.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    ...more,
  })
}
