/** Where people make and store things: halls in rows, an office at the gate; sheds among the fields; building sites. */
import { build, type Site } from './building.ts'
import { fillRows, findPlace, placeOutline } from './lot.ts'
import { angle, hall, oval, rectangle } from './shapes.ts'

export function layFactory(site: Site, isFirstLeaf: boolean): void {
  const { lot, random } = site
  if (isFirstLeaf) {
    const plot = findPlace(lot, 46, 18, [0.5, 0], 14)
    if (plot)
      build(site, plot, { kind: 'office', outline: rectangle(46, 18), floors: random.whole(4, 8), floorHeight: 3.6 })
  }
  const depth = random.pick([34, 42, 56, 70])
  const widths = random.pick([
    [120, 84, 56],
    [96, 64],
    [72, 48],
  ])
  fillRows(lot, { widths, depth, rowGap: random.between(18, 26), gap: random.between(16, 22) }, (plot) => {
    if (random.chance(0.08)) return
    const shape = random.weighted({ plain: 5, loading: 4, angle: plot.width > 60 && depth > 40 ? 2 : 0 })
    const outlines = {
      plain: () => rectangle(plot.width, plot.depth),
      loading: () => hall(plot.width, plot.depth),
      angle: () => angle(plot.width, plot.depth, plot.depth * 0.45),
    }
    const isStore = random.chance(0.2)
    build(site, plot, {
      kind: isStore ? 'warehouse' : 'factory',
      outline: outlines[shape](),
      floors: isStore ? 1 : random.pick([1, 2, 3, 4]),
      floorHeight: isStore ? 9 : 5.4,
      quarterTurns: shape === 'loading' && random.chance(0.5) ? 2 : 0,
    })
  })
}

/** A shed or two and a pond at the edge of the fields. */
export function layFarm(site: Site): void {
  const { lot, random } = site
  if (random.chance(0.4)) {
    const [width, depth] = [random.between(50, 110), random.between(32, 60)]
    const plot = findPlace(lot, width, depth, [random.next(), random.next()], 10)
    if (plot) {
      lot.taken.push(plot)
      site.yards.push({
        kind: 'pond',
        ring: placeOutline(lot, plot, oval(width - 6, depth - 4), 0, random.between(-0.1, 0.1)).outer,
      })
    }
  }
  for (let count = random.whole(0, 2); count > 0; count--) {
    const plot = findPlace(lot, 26, 11, [random.next(), random.next()], 12)
    if (plot) build(site, plot, { kind: 'shed', outline: rectangle(26, 11), floors: 1, floorHeight: 4 })
  }
}

/** A big hole in the ground: site offices along the fence and one raw block. */
export function laySite(site: Site): void {
  const { lot, random } = site
  for (const wish of [
    [0.1, 0.05],
    [0.3, 0.05],
  ] as const) {
    const plot = findPlace(lot, 30, 8, wish, 4)
    if (plot) build(site, plot, { kind: 'shed', outline: rectangle(30, 8), floors: 2, floorHeight: 2.8 })
  }
  fillRows(lot, { widths: [40], depth: 24, rowGap: 62, gap: 48 }, (plot) => {
    if (random.chance(0.4)) return
    build(site, plot, { kind: 'shed', outline: rectangle(40, 24), floors: random.whole(1, 9) })
  })
}
