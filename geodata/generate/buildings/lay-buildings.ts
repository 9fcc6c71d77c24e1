/** Builds on every leaf what its use calls for. */
import type { Town } from '../ground.ts'
import type { Use } from '../quarters.ts'
import { createRandom } from '../random.ts'
import type { PlainBuilding, Site, Yard } from './building.ts'
import { layDormitories, laySlabs, layTowers, layVillage } from './homes.ts'
import { createLot } from './lot.ts'
import { publicLayouts } from './public.ts'
import { layFactory, layFarm, laySite } from './works.ts'

const layouts: Partial<Record<Use, (site: Site, isFirstLeaf: boolean) => void>> = {
  ...publicLayouts,
  tower: layTowers,
  slab: laySlabs,
  village: layVillage,
  dormitory: layDormitories,
  factory: layFactory,
  farmland: layFarm,
  site: laySite,
}

export function layBuildings(seed: number, town: Town): { buildings: PlainBuilding[]; yards: Yard[] } {
  const buildings: PlainBuilding[] = []
  const yards: Yard[] = []
  for (const block of town.blocks) {
    const random = createRandom(seed, `block ${block.id}`)
    for (const [index, face] of block.leaves.entries()) {
      const site = { lot: createLot(town, face), block: block.id, face, random, buildings, yards }
      layouts[block.use]?.(site, index === 0)
    }
  }
  return { buildings, yards }
}
