/** What to do with anything that went wrong: once, here. */
import { type FailureCode, failureCode } from '../api/failure.ts'
import { useNotices } from '../stores/notices.ts'
import { useSession } from '../stores/session.ts'

export const isAboutSession = (code: FailureCode) => code === 'not_signed_in' || code === 'session_locked'

/** Returns the handler. A session that ended or locked shows its own screen; all else becomes a notice. */
export function useFailure(): (error: unknown) => void {
  const notices = useNotices()
  const session = useSession()
  return (error) => {
    if (isAboutSession(failureCode(error))) session.refresh().catch(notices.refuse)
    else notices.refuse(error)
  }
}
