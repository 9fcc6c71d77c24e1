/** All SQL of signing in, for work that needs several parts of it in one transaction. */
import type { Queryable } from '../database/connect.ts'
import { passwordsQueries } from './passwords.queries.ts'
import { sessionsQueries } from './sessions.queries.ts'
import { signInLinksQueries } from './sign-in-links.queries.ts'

export const authQueries = (db: Queryable) => ({
  sessions: sessionsQueries(db),
  links: signInLinksQueries(db),
  passwords: passwordsQueries(db),
})
export type AuthQueries = ReturnType<typeof authQueries>
