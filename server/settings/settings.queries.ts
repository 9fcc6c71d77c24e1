/** SQL of what administrators set about calls. Other settings stay as they are. */
import type { CallSettings } from '#contract/calls'
import type { Queryable } from '../database/connect.ts'

type Stored = Partial<Omit<CallSettings, 'stamp'>>
/** A setting that is null is not kept, so that what holds without it holds. */
type Kept = Omit<CallSettings, 'stamp'>

export const settingsQueries = (db: Queryable) => ({
  /** `stamp` differs after every change. Locks what is there until the transaction ends. */
  async calls(): Promise<{ settings: Stored; stamp: string }> {
    const rows = await db.query<{ key: keyof Stored; value: unknown; digest: string }>(
      `SELECT key, value, md5(value::text) AS digest FROM settings
       WHERE key IN ('dutyPhone', 'dutyDeskName', 'callRules') ORDER BY key FOR UPDATE`,
    )
    return {
      settings: Object.fromEntries(rows.map(({ key, value }) => [key, value])) as Stored,
      stamp: rows.map(({ key, digest }) => `${key[4]}${digest.slice(0, 16)}`).join(''),
    }
  },

  async keep(settings: Kept): Promise<void> {
    const kept = Object.entries(settings).filter(([, value]) => value !== null)
    await db.query(`DELETE FROM settings WHERE key IN ('dutyPhone', 'dutyDeskName', 'callRules') AND key <> ALL ($1)`, [
      kept.map(([key]) => key),
    ])
    await db.query(
      `INSERT INTO settings (key, value) SELECT key, value::jsonb FROM unnest($1::text[], $2::text[]) AS s (key, value)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [kept.map(([key]) => key), kept.map(([, value]) => JSON.stringify(value))],
    )
  },
})
export type SettingsQueries = ReturnType<typeof settingsQueries>
