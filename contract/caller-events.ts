/**
 * The socket of a caller's page: the namespace `/caller`, opened by the secret of his link (`auth`) and good for that
 * one call. It has no session, so no policy row either: whoever has the secret is the caller.
 */
import type * as z from 'zod/mini'
import { callBySecret, callerView } from './calls.ts'

export const CALLER_NAMESPACE = '/caller'

/** What the page says when it opens the socket. */
export const callerHandshake = callBySecret

/** Why a socket was not opened. not_found: nobody's secret; it is closed, and another try is no use. */
export const callerRefusals = ['not_found', 'too_many_requests', 'not_ready'] as const
export type CallerRefusal = (typeof callerRefusals)[number]

/** Server → caller. */
export const callerServerEvents = {
  /** The call as calls.follow answers it: at once, at each change, and while somebody is coming at most every 5 s. */
  'call:view': callerView,
} as const satisfies Record<string, z.ZodMiniType>

export type ServerToCaller = {
  [Name in keyof typeof callerServerEvents]: (payload: z.output<(typeof callerServerEvents)[Name]>) => void
}
/** Nothing yet. */
export type CallerToServer = Record<string, never>
