import { setTimeout as pause } from 'node:timers/promises'
import { type Address, connect } from './connect.ts'
import { isDatabaseAway } from './database-away.ts'

const TRY_EVERY_MS = 250
/** Creating the embedded database on a slow machine takes half a minute. */
const PATIENCE_MS = 120_000

/** Waits until a database that is being started answers. Anything it answers but "not yet" is thrown. */
export async function awaitDatabase(address: Address, patienceMs = PATIENCE_MS): Promise<void> {
  const db = connect(address, { max: 1 })
  const deadline = Date.now() + patienceMs
  try {
    for (;;) {
      const error = await db.query('SELECT 1').then(
        () => null,
        (reason: unknown) => reason,
      )
      if (error === null) return
      if (!isDatabaseAway(error) || Date.now() > deadline) throw error
      await pause(TRY_EVERY_MS)
    }
  } finally {
    await db.close()
  }
}
