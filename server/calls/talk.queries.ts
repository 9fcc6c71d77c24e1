/** SQL of what a caller and the member who comes write to each other. */
import type { TalkMessage, TalkSay } from '#contract/talk'
import type { Queryable } from '../database/connect.ts'

const MESSAGE = `number, CASE WHEN is_from_caller THEN 'caller' ELSE 'member' END AS "from", key, text, said_at AS at`

export const talkQueries = (db: Queryable) => ({
  /** The member who is coming to a call; until the end of the transaction nothing becomes of it. */
  async holdHandler(callId: string): Promise<string | null> {
    const [row] = await db.query<{ handlerId: string }>(
      `SELECT handler_id AS "handlerId" FROM calls
       WHERE id = $1 AND state IN ('accepted', 'onTheWay', 'arrived') FOR UPDATE`,
      [callId],
    )
    return row?.handlerId ?? null
  },

  async handler(callId: string): Promise<string | null> {
    const [row] = await db.query<{ handlerId: string }>(
      `SELECT handler_id AS "handlerId" FROM calls WHERE id = $1 AND state IN ('accepted', 'onTheWay', 'arrived')`,
      [callId],
    )
    return row?.handlerId ?? null
  },

  async byKey(callId: string, isFromCaller: boolean, key: string): Promise<TalkMessage | null> {
    const [row] = await db.query<TalkMessage>(
      `SELECT ${MESSAGE} FROM call_messages WHERE call_id = $1 AND is_from_caller = $2 AND key = $3`,
      [callId, isFromCaller, key],
    )
    return row ?? null
  },

  async count(callId: string): Promise<number> {
    const [row] = await db.query<{ count: number }>('SELECT count(*) FROM call_messages WHERE call_id = $1', [callId])
    return Number(row?.count ?? 0)
  },

  /** Call it with the call held: the number is the next one. */
  async insert(
    callId: string,
    { memberId, isFromCaller, key, text, at }: TalkSay & { memberId: string; isFromCaller: boolean; at: number },
  ): Promise<TalkMessage> {
    const [row] = await db.query<TalkMessage>(
      `INSERT INTO call_messages (call_id, number, member_id, is_from_caller, key, text, said_at)
       SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 FROM call_messages WHERE call_id = $1
       RETURNING ${MESSAGE}`,
      [callId, memberId, isFromCaller, key, text, new Date(at)],
    )
    if (!row) throw new Error('A message was stored and is not there.')
    return row
  },

  /** Between the caller and this member. */
  async after(callId: string, memberId: string, number: number): Promise<TalkMessage[]> {
    return db.query(
      `SELECT ${MESSAGE} FROM call_messages WHERE call_id = $1 AND member_id = $2 AND number > $3 ORDER BY number`,
      [callId, memberId, number],
    )
  },

  /** Forgets what was written in calls that ended before an instant. */
  async forgetBefore(at: number): Promise<void> {
    await db.query('DELETE FROM call_messages m USING calls c WHERE c.id = m.call_id AND c.ended_at < $1', [
      new Date(at),
    ])
  },
})
export type TalkQueries = ReturnType<typeof talkQueries>
