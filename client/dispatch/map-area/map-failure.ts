/** What the map library reports, as the failure of a call. */
import { CallFailed } from '../../api/call.ts'

/** null when there is nothing to tell: tiles of a layer this person may not see, or a request that was dropped. */
export function mapFailure(error: unknown): CallFailed | null {
  if (!(error instanceof Error)) return new CallFailed(0, { code: 'fault', message: String(error) })
  const status = 'status' in error && typeof error.status === 'number' ? error.status : null
  if (status === 403 || status === 404 || error.name === 'AbortError') return null
  if (status === 401) return new CallFailed(401, { code: 'not_signed_in', message: error.message })
  if (status === 503) return new CallFailed(503, { code: 'not_ready', message: error.message })
  // fetch() itself fails with a TypeError when nobody answers.
  if (status === 0 || error instanceof TypeError) return new CallFailed(0, { code: 'offline', message: error.message })
  return new CallFailed(status ?? 0, { code: 'fault', message: error.message })
}
