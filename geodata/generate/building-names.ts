/** Names and addresses of buildings: the number within the estate, and the house number on the nearest named street. */
import type { BuildingKind, PlainBuilding } from './buildings/building.ts'
import type { BuildingRow } from './district.ts'
import type { Town } from './ground.ts'
import { distanceToSegment, mix, type Point, subtract, toLonLat, toPolygon } from './plane.ts'
import type { Way } from './streets.ts'
import type { TownNames } from './town-names.ts'

/** How a building is called within its block, by its kind; n counts from 1 within the block and kind. */
const titles: Record<BuildingKind, (block: string, n: number) => string> = {
  tower: (block, n) => `${block}${n}栋`,
  slab: (block, n) => `${block}${n}栋`,
  house: (block, n) => `${block}${n}号`,
  shop: (block, n) => `${block}商铺${n}号楼`,
  kindergarten: (block) => `${block}幼儿园`,
  clubhouse: (block, n) => (n === 1 ? `${block}活动中心` : `${block}活动中心${n}号楼`),
  factory: (block, n) => `${block}${n}号厂房`,
  warehouse: (block, n) => `${block}${n}号仓库`,
  dormitory: (block, n) => (/公寓/.test(block) ? `${block}${n}栋` : `${block}${n}号宿舍`),
  mall: (block, n) => `${block}${n}号馆`,
  office: (block, n) => `${block}${String.fromCharCode(64 + ((n - 1) % 26) + 1)}座`,
  school: (block, n) => `${block}${['教学楼', '综合楼', '实验楼', '办公楼'][n - 1] ?? `${n}号楼`}`,
  gym: (block) => `${block}体育馆`,
  hospital: (block, n) => `${block}${['门诊楼', '住院楼', '医技楼', '感染楼', '后勤楼'][n - 1] ?? `${n}号楼`}`,
  government: (block, n) => `${block}${['主楼', '政务服务楼', '综合楼', '附楼'][n - 1] ?? `${n}号楼`}`,
  market: (block) => block,
  station: (block) => `${block}站房`,
  stadium: (block, n) => `${block}${n === 1 ? '主馆' : '副馆'}`,
  shed: (block, n) => `${block}${n}号工棚`,
}

/** A block without a name of its own goes by its street. */
const stems: Partial<Record<BuildingKind, string>> = { shed: '管护房', clubhouse: '亭' }

export function nameBuildings(
  town: Town,
  buildings: PlainBuilding[],
  ways: Way[],
  names: TownNames,
  gridOf: (face: number) => string,
): NamedBuilding[] {
  const frontages = findFrontages(town, ways)
  const numbers = new Map<string, number>()
  const count = (key: string) => {
    const next = (numbers.get(key) ?? 0) + 1
    numbers.set(key, next)
    return next
  }
  const ordered = [...buildings].sort(
    (a, b) => a.block - b.block || b.centre[1] - a.centre[1] || a.centre[0] - b.centre[0],
  )
  return ordered.map((building, index) => {
    const frontage = nearestFrontage(frontages.get(building.block) ?? [], building.centre)
    const block = names.ofBlock(building.block)
    const street = frontage?.name ?? names.street
    const stem = block ?? `${street}${stems[building.kind] ?? ''}`
    const name = titles[building.kind](stem, count(`${stem} ${building.kind}`))
    const row: BuildingRow = {
      code: `B${String(index + 1).padStart(5, '0')}`,
      name,
      estate: block,
      address: `${street}${houseNumber(frontage, building.centre)}号${block ? ` ${block}` : ''}`,
      kind: building.kind,
      floors: building.floors,
      heightMetres: building.heightMetres,
      households: building.households,
      shape: toPolygon(building.outline.outer, ...building.outline.holes),
      centre: toLonLat(building.centre),
      areaCode: gridOf(building.face),
    }
    return { row, place: building.centre }
  })
}

/** With its middle on the ground, in metres. */
export interface NamedBuilding {
  row: BuildingRow
  place: Point
}

/** A stretch of a named street along a block; `start` is how far from the street's first end it begins. */
interface Frontage {
  name: string
  a: Point
  b: Point
  start: number
}

function findFrontages(town: Town, ways: Way[]): Map<number, Frontage[]> {
  const blockOf = new Map(town.blocks.flatMap(({ id, leaves }) => leaves.map((face) => [face, id] as const)))
  const found = new Map<number, Frontage[]>()
  for (const { name, corners } of ways) {
    if (name === null) continue
    let start = 0
    for (let index = 1; index < corners.length; index++) {
      const [from, to] = [corners[index - 1] ?? 0, corners[index] ?? 0]
      const [a, b] = [town.placeOf(from), town.placeOf(to)]
      for (const face of [town.map.leftOf(from, to), town.map.leftOf(to, from)]) {
        const block = face === null ? undefined : blockOf.get(face)
        if (block !== undefined) found.set(block, [...(found.get(block) ?? []), { name, a, b, start }])
      }
      start += Math.hypot(...subtract(b, a))
    }
  }
  return found
}

function nearestFrontage(frontages: Frontage[], place: Point): Frontage | null {
  let best: Frontage | null = null
  let bestAway = Infinity
  for (const frontage of frontages) {
    const away = distanceToSegment(place, frontage.a, frontage.b)
    if (away < bestAway) [best, bestAway] = [frontage, away]
  }
  return best
}

/** One number every eight metres, odd on the left, even on the right. */
function houseNumber(frontage: Frontage | null, place: Point): number {
  if (!frontage) return 1
  const middle = mix(frontage.a, frontage.b, 0.5)
  const along = subtract(frontage.b, frontage.a)
  const off = subtract(place, middle)
  const isLeft = along[0] * off[1] - along[1] * off[0] > 0
  const size = Math.hypot(along[0], along[1]) || 1
  const metres = frontage.start + size / 2 + (off[0] * along[0] + off[1] * along[1]) / size
  return Math.max(1, Math.floor(Math.max(0, metres) / 8)) * 2 - (isLeft ? 1 : 0)
}
