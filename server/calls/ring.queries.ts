/** SQL of what rings at members elsewhere than on an open page. */
import type { PushSubscriptionGiven } from '#contract/push'
import type { Role } from '#contract/roles'
import type { Queryable } from '../database/connect.ts'

export interface PushKeys {
  publicKey: string
  privateKey: string
}

/** Of sessions that still stand. */
const STANDING = `
  FROM push_subscriptions p JOIN sessions s ON s.id_hash = p.session_hash JOIN accounts a ON a.id = s.account_id
  WHERE s.expires_at > now() AND NOT a.is_disabled AND s.authorisation_version = a.authorisation_version
    AND a.role = ANY ($1)`

export const ringQueries = (db: Queryable) => ({
  /** Keeps these keys unless there are some; answers those that are kept. */
  async keepKeys({ publicKey, privateKey }: PushKeys): Promise<PushKeys> {
    await db.query('INSERT INTO push_keys (public_key, private_key) VALUES ($1, $2) ON CONFLICT (is_only) DO NOTHING', [
      publicKey,
      privateKey,
    ])
    const kept = await this.keys()
    if (!kept) throw new Error('The push keys were stored and are not there.')
    return kept
  },

  async keys(): Promise<PushKeys | null> {
    const [row] = await db.query<PushKeys>(
      'SELECT public_key AS "publicKey", private_key AS "privateKey" FROM push_keys',
    )
    return row ?? null
  },

  /** One to a session; a browser that signed in anew takes its endpoint along. */
  async subscribe(sessionHash: Buffer, { endpoint, keys }: PushSubscriptionGiven): Promise<void> {
    await db.query('DELETE FROM push_subscriptions WHERE endpoint = $1 AND session_hash <> $2', [endpoint, sessionHash])
    await db.query(
      `INSERT INTO push_subscriptions (session_hash, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4)
       ON CONFLICT (session_hash) DO UPDATE SET endpoint = excluded.endpoint, p256dh = excluded.p256dh,
         auth = excluded.auth, made_at = now()`,
      [sessionHash, endpoint, keys.p256dh, keys.auth],
    )
  },

  async unsubscribe(sessionHash: Buffer): Promise<void> {
    await db.query('DELETE FROM push_subscriptions WHERE session_hash = $1', [sessionHash])
  },

  /** The push service says that nobody is there any more. */
  async forgetEndpoint(endpoint: string): Promise<void> {
    await db.query('DELETE FROM push_subscriptions WHERE endpoint = $1', [endpoint])
  },

  async membersWithPush(roles: readonly Role[]): Promise<string[]> {
    const rows = await db.query<{ memberId: string }>(
      `SELECT DISTINCT a.member_id AS "memberId" ${STANDING} AND a.member_id IS NOT NULL`,
      [roles],
    )
    return rows.map(({ memberId }) => memberId)
  },

  async subscriptionsOf(roles: readonly Role[], memberId: string): Promise<PushSubscriptionGiven[]> {
    return db.query(
      `SELECT p.endpoint, json_build_object('p256dh', p.p256dh, 'auth', p.auth) AS keys ${STANDING}
         AND a.member_id = $2`,
      [roles, memberId],
    )
  },

  /** How a gateway knows a member. */
  async contactOf(memberId: string): Promise<{ code: string; phone: string | null } | null> {
    const [row] = await db.query<{ code: string; phone: string | null }>(
      'SELECT code, phone FROM members WHERE id = $1',
      [memberId],
    )
    return row ?? null
  },
})
export type RingQueries = ReturnType<typeof ringQueries>
