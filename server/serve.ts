/** Serves a route of the contract: session, policy, parsing, handler, and an answer stripped to its schema. */
import { createHash } from 'node:crypto'
import express, { type RequestHandler, type Router } from 'express'
import * as z from 'zod/mini'
import type { Grant } from '#contract/roles'
import { type Body, type Params, type Query, type Response, type Route, type RouteId, routes } from '#contract/routes'
import type { Session } from './auth/sessions.service.ts'
import { grantOf, type Viewer } from './auth/viewer.ts'
import { Refusal } from './errors.ts'
import { audienceOf, type Snapshots } from './snapshots.ts'

/** Largest JSON body. Files go to upload routes, which read the request themselves. */
const JSON_LIMIT = '256kb'

/** Names one command of one account, so that a retry is answered and not repeated. */
export interface Command {
  actorId: string
  key: string
  route: RouteId
  bodyHash: Buffer
}

export interface Call<Id extends RouteId> {
  params: Params<Id>
  query: Query<Id>
  body: Body<Id>
  /** Who asks; on a public route, only if signed in. */
  viewer: (typeof routes)[Id]['action'] extends 'public' ? Viewer | null : Viewer
  session: (typeof routes)[Id]['action'] extends 'public' ? Session | null : Session
  grant: (typeof routes)[Id]['action'] extends 'public' ? null : Grant
  /** Set when the caller sent an Idempotency-Key. */
  command: Command | null
  request: express.Request
  response: express.Response
}

export type Handler<Id extends RouteId> = (call: Call<Id>) => Promise<Response<Id>>
export interface ServeOptions {
  /** The answer is the same for everybody of one audience until something stored changes, whatever the time. */
  isShared?: boolean
}
/** Registers the handler of one route. */
export type Serve = <Id extends RouteId>(id: Id, handler: Handler<Id>, options?: ServeOptions) => void

export interface Served {
  serve: Serve
  router: Router
  /** Routes registered so far; the policy walk compares them with the contract. */
  ids: ReadonlySet<RouteId>
}

/** A router onto which features register their routes. `findSession` reads the caller's session from the request. */
export function createServe(
  findSession: (request: express.Request) => Promise<Session | null>,
  snapshots: Snapshots,
): Served {
  const router = express.Router()
  const ids = new Set<RouteId>()
  const json = express.json({ limit: JSON_LIMIT, strict: true })

  const serve: Serve = (id, handler, { isShared = false } = {}) => {
    if (ids.has(id)) throw new Error(`Route ${id} is served twice.`)
    ids.add(id)
    const route: Route = routes[id]
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
    const answer: RequestHandler = async (request, response) => {
      // Answers depend on who asks, and say who and where people are.
      response.setHeader('Cache-Control', 'no-store')
      const session = await findSession(request)
      const grant = route.action === 'public' ? null : grantOf(signedIn(session).viewer, route.action)
      const body: unknown = route.isUpload ? {} : (request.body ?? {})
      const call = {
        params: parse(route.params, request.params, 'path'),
        query: parse(route.query, request.query, 'query'),
        body: parse(route.body, body, 'body'),
        viewer: session?.viewer ?? null,
        session,
        grant,
        command: commandOf(request, session, id, body),
        request,
        response,
      }
      const work = async () => {
        const result = await handler(call as unknown as Parameters<typeof handler>[0])
        return result === undefined ? {} : result
      }
      if (isShared && session) {
        const key = `${request.originalUrl} ${audienceOf(session.viewer)}`
        await snapshots.send(request, response, key, async () => z.parse(route.response, await work()))
        return
      }
      const result = await work()
      if (!response.headersSent) response.json(z.parse(route.response, result))
    }
    router[method](route.path, ...(route.isUpload ? [answer] : [json, answer]))
  }
  return { serve, router, ids }
}

/** The session of a caller who is signed in and not locked, or a refusal. */
export function signedIn(session: Session | null): Session {
  if (!session) throw new Refusal('not_signed_in', 'Please sign in.')
  if (session.isLocked) throw new Refusal('session_locked', 'This session is locked after a pause. Please unlock it.')
  return session
}

/** Parses outside input; every fault is named by its path. */
function parse(schema: Route['body'], input: unknown, where: string): unknown {
  const result = z.safeParse(schema, input)
  if (result.success) return result.data
  const fields: Record<string, string> = {}
  for (const issue of result.error.issues) {
    const path = issue.path.join('.') || where
    fields[path] = issue.code === 'unrecognized_keys' ? `not allowed here: ${issue.keys.join(', ')}` : issue.message
  }
  const named = Object.entries(fields).map(([path, reason]) => `${path}: ${reason}`)
  throw new Refusal('bad_input', `Please correct: ${named.slice(0, 5).join('; ')}.`, { fields })
}

const idempotencyKey = z.uuid()

function commandOf(request: express.Request, session: Session | null, route: RouteId, body: unknown): Command | null {
  const key = request.get('idempotency-key')
  if (key === undefined || !session) return null
  if (!z.safeParse(idempotencyKey, key).success)
    throw new Refusal('bad_input', 'Idempotency-Key must be a UUID.', { fields: { 'Idempotency-Key': 'not a UUID' } })
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([request.originalUrl, body]))
    .digest()
  return { actorId: session.viewer.accountId, key: key.toLowerCase(), route, bodyHash }
}
