/**
 * Brings an installation's data to where this version needs it: schema, categories and, when nothing is there yet, the
 * demo district. Run by the supervisor before the web process, while the database is still starting.
 * Flags: --no-demo · --seed N · --grids N --members N (a plain lattice for benchmarks).
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../server/config.ts'
import { readAddress } from '../server/database/address.ts'
import { awaitDatabase } from '../server/database/await-database.ts'
import { connect } from '../server/database/connect.ts'
import { migrate, SchemaRefused } from '../server/database/migrate.ts'
import type { District } from './generate/district.ts'
import { MAX_GRIDS, MAX_MEMBERS } from './lattice/lattice.ts'
import { DEFAULT_SEED, generateDemo, type Prepared, type PrepareWish, prepare } from './prepare.ts'

/** One statement writes thousands of shapes. */
const QUERY_TIMEOUT_MS = 120_000

class FlagRefused extends Error {}

// Nothing goes on half-watched when the supervisor is gone.
process.on('disconnect', () => process.exit(1))

async function run(): Promise<void> {
  const config = readConfig()
  const wish = readWish(config.withDemo)
  const address = readAddress(config)
  const waiting = awaitDatabase(address)
  // A database that is being created takes its time: the district is made meanwhile.
  const isNew = !config.databaseUrl && !existsSync(join(config.dataDir, 'database', 'PG_VERSION'))
  const early = isNew && wish.withDemo && !wish.lattice ? makeDemo(wish.seed) : null
  await waiting
  const applied = await migrate(address)
  if (applied.length > 0) console.log(`数据库结构 Schema: ${applied.length} 项 applied`)
  const db = connect(address, { max: 1, queryTimeoutMs: QUERY_TIMEOUT_MS })
  try {
    console.log(results[await prepare(db, wish, () => early ?? makeDemo(wish.seed), console.log)])
  } finally {
    await db.close()
  }
}

async function makeDemo(seed: number): Promise<District> {
  const start = performance.now()
  const district = await generateDemo(seed, Date.now())
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`演示街区已生成 Demo district made (seed ${seed}, ${seconds} s)`)
  return district
}

const results: Record<Prepared, string> = {
  kept: '已有数据 Data is in place',
  empty: '空库，仅管理员账号 Empty, one administrator account',
  demo: '演示街区已写入 Demo district written',
  lattice: '基准网格已写入 Lattice written',
}

function readWish(withDemo: boolean): PrepareWish {
  const { values } = parseArgs({
    strict: false,
    options: { seed: { type: 'string' }, grids: { type: 'string' }, members: { type: 'string' } },
  })
  const grids = wholeNumber('--grids', values.grids, 1, MAX_GRIDS)
  const members = wholeNumber('--members', values.members, 0, MAX_MEMBERS)
  if (members !== null && grids === null) throw new FlagRefused('--members needs --grids: people belong to grids.')
  return {
    withDemo,
    seed: wholeNumber('--seed', values.seed, 0, 4_294_967_295) ?? DEFAULT_SEED,
    lattice: grids === null ? null : { grids, members: members ?? 0 },
  }
}

/** null when the flag is not given. */
function wholeNumber(flag: string, value: string | boolean | undefined, min: number, max: number): number | null {
  if (value === undefined) return null
  const number = Number(value)
  if (typeof value === 'boolean' || value.trim() === '' || !Number.isInteger(number) || number < min || number > max)
    throw new FlagRefused(`${flag} must be followed by a whole number from ${min} to ${max}.`)
  return number
}

try {
  await run()
  process.exit(0)
} catch (error) {
  console.error(error instanceof SchemaRefused || error instanceof FlagRefused ? error.message : error)
  process.exit(1)
}
