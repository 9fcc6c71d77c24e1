/** Signing in, unlocking and changing by password. Known and unknown names are answered alike, in words and in time. */
import { commonPath } from '../audit/audit.ts'
import type { Audited } from '../audit/audited.ts'
import { Refusal } from '../errors.ts'
import type { AuthQueries } from './auth.queries.ts'
import { type Begun, beginSession } from './begin-session.ts'
import type { Passwords } from './passwords.ts'
import type { Session } from './sessions.service.ts'

export interface PasswordsParts {
  queries: AuthQueries
  change: Audited<AuthQueries>
  passwords: Passwords
}

export function createPasswordsService({ queries, change, passwords }: PasswordsParts) {
  /** Somebody failed. The name typed is not noted: people type their password into the wrong field. */
  const noteFailure = (action: string, accountId: string | null, session: Session | null) =>
    change(({ audit }) =>
      audit({
        actor: session?.viewer ?? null,
        action,
        resource: 'account',
        resourceId: accountId,
        areaPath: session ? commonPath(session.viewer.scope) : null,
        detail: {},
      }),
    )

  return {
    /** `replaces`: the session secret this browser came with. */
    async signIn(name: string, password: string, replaces: string | null): Promise<Begun> {
      refuseBlank(password)
      const known = await queries.passwords.byName(name)
      const isRight = await passwords.isRight(known?.passwordHash ?? null, password)
      const begun =
        known && isRight ? await change((tx) => beginSession(tx, { ...known, by: 'password', replaces })) : null
      if (begun) return begun
      await noteFailure('session.signInFailed', known?.accountId ?? null, null)
      throw new Refusal('sign_in_failed', 'Name or password is wrong. Please check both and try again.')
    },

    /** Proves that the person at a locked screen is the one who left it. */
    async unlock(session: Session, password: string): Promise<void> {
      refuseBlank(password)
      const { accountId } = session.viewer
      const known = await queries.passwords.byAccount(accountId)
      if (await passwords.isRight(known?.passwordHash ?? null, password)) {
        await queries.sessions.touch(session.idHash)
        return
      }
      await noteFailure('session.unlockFailed', accountId, session)
      throw new Refusal('sign_in_failed', 'The password is wrong. Try again, or ask for a new sign-in link.')
    },

    /** Stores a new password. Every session of the account ends; the caller goes on under the returned secret. */
    async set(session: Session, current: string | null, next: string): Promise<Begun> {
      const { accountId } = session.viewer
      const known = await queries.passwords.byAccount(accountId)
      if (!known) throw new Refusal('not_signed_in', 'This account is no longer active.')
      if (session.view.asksCurrentPassword && !(await passwords.isRight(known.passwordHash, current ?? ''))) {
        await noteFailure('password.changeFailed', accountId, session)
        const message = 'The current password is wrong.'
        throw new Refusal('sign_in_failed', message, { fields: { current: message } })
      }
      const passwordHash = await passwords.hash(next)
      const begun = await change(async (tx) => {
        const authorisationVersion = await tx.queries.passwords.set(known, passwordHash)
        if (authorisationVersion === null) return null
        const proof = { accountId, authorisationVersion, by: 'password', replaces: null } as const
        return beginSession(tx, proof, 'password.change')
      })
      if (!begun) throw new Refusal('version_conflict', 'The account was changed meanwhile. Please try again.')
      return begun
    },
  }
}
export type PasswordsService = ReturnType<typeof createPasswordsService>

/** Some directories take an empty password as "no check" and say yes, so it never gets near one. */
function refuseBlank(password: string): void {
  if (password.trim() === '')
    throw new Refusal('bad_input', 'Please enter your password.', { fields: { password: 'must not be blank' } })
}
