/** The base map: water, green and other land, streets, the railway, names of places. */
import type { Yard } from './buildings/building.ts'
import type { BaseFeatureRow } from './district.ts'
import type { Town } from './ground.ts'
import { layHillPark } from './hill-park.ts'
import type { SideKind } from './planar-map.ts'
import { type Point, toLonLat, toPolygon } from './plane.ts'
import type { Use } from './quarters.ts'
import { layRiver } from './river.ts'
import type { Way } from './streets.ts'
import type { TownNames } from './town-names.ts'

/** Kinds in the words of contract/base-map.ts. */
const roadKinds: Record<SideKind, string> = {
  avenue: 'primary',
  major: 'secondary',
  minor: 'residential',
  lane: 'lane',
  service: 'service',
  path: 'footway',
  rail: 'rail',
  river: 'river',
  none: 'none',
}

const landKinds: Partial<Record<Use, { layer: 'green' | 'land'; kind: string }>> = {
  park: { layer: 'green', kind: 'park' },
  bank: { layer: 'green', kind: 'park' },
  river: { layer: 'green', kind: 'park' },
  farmland: { layer: 'green', kind: 'farmland' },
  tower: { layer: 'land', kind: 'residential' },
  slab: { layer: 'land', kind: 'residential' },
  village: { layer: 'land', kind: 'residential' },
  dormitory: { layer: 'land', kind: 'residential' },
  factory: { layer: 'land', kind: 'industrial' },
  commerce: { layer: 'land', kind: 'commercial' },
  office: { layer: 'land', kind: 'commercial' },
  market: { layer: 'land', kind: 'commercial' },
  station: { layer: 'land', kind: 'railway' },
  school: { layer: 'land', kind: 'school' },
  hospital: { layer: 'land', kind: 'hospital' },
  government: { layer: 'land', kind: 'civic' },
  sports: { layer: 'green', kind: 'recreation_ground' },
  site: { layer: 'land', kind: 'construction' },
  vacant: { layer: 'green', kind: 'grass' },
}

interface Parts {
  seed: number
  town: Town
  ways: Way[]
  yards: Yard[]
  names: TownNames
}

type Feature = Omit<BaseFeatureRow, 'code'>

export function drawBaseMap(parts: Parts): BaseFeatureRow[] {
  const features = [
    ...drawLand(parts),
    ...drawHill(parts),
    ...drawWater(parts),
    ...parts.ways.map(drawWay),
    ...drawPlaces(parts),
  ]
  return features.map((feature, index) => ({ code: `base-${index + 1}`, ...feature }))
}

const plain = { name: null, isBridge: false, isWalkable: false }

const surface = (layer: Feature['layer'], kind: string, ring: Point[], name: string | null = null): Feature => ({
  ...plain,
  layer,
  kind,
  name,
  shape: { type: 'Polygon', polygon: toPolygon(ring) },
})

/** One surface a block; ways inside are drawn over it. */
function drawLand({ town, yards, names }: Parts): Feature[] {
  const blocks = town.blocks.flatMap((block) => {
    const land = landKinds[block.use]
    if (!land) return []
    const [ring] = town.map.outline(block.leaves)
    return ring ? [surface(land.layer, land.kind, ring.map(town.placeOf), names.ofBlock(block.id))] : []
  })
  const open = yards.map(({ kind, ring }) =>
    surface(kind === 'square' ? 'land' : 'green', kind === 'square' ? 'pedestrian' : kind, ring),
  )
  return [...blocks, ...open.filter(({ kind }) => kind !== 'pond')]
}

function drawHill({ seed, town, names }: Parts): Feature[] {
  const hill = layHillPark(seed, town)
  if (!hill) return []
  const path = (line: Point[]): Feature => ({
    ...plain,
    layer: 'road',
    kind: 'footway',
    isWalkable: true,
    shape: { type: 'LineString', line: line.map(toLonLat) },
  })
  return [
    surface('green', 'park', hill.edge, names.park),
    ...hill.contours.map((contour) => surface('green', 'wood', contour)),
    surface('water', 'lake', hill.lake, names.lake),
    ...hill.paths.map(path),
    { ...plain, layer: 'place', kind: 'park', name: names.park, shape: { type: 'Point', at: toLonLat(hill.middle) } },
  ]
}

function drawWater({ town, yards, names }: Parts): Feature[] {
  const river = layRiver(town)
  return [
    surface('water', 'river', river.surface, names.river),
    {
      ...plain,
      layer: 'water',
      kind: 'river',
      name: names.river,
      shape: { type: 'LineString', line: river.middle.map(toLonLat) },
    },
    ...yards.filter(({ kind }) => kind === 'pond').map(({ ring }) => surface('water', 'pond', ring)),
  ]
}

function drawWay({ kind, name, isBridge, line }: Way): Feature {
  const isRail = kind === 'rail'
  return {
    layer: isRail ? 'rail' : 'road',
    kind: roadKinds[kind],
    name,
    isBridge,
    isWalkable: !isRail,
    shape: { type: 'LineString', line: line.map(toLonLat) },
  }
}

/** Names that stand on the map: one for each estate, village, school and the like, at its largest building. */
function drawPlaces({ town, names }: Parts): Feature[] {
  return town.blocks.flatMap((block) => {
    const name = names.ofBlock(block.id)
    const kind = placeKinds[block.use]
    if (!name || !kind) return []
    return [
      {
        ...plain,
        layer: 'place' as const,
        kind,
        name,
        shape: { type: 'Point' as const, at: toLonLat(town.bend(block.middle)) },
      },
    ]
  })
}

const placeKinds: Partial<Record<Use, string>> = {
  village: 'village',
  school: 'school',
  hospital: 'hospital',
  government: 'townhall',
  station: 'station',
  sports: 'stadium',
  market: 'marketplace',
  park: 'park',
  site: 'construction',
}
