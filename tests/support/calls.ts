/** Calls for tests: rows straight in the database, and presses as a resident's page makes them. */
import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Queryable } from '../../server/database/connect.ts'

export interface CallSeed {
  note?: string | null
  position: [number, number]
  area_id?: string | null
  /** The dispatcher who has it; without one, and without a handler, it waits for the dispatchers. */
  taken_by?: string | null
  /** The member who is on the way. */
  handler_id?: string | null
  is_verified?: boolean
}

let lastNumber = 0

/** A live call that nothing will happen to by itself. */
export async function insertCall(db: Queryable, seed: CallSeed): Promise<string> {
  const id = uuid()
  const { position, handler_id = null, taken_by = null, note = null, area_id = null, is_verified = false } = seed
  // A member comes to one call at a time: what he had before is over.
  await db.query(`UPDATE calls SET state = 'done', ended_at = now() WHERE handler_id = $1 AND ended_at IS NULL`, [
    handler_id,
  ])
  const state = handler_id ? 'accepted' : taken_by ? 'taken' : 'alarm'
  await db.query(
    `INSERT INTO calls (id, code, secret_hash, position, area_id, note, state, handler_id, taken_by, is_verified, placed_at)
     VALUES ($1, $2, $3, ST_SetSRID(ST_MakePoint($4, $5), 4326), $6, $7, $8, $9, $10, $11, now())`,
    [id, `C-T-${++lastNumber}`, randomBytes(32), ...position, area_id, note, state, handler_id, taken_by, is_verified],
  )
  return id
}

/** A press at a place, with a secret and a device of its own. */
export const aPress = (position: [number, number], more: object = {}) => ({
  secret: randomBytes(32).toString('base64url'),
  deviceId: uuid(),
  position,
  accuracyMetres: 12,
  wish: null,
  skill: null,
  note: null,
  ...more,
})
