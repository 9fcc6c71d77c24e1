/** Loads a file made in a test, as the command does. */
import type { LoadReport } from '../../contract/loads.ts'
import { type LoadRequest, type LoadSurroundings, loadFile } from '../../geodata/import/load-file.ts'
import type { Database } from '../../server/database/connect.ts'

export function load(
  db: Database,
  fileName: string,
  content: string | Uint8Array,
  options: Partial<LoadRequest> = {},
  surroundings: Partial<LoadSurroundings> = {},
): Promise<LoadReport> {
  const request: LoadRequest = {
    fileName,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    kind: null,
    level: null,
    datum: 'wgs84',
    timeZone: 'Asia/Shanghai',
    map: undefined,
    skipRefused: false,
    actor: null,
    ...options,
  }
  return loadFile(request, { db, now: Date.now, ...surroundings })
}

/** Empties tables and all that refers to them, append-only history included. */
export function emptyTables(db: Database, ...tables: string[]): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.query('ALTER TABLE case_steps DISABLE TRIGGER USER')
    await tx.query(`TRUNCATE ${[...tables, 'loads', 'load_rows'].join(', ')} CASCADE`)
    await tx.query('ALTER TABLE case_steps ENABLE TRIGGER USER')
  })
}
