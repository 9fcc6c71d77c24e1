/** What the town shares: schools, hospital, government, market, station, offices, shopping, sports, parks. */
import type { Use } from '../quarters.ts'
import { type BuildingKind, build, type Site } from './building.ts'
import { fillRows, findPlace, placeOutline } from './lot.ts'
import { comb, court, horseshoe, type Outline, oval, rectangle, slab } from './shapes.ts'

interface Piece {
  kind: BuildingKind
  width: number
  depth: number
  outline: (width: number, depth: number) => Outline
  /** Where in the lot it would stand, shares from the south-west. */
  wish: readonly [number, number]
  floors: number
  floorHeight?: number
}

/** A building that does not fit is tried smaller before it is left out. */
const SCALES = [1, 0.82, 0.66]

function place(site: Site, pieces: Piece[], gap = 12): void {
  for (const { kind, width, depth, outline, wish, floors, floorHeight } of pieces) {
    for (const scale of SCALES) {
      const plot = findPlace(site.lot, width * scale, depth * scale, wish, gap)
      if (!plot) continue
      build(site, plot, { kind, outline: outline(plot.width, plot.depth), floors, floorHeight: floorHeight ?? 3.8 })
      break
    }
  }
}

function addYard(
  site: Site,
  kind: 'pitch' | 'pond' | 'square',
  sizes: readonly (readonly [number, number])[],
  wish: readonly [number, number],
): void {
  for (const [width, depth] of sizes) {
    const plot = findPlace(site.lot, width, depth, wish, 6)
    if (!plot) continue
    site.lot.taken.push(plot)
    const outline = kind === 'square' ? rectangle(width, depth) : oval(width, depth)
    site.yards.push({ kind, ring: placeOutline(site.lot, plot, outline).outer })
    return
  }
}

function laySchool(site: Site): void {
  const { random } = site
  const wish = random.chance(0.5) ? 0.95 : 0.05
  addYard(
    site,
    'pitch',
    [
      [150, 84],
      [128, 70],
      [96, 50],
      [50, 96],
      [64, 36],
    ],
    [wish, 0.5],
  )
  const wings = random.pick([2, 3])
  place(site, [
    {
      kind: 'school',
      width: 74,
      depth: 58,
      outline: (width, depth) => comb(width, depth, wings, width * 0.19),
      wish: [1 - wish, 0.4],
      floors: 5,
    },
    {
      kind: 'school',
      width: 56,
      depth: 44,
      outline: (width, depth) => court(width, depth, depth * 0.27),
      wish: [1 - wish, 0.9],
      floors: 5,
    },
    { kind: 'gym', width: 36, depth: 26, outline: rectangle, wish: [0.5, 0.9], floors: 2, floorHeight: 6 },
    {
      kind: 'school',
      width: 50,
      depth: 14,
      outline: (width, depth) => slab(width, depth, 2),
      wish: [1 - wish, 0.1],
      floors: 6,
    },
    { kind: 'dormitory', width: 46, depth: 15, outline: rectangle, wish: [0.9, 0.95], floors: 6 },
  ])
}

function layHospital(site: Site): void {
  place(site, [
    {
      kind: 'hospital',
      width: 92,
      depth: 56,
      outline: (width, depth) => comb(width, depth, 3, width * 0.2),
      wish: [0.5, 0.25],
      floors: 5,
    },
    {
      kind: 'hospital',
      width: 78,
      depth: 26,
      outline: (width, depth) => slab(width, depth, 3),
      wish: [0.5, 0.8],
      floors: 16,
    },
    {
      kind: 'hospital',
      width: 44,
      depth: 36,
      outline: (width, depth) => court(width, depth, depth * 0.31),
      wish: [0.1, 0.5],
      floors: 6,
    },
    { kind: 'hospital', width: 30, depth: 20, outline: rectangle, wish: [0.95, 0.9], floors: 3 },
    { kind: 'hospital', width: 24, depth: 40, outline: rectangle, wish: [0.95, 0.3], floors: 4 },
  ])
}

function layGovernment(site: Site): void {
  place(site, [
    {
      kind: 'government',
      width: 96,
      depth: 46,
      outline: (width, depth) => horseshoe(width, depth, depth * 0.37),
      wish: [0.5, 0.7],
      floors: 9,
    },
    {
      kind: 'government',
      width: 44,
      depth: 30,
      outline: (width, depth) => court(width, depth, depth * 0.3),
      wish: [0, 0.6],
      floors: 5,
    },
    {
      kind: 'government',
      width: 44,
      depth: 30,
      outline: (width, depth) => court(width, depth, depth * 0.3),
      wish: [1, 0.6],
      floors: 5,
    },
    { kind: 'government', width: 40, depth: 16, outline: rectangle, wish: [0.2, 1], floors: 4 },
  ])
  addYard(
    site,
    'square',
    [
      [110, 60],
      [80, 44],
      [54, 32],
    ],
    [0.5, 0.15],
  )
}

function layMarket(site: Site): void {
  place(site, [
    { kind: 'market', width: 76, depth: 40, outline: rectangle, wish: [0.5, 0.4], floors: 2, floorHeight: 5 },
  ])
  fillRows(site.lot, { widths: [40, 28], depth: 12, rowGap: 12, gap: 8 }, (plot) => {
    if (site.random.chance(0.35)) return
    build(site, plot, { kind: 'shop', outline: rectangle(plot.width, plot.depth), floors: 2, floorHeight: 3.6 })
  })
}

function layStation(site: Site): void {
  place(site, [
    { kind: 'station', width: 104, depth: 30, outline: rectangle, wish: [0.5, 0], floors: 2, floorHeight: 8 },
    { kind: 'mall', width: 60, depth: 40, outline: rectangle, wish: [0, 1], floors: 4, floorHeight: 4.8 },
    { kind: 'office', width: 40, depth: 30, outline: rectangle, wish: [1, 1], floors: 12 },
  ])
  addYard(
    site,
    'square',
    [
      [90, 60],
      [60, 40],
    ],
    [0.5, 0.7],
  )
}

function layCommerce(site: Site): void {
  const { random } = site
  place(site, [
    {
      kind: 'mall',
      width: 104,
      depth: 66,
      outline: (width, depth) => court(width, depth, depth * 0.36),
      wish: [0.4, 0.4],
      floors: 5,
      floorHeight: 5,
    },
    { kind: 'mall', width: 70, depth: 46, outline: rectangle, wish: [0.8, 0.7], floors: 4, floorHeight: 5 },
    {
      kind: 'office',
      width: 38,
      depth: 34,
      outline: rectangle,
      wish: [0.9, 0.1],
      floors: random.whole(18, 34),
      floorHeight: 3.9,
    },
  ])
  fillRows(site.lot, { widths: [44, 30], depth: 20, rowGap: 18, gap: 14 }, (plot) => {
    build(site, plot, {
      kind: 'shop',
      outline: rectangle(plot.width, plot.depth),
      floors: random.whole(2, 4),
      floorHeight: 4.2,
    })
  })
}

function layOffices(site: Site): void {
  const { random } = site
  fillRows(
    site.lot,
    { widths: random.pick([[52, 36], [64, 40], [40]]), depth: random.pick([26, 34]), rowGap: 34, gap: 28 },
    (plot) => {
      const isTall = plot.width < 50
      const outline =
        isTall || random.chance(0.5) ? rectangle(plot.width, plot.depth) : court(plot.width, plot.depth, 10)
      build(site, plot, {
        kind: 'office',
        outline,
        floors: isTall ? random.whole(9, 26) : random.whole(4, 9),
        floorHeight: 3.8,
      })
    },
  )
}

function laySports(site: Site): void {
  addYard(
    site,
    'pitch',
    [
      [176, 92],
      [92, 176],
      [140, 76],
      [76, 140],
    ],
    [0.3, 0.5],
  )
  place(site, [
    { kind: 'stadium', width: 78, depth: 62, outline: oval, wish: [0.9, 0.7], floors: 2, floorHeight: 9 },
    { kind: 'stadium', width: 60, depth: 34, outline: rectangle, wish: [0.9, 0.1], floors: 2, floorHeight: 7 },
  ])
}

/** A pond or a square, and a pavilion, in the larger parks. */
function layPark(site: Site): void {
  if (site.random.chance(0.4))
    addYard(
      site,
      'pond',
      [
        [96, 54],
        [60, 36],
      ],
      [site.random.next(), site.random.next()],
    )
  if (site.random.chance(0.3))
    place(site, [{ kind: 'clubhouse', width: 18, depth: 14, outline: rectangle, wish: [0.5, 0.5], floors: 1 }])
}

export const publicLayouts: Partial<Record<Use, (site: Site) => void>> = {
  school: laySchool,
  hospital: layHospital,
  government: layGovernment,
  market: layMarket,
  station: layStation,
  commerce: layCommerce,
  office: layOffices,
  sports: laySports,
  park: layPark,
}
