/** Puts the parts of signing in together over a database. */
import { audited } from '../audit/audited.ts'
import type { Database } from '../database/connect.ts'
import { authQueries } from './auth.queries.ts'
import { createPasswordsService } from './passwords.service.ts'
import { createPasswords } from './passwords.ts'
import { createSessionsService } from './sessions.service.ts'
import { createSignInLinksService } from './sign-in-links.service.ts'

export function createAuth(db: Database) {
  const queries = authQueries(db)
  const change = audited(db, authQueries)
  return {
    sessions: createSessionsService({ queries: queries.sessions }),
    links: createSignInLinksService({ queries, change }),
    passwords: createPasswordsService({ queries, change, passwords: createPasswords() }),
  }
}
export type Auth = ReturnType<typeof createAuth>
