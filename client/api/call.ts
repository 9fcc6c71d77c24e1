/** Calls a route of the contract; the only place that touches fetch for the API. */
import * as z from 'zod/mini'
import { type ErrorBody, errorBody } from '#contract/errors'
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

const CALL_TIMEOUT_MS = 15_000

/** Sends one request. Throws CallFailed for anything but success. */
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
  const response = await fetch(address, {
    method: route.method,
    headers,
    body: input.file ?? (input.body === undefined ? undefined : JSON.stringify(input.body)),
    credentials: 'same-origin',
    signal: signals.length > 0 ? AbortSignal.any(signals) : undefined,
  }).catch((error: unknown) => {
    throw new CallFailed(0, { code: 'offline', message: String(error) })
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body as Answer<Id>
  const parsed = z.safeParse(errorBody, body)
  throw new CallFailed(response.status, parsed.success ? parsed.data : { code: 'fault', message: response.statusText })
}
