/** Refusals: what the system declines to do, each with a code, an HTTP status and words for a person. */
import * as z from 'zod/mini'

/** code → HTTP status. The sentence a person reads is in the locales under `refusal.<code>`. */
export const refusals = {
  bad_input: 422,
  bad_file: 422,
  too_large: 413,
  not_signed_in: 401,
  session_locked: 401,
  sign_in_failed: 401,
  link_spent: 410,
  link_unknown: 404,
  wrong_origin: 403,
  not_allowed: 403,
  reason_needed: 403,
  not_found: 404,
  already_exists: 409,
  version_conflict: 409,
  /** Somebody else was faster with a call. */
  call_taken: 409,
  /** The call or offer has ended or moved on. */
  call_over: 409,
  key_reused: 422,
  too_many_requests: 429,
  load_running: 409,
  not_ready: 503,
  too_busy: 503,
} as const

export type RefusalCode = keyof typeof refusals

/** The body of every answer that is not a success. `correlationId` finds a fault in the server's log. */
export const errorBody = z.object({
  code: z.string(),
  message: z.string(),
  /** Which inputs were wrong: path → what is wrong with it. */
  fields: z.optional(z.record(z.string(), z.string())),
  /** For version_conflict: the record as it stands now. For bad_file: the report of the load (contract/loads.ts). */
  current: z.optional(z.unknown()),
  correlationId: z.optional(z.string()),
})
export type ErrorBody = z.infer<typeof errorBody>
