/** Sessions of signed-in people: found by their cookie's secret, locked when idle, over after half a day. */
import type { SessionView } from '#contract/accounts'
import { homeFace } from '#contract/faces'
import { EVERYWHERE } from '#contract/roles'
import { IDLE_LOCK_MS, LINK_MS } from './lifetimes.ts'
import { hashSecret } from './secrets.ts'
import type { SessionRow, SessionsQueries } from './sessions.queries.ts'
import type { Viewer } from './viewer.ts'

export interface Session {
  idHash: Buffer
  viewer: Viewer
  isLocked: boolean
  view: SessionView
}

export function createSessionsService({ queries }: { queries: SessionsQueries }) {
  return {
    /** The session of a cookie's secret, or null when it is unknown, over or withdrawn. */
    async find(secret: string): Promise<Session | null> {
      const idHash = hashSecret(secret)
      const row = await queries.find(idHash)
      return row && toSession(idHash, row)
    },

    /** Those of many secrets whose sessions still stand, in one question to the database. */
    async findAll(secrets: ReadonlySet<string>): Promise<Map<string, Session>> {
      const secretOf = new Map([...secrets].map((secret) => [hashSecret(secret).toString('hex'), secret]))
      const rows = await queries.findAll([...secretOf.keys()].map((hex) => Buffer.from(hex, 'hex')))
      const found = new Map<string, Session>()
      for (const row of rows) {
        const secret = secretOf.get(row.idHash.toString('hex'))
        if (secret !== undefined) found.set(secret, toSession(row.idHash, row))
      }
      return found
    },

    /** Its person did something: the idle time starts anew. */
    touch: (session: Session) => queries.touch(session.idHash),
    end: (session: Session) => queries.end(session.idHash),
  }
}
export type SessionsService = ReturnType<typeof createSessionsService>

export function toSession(idHash: Buffer, row: SessionRow): Session {
  const idleLockMs = homeFace(row.role) === 'field' ? null : IDLE_LOCK_MS
  const isLocked = idleLockMs !== null && row.idleMs > idleLockMs
  return {
    idHash,
    isLocked,
    viewer: {
      accountId: row.accountId,
      name: row.name,
      role: row.role,
      scope: row.scope.map(({ areaId, path }) => (areaId === null ? EVERYWHERE : path)),
      memberId: row.memberId,
      departmentId: row.departmentId,
    },
    view: {
      accountId: row.accountId,
      name: row.name,
      role: row.role,
      scope: row.scope.flatMap(({ areaId, name }) => (areaId && name ? [{ areaId, name }] : [])),
      hasPassword: row.hasPassword,
      asksCurrentPassword: row.hasPassword && !(row.isByLink && row.ageMs < LINK_MS),
      isLocked,
      expiresAt: row.expiresAt,
      idleLockMs,
    },
  }
}
