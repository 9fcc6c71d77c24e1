/** Starts a session for somebody who has just proved who he is. */
import { commonPath } from '../audit/audit.ts'
import type { AuditedWork } from '../audit/audited.ts'
import type { AuthQueries } from './auth.queries.ts'
import { FIELD_SESSION_MS, SESSION_MS } from './lifetimes.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { type Session, toSession } from './sessions.service.ts'

export interface Proof {
  accountId: string
  /** Of the account when the proof was checked; a change since then makes the proof worthless. */
  authorisationVersion: number
  by: 'link' | 'password'
  /** The secret this browser came with: ended, so that a planted one is never promoted. */
  replaces: string | null
}

export interface Begun {
  /** For the cookie; never stored. */
  secret: string
  session: Session
}

/** null when the account changed since the proof. `action` is what the audit log says. */
export async function beginSession(
  { queries, audit }: AuditedWork<AuthQueries>,
  proof: Proof,
  action: 'session.signIn' | 'password.change' = 'session.signIn',
): Promise<Begun | null> {
  const { accountId, authorisationVersion, by, replaces } = proof
  await queries.sessions.sweep()
  if (replaces !== null) await queries.sessions.end(hashSecret(replaces))
  const secret = newSecret()
  const idHash = hashSecret(secret)
  const isByLink = by === 'link'
  const lifetimes = { lifetimeMs: SESSION_MS, fieldLifetimeMs: FIELD_SESSION_MS }
  if (!(await queries.sessions.create({ idHash, accountId, authorisationVersion, isByLink, ...lifetimes }))) return null
  const row = await queries.sessions.find(idHash)
  if (!row) return null
  const session = toSession(idHash, row)
  await audit({
    actor: session.viewer,
    action,
    resource: 'account',
    resourceId: accountId,
    areaPath: commonPath(session.viewer.scope),
    detail: { by },
  })
  return { secret, session }
}
