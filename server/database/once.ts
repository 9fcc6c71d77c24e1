/** Runs a command once per key: a retry gets the stored answer, another body under the same key is refused. */
import { Refusal } from '../errors.ts'
import type { Command } from '../serve.ts'
import type { Queryable } from './connect.ts'

/** Call inside the transaction that does the work, so that the answer is stored if and only if the work is. */
export async function once<Answer>(
  tx: Queryable,
  command: Command | null,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (!command) return work()
  const { actorId, key, route, bodyHash } = command
  // Claiming first makes a simultaneous second try wait for the first to end.
  const claimed = await tx.query(
    `INSERT INTO idempotency_keys (actor_id, key, route, body_hash, answer) VALUES ($1, $2, $3, $4, 'null')
     ON CONFLICT DO NOTHING RETURNING 1`,
    [actorId, key, route, bodyHash],
  )
  if (claimed.length === 0) {
    const [stored] = await tx.query<{ route: string; body_hash: Buffer; answer: Answer }>(
      'SELECT route, body_hash, answer FROM idempotency_keys WHERE actor_id = $1 AND key = $2',
      [actorId, key],
    )
    if (!stored || stored.route !== route || !stored.body_hash.equals(bodyHash))
      throw new Refusal('key_reused', 'This Idempotency-Key was used for something else. Use a new one.')
    return stored.answer
  }
  const answer = await work()
  await tx.query('UPDATE idempotency_keys SET answer = $3 WHERE actor_id = $1 AND key = $2', [
    actorId,
    key,
    JSON.stringify(answer ?? null),
  ])
  return answer
}
