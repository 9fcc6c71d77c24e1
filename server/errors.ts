/** Refusals (a person can act on them) and the one place where anything thrown becomes an answer. */
import { type ErrorBody, type RefusalCode, refusals } from '#contract/errors'
import { isDatabaseAway } from './database/database-away.ts'

/** Something declined, with a code of contract/errors.ts and a sentence that says what to do. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly fields: Record<string, string> | undefined
  readonly current: unknown

  constructor(code: RefusalCode, message: string, more: { fields?: Record<string, string>; current?: unknown } = {}) {
    super(message)
    this.code = code
    this.fields = more.fields
    this.current = more.current
  }
}

/** One input that was well-formed but cannot be right; `reason` says what would be. */
export const badInput = (field: string, reason: string) =>
  new Refusal('bad_input', `Please correct: ${field}: ${reason}.`, { fields: { [field]: reason } })

/** Somebody else was faster; `current` is the record as it stands now, for the form to show. */
export const versionConflict = (what: string, current: unknown) =>
  new Refusal('version_conflict', `Somebody else changed ${what} meanwhile. Check what it says now and try again.`, {
    current,
  })

export const notFound = (what: string) => new Refusal('not_found', `${what} was not found, or is outside your area.`)

/** The HTTP status and body for anything thrown. A fault gives away nothing but its correlation id. */
export function answerFor(
  error: unknown,
  correlationId: string,
): { status: number; body: ErrorBody; isFault: boolean } {
  if (error instanceof Refusal) {
    const { code, message, fields, current } = error
    return { status: refusals[code], body: { code, message, fields, current }, isFault: false }
  }
  const fromParser = requestRefusal(error)
  if (fromParser) return { ...fromParser, isFault: false }
  if (isDatabaseAway(error)) {
    const message = 'The database is not answering. Please try again in a moment.'
    return { status: refusals.not_ready, body: { code: 'not_ready', message, correlationId }, isFault: true }
  }
  const message = `Something went wrong on our side. Nothing was changed. If it happens again, tell us this number: ${correlationId}.`
  return { status: 500, body: { code: 'fault', message, correlationId }, isFault: true }
}

/** express.json() and express.static() throw http-errors: a `status`, and from the parser a `type`. */
function requestRefusal(error: unknown): { status: number; body: ErrorBody } | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  if (error.status < 400 || error.status >= 500) return null
  const type = 'type' in error ? error.type : null
  if (error.status === 404) return { status: 404, body: { code: 'not_found', message: 'There is nothing here.' } }
  if (type === 'entity.too.large')
    return { status: 413, body: { code: 'too_large', message: 'What was sent is too large.' } }
  if (type === 'entity.parse.failed')
    return { status: 422, body: { code: 'bad_input', message: 'What was sent is not valid JSON.' } }
  return { status: 422, body: { code: 'bad_input', message: 'The request could not be read.' } }
}
