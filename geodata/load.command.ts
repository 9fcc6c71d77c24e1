/**
 * `npm run load -- FILE… [--as KIND] [--level LEVEL] [--datum gcj02|bd09] [--time-zone ZONE] [--map field=column,…]
 * [--skip-refused]`. The server runs it too, as a child process: then reports go over IPC.
 */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { areaLevel } from '#contract/areas'
import { datum, type LoadReport, loadKind } from '#contract/loads'
import { readConfig } from '../server/config.ts'
import { readAddress } from '../server/database/address.ts'
import { connect, type Database } from '../server/database/connect.ts'
import { withDatabase } from '../server/database/open.ts'
import { createConsoleTeller } from './import/console-teller.ts'
import { inLoadingOrder } from './import/guess-kind.ts'
import { LoadRunning, loadFile } from './import/load-file.ts'
import { readTimeZone } from './import/lookups.queries.ts'

/** The last transaction of a large load is one long statement; nobody waits for an answer within seconds here. */
const QUERY_TIMEOUT_MS = 10 * 60_000

const USAGE = `npm run load -- FILE… [options]

  --as KIND          areas, buildings, base, members, teams, servicePoints, departments or cases
  --level LEVEL      street, community or grid: the level of the areas in the file
  --datum DATUM      wgs84 (default), gcj02 or bd09
  --time-zone ZONE   zone of times without an offset, such as Asia/Shanghai (default: the installation's)
  --map a=B,c=D      field=column, where the file has names of its own
  --skip-refused     leave refused rows out instead of refusing the file`

const options = z.object({
  as: z.optional(loadKind),
  level: z.optional(areaLevel),
  datum: z._default(datum, 'wgs84'),
  'time-zone': z.optional(z.string()),
  map: z.optional(z.string()),
  'skip-refused': z._default(z.boolean(), false),
  // Set by the server: what the load is called, and by whom.
  'load-id': z.optional(z.uuid()),
  label: z.optional(z.string()),
  actor: z.optional(z.string()),
})
type Options = z.output<typeof options>

const isChildOfServer = process.send !== undefined

process.exitCode = await main()
if (process.connected) process.disconnect()

async function main(): Promise<number> {
  const given = readArguments()
  if (!given) return 2
  const cancelled = new AbortController()
  process.on('SIGINT', () => cancelled.abort())
  process.on('SIGTERM', () => cancelled.abort())
  // Whoever asked for the load is gone, or has changed his mind.
  process.on('disconnect', () => cancelled.abort())
  process.on('message', (message) => message === 'cancel' && cancelled.abort())
  const config = readConfig(process.env, [])
  const work = (db: Database) => loadAll(db, given, cancelled.signal)
  const limits = { queryTimeoutMs: QUERY_TIMEOUT_MS }
  if (!isChildOfServer) return withDatabase(config, work, limits)
  // The server's own database is there, and its schema is the newest.
  const db = connect(readAddress(config), limits)
  return work(db).finally(() => db.close())
}

function readArguments(): { files: string[]; options: Options } | null {
  const text = { type: 'string' } as const
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        as: text,
        level: text,
        datum: text,
        'time-zone': text,
        map: text,
        'skip-refused': { type: 'boolean' },
        'load-id': text,
        label: text,
        actor: text,
      },
    })
    const parsed = z.safeParse(options, values)
    if (parsed.success && positionals.length > 0) return { files: inLoadingOrder(positionals), options: parsed.data }
    const faults = parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`)
    console.error([...faults, USAGE].join('\n'))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
  return null
}

async function loadAll(
  db: Database,
  given: { files: string[]; options: Options },
  signal: AbortSignal,
): Promise<number> {
  const { options: chosen } = given
  const timeZone = chosen['time-zone'] ?? (await readTimeZone(db)) ?? 'Asia/Shanghai'
  const teller = createConsoleTeller(process.env)
  let allDone = true
  for (const file of given.files) {
    const fileName = chosen.label ?? basename(file)
    const bytes = await readFile(file).catch((error: unknown) => {
      console.error(`${file}: ${error instanceof Error ? error.message : error}`)
      return null
    })
    if (!bytes) return 1
    const request = {
      id: chosen['load-id'],
      fileName,
      bytes,
      kind: chosen.as ?? null,
      level: chosen.level ?? null,
      datum: chosen.datum,
      timeZone,
      map: chosen.map,
      skipRefused: chosen['skip-refused'],
      actor: chosen.actor ?? null,
    }
    const onProgress = (report: LoadReport) => {
      if (isChildOfServer) process.send?.({ type: 'report', report })
      else teller.progress(report)
    }
    try {
      const report = await loadFile(request, { db, now: Date.now, onProgress, signal })
      if (!isChildOfServer) teller.outcome(report)
      allDone &&= report.state === 'done'
    } catch (error) {
      if (!(error instanceof LoadRunning)) throw error
      process.send?.({ type: 'busy' })
      console.error(error.message)
      return 1
    }
    if (signal.aborted) return 1
  }
  return allDone ? 0 : 1
}
