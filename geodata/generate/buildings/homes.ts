/** Where people live: estates of towers or slabs, villages the town has grown around, workers' dormitories. */
import { build, type Site } from './building.ts'
import { fillRows, findPlace, fits, frontPlaces } from './lot.ts'
import { court, horseshoe, rectangle, slab, tower } from './shapes.ts'

const STREETS = ['minor', 'major', 'avenue'] as const

const SHOP_GAP = 5

/** Shops stand in a line along the street, low, in front of what lies behind. */
function lineWithShops(site: Site, share: number): void {
  const { lot, random } = site
  if (!random.chance(share)) return
  const length = random.pick([34, 42, 54])
  for (const plot of frontPlaces(lot, STREETS, length, 11, SHOP_GAP)) {
    // Places at a corner may cover each other.
    if (!random.chance(0.6) || !fits(lot, plot, SHOP_GAP)) continue
    build(site, plot, {
      kind: 'shop',
      outline: rectangle(plot.width, plot.depth),
      floors: random.whole(1, 3),
      floorHeight: 3.9,
    })
  }
}

/** One leaf of an estate has its kindergarten or clubhouse. */
function addNursery(site: Site): void {
  const { lot, random } = site
  const isNursery = random.chance(0.6)
  const plot = findPlace(lot, 38, 30, [0.5, 0.5], 12)
  if (!plot) return
  build(site, plot, {
    kind: isNursery ? 'kindergarten' : 'clubhouse',
    outline: isNursery ? horseshoe(38, 30, 11) : rectangle(30, 24),
    floors: isNursery ? 3 : 2,
    floorHeight: 3.8,
  })
}

export function layTowers(site: Site, isFirstLeaf: boolean): void {
  const { lot, random } = site
  lineWithShops(site, 0.35)
  if (isFirstLeaf && random.chance(0.5)) addNursery(site)
  const floors = random.pick([18, 24, 26, 28, 32])
  const width = random.pick([34, 38, 42])
  fillRows(lot, { widths: [width], depth: 24, rowGap: 36, gap: 18 }, (plot) => {
    const own = Math.max(11, floors - random.pick([0, 0, 0, 1, 2, 6]))
    build(site, plot, {
      kind: 'tower',
      outline: tower(width, 24),
      floors: own,
      households: Math.round(own * random.between(1.9, 2.6)),
    })
  })
}

export function laySlabs(site: Site, isFirstLeaf: boolean): void {
  const { lot, random } = site
  lineWithShops(site, 0.4)
  if (isFirstLeaf && random.chance(0.35)) addNursery(site)
  const floors = random.pick([6, 6, 7, 11])
  const rowGap = floors > 7 ? 32 : 22
  fillRows(
    lot,
    {
      widths: random.pick([
        [72, 54, 36],
        [64, 48],
        [54, 36],
      ]),
      depth: 13.5,
      rowGap,
      gap: 13,
    },
    (plot) => {
      const staircases = Math.max(2, Math.round(plot.width / 18))
      const households = Math.round(floors * staircases * 2 * random.between(0.78, 0.98))
      build(site, plot, { kind: 'slab', outline: slab(plot.width, 13.5, staircases), floors, households })
    },
  )
}

/** Houses wall to wall but for an alley, none quite like the next. */
export function layVillage(site: Site): void {
  const { lot, random } = site
  lineWithShops(site, 0.2)
  fillRows(lot, { widths: [11.5, 10, 13], depth: 12, rowGap: 3.8, gap: 3, step: 1.5 }, (plot) => {
    if (random.chance(0.1)) return
    const [width, depth] = [plot.width - random.between(0.2, 1.6), 12 - random.between(0.2, 1.8)]
    const floors = random.whole(2, 7)
    build(site, plot, {
      kind: 'house',
      outline: random.chance(0.12) ? horseshoe(width, depth, 3.4) : rectangle(width, depth),
      floors,
      floorHeight: 3.1,
      households: Math.max(2, Math.round(floors * random.between(1, 2.2))),
      lean: random.between(-0.03, 0.03),
    })
  })
}

export function layDormitories(site: Site): void {
  const { lot, random } = site
  lineWithShops(site, 0.3)
  fillRows(lot, { widths: [58, 44], depth: 17, rowGap: 22, gap: 18 }, (plot) => {
    const floors = random.whole(5, 7)
    const isCourt = random.chance(0.15) && plot.width > 50
    build(site, plot, {
      kind: 'dormitory',
      outline: isCourt ? court(plot.width, 17, 5) : rectangle(plot.width, 15),
      floors,
      floorHeight: 3.2,
      households: random.whole(24, 52),
    })
  })
}
