/** Calls a route of the contract; the only place that touches fetch for the API. */
import * as z from 'zod/mini'
import { type ErrorBody, errorBody, refusals } from '#contract/errors'
import {
  type Response as Answer,
  type Route,
  type RouteId,
  routes,
  type SentBody,
  type SentParams,
  type SentQuery,
} from '#contract/routes'

/** The server declined or failed; `body.code` is a code of contract/errors.ts, or 'offline' when it never answered. */
export class CallFailed extends Error {
  readonly status: number
  readonly body: ErrorBody

  constructor(status: number, body: ErrorBody) {
    super(body.message)
    this.status = status
    this.body = body
  }
}

type Given<T, Key extends string> = keyof T extends never ? { [K in Key]?: undefined } : { [K in Key]: T }
export type CallInput<Id extends RouteId> = Given<SentParams<Id>, 'params'> &
  Partial<Record<'query', SentQuery<Id>>> &
  Given<SentBody<Id>, 'body'> & {
    /** The file of an upload route. */
    file?: Blob
    /** Makes a retried command count once. */
    idempotencyKey?: string
    signal?: AbortSignal
  }

/** For one answer, repeated questions included. */
const CALL_TIMEOUT_MS = 15_000
/** A server that is not ready is asked again after these, and up to half as long again. */
const ASK_AGAIN_AFTER_MS = [400, 1_200]

/**
 * Sends one request. Throws CallFailed for anything but success. Questions that change nothing are asked again where
 * the server is not ready for a moment: a database that catches its breath is no news for anybody.
 */
export async function call<Id extends RouteId>(id: Id, input: CallInput<Id>): Promise<Answer<Id>> {
  const route: Route = routes[id]
  const path = route.path.replace(/:([a-z]+)/gi, (_, name: string) =>
    encodeURIComponent(String((input.params as Record<string, unknown> | undefined)?.[name] ?? '')),
  )
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(input.query ?? {})) if (value !== undefined) search.set(key, String(value))
  const address = search.size > 0 ? `${path}?${search}` : path

  const headers: Record<string, string> = { accept: 'application/json', 'x-gelin': '1' }
  if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  if (input.file) headers['content-type'] = 'application/octet-stream'

  const timeout = input.file ? undefined : AbortSignal.timeout(CALL_TIMEOUT_MS)
  const signals = [input.signal, timeout].filter((signal) => signal !== undefined)
  const signal = signals.length > 0 ? AbortSignal.any(signals) : undefined
  const ask = () =>
    fetch(address, {
      method: route.method,
      headers,
      body: input.file ?? (input.body === undefined ? undefined : JSON.stringify(input.body)),
      credentials: 'same-origin',
      signal,
    }).catch(failOffline)
  let response = await ask()
  for (const pauseMs of route.method === 'GET' ? ASK_AGAIN_AFTER_MS : []) {
    if (response.status !== refusals.not_ready) break
    await pause(pauseMs * (1 + Math.random() / 2), signal).catch(failOffline)
    response = await ask()
  }
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body as Answer<Id>
  const parsed = z.safeParse(errorBody, body)
  throw new CallFailed(response.status, parsed.success ? parsed.data : { code: 'fault', message: response.statusText })
}

function failOffline(error: unknown): never {
  throw new CallFailed(0, { code: 'offline', message: String(error) })
}

/** Rejects as fetch does when the signal is given meanwhile. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
