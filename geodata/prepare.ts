/** What an installation starts with: categories always; on an empty one the demo district, a lattice, or nothing else. */
import type { Database } from '../server/database/connect.ts'
import { type CategoryRow, readCategories } from './categories/read-categories.ts'
import { administrator } from './generate/accounts.ts'
import type { District } from './generate/district.ts'
import { generateDistrict } from './generate/generate-district.ts'
import { TIME_ZONE } from './generate/service-points.ts'
import type { LatticeSize } from './lattice/lattice.ts'
import { writeLattice } from './lattice/write-lattice.ts'
import { writeDistrictQueries } from './write-district.queries.ts'
import { columnsOf, createIds, type Say, writeAccounts, writeDistrict } from './write-district.ts'

export const DEFAULT_SEED = 9

export interface PrepareWish {
  withDemo: boolean
  seed: number
  /** A plain lattice for benchmarks instead of the demo district. */
  lattice: LatticeSize | null
}

export type Prepared = 'kept' | 'empty' | 'demo' | 'lattice'

/** The demo's rows, made before the database answers. Milliseconds since the epoch. */
export async function generateDemo(seed: number, now: number): Promise<District> {
  return generateDistrict({ seed, now, categories: await readCategories() })
}

/**
 * Brings a migrated database to where it can be used. Does nothing more once there are accounts or areas.
 * `demo` is asked for the district only when it is needed.
 */
export async function prepare(
  db: Database,
  wish: PrepareWish,
  demo: () => Promise<District>,
  say: Say,
): Promise<Prepared> {
  const categories = await readCategories()
  const queries = writeDistrictQueries(db)
  await queries.categories(columnsOf<CategoryRow>(categories, (row) => ({ ...row })))
  if (await queries.hasAccounts()) return 'kept'
  // Data may have been loaded before the first start; it must not be mixed with invented data.
  const isEmpty = !(await queries.hasData())
  if (isEmpty && wish.lattice) {
    await writeLattice(db, wish.lattice, say)
    return 'lattice'
  }
  if (!isEmpty || !wish.withDemo) {
    await db.transaction((tx) => writeAccounts(writeDistrictQueries(tx), [administrator], createIds(wish.seed)))
    return isEmpty ? 'empty' : 'kept'
  }
  const district = await demo()
  await db.transaction((tx) => writeDistrict(writeDistrictQueries(tx), district, TIME_ZONE, say))
  return 'demo'
}
