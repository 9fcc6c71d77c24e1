/** What each block is called, and the town's own names. */
import type { Block } from './blocks.ts'
import type { Town } from './ground.ts'
import { chineseNumber, type PlaceNames, pickTown } from './names.ts'
import { areaOf } from './plane.ts'
import type { Use } from './quarters.ts'
import { createRandom, type Random } from './random.ts'

export interface TownNames {
  town: string
  street: string
  communities: string[]
  river: string
  park: string
  lake: string
  ofBlock(block: number): string | null
}

const endings: Partial<Record<Use, readonly string[]>> = {
  tower: ['花园', '雅苑', '名庭', '华府', '公馆', '家园', '豪庭', '云邸'],
  slab: ['花园', '小区', '家园', '苑', '里', '雅居'],
  dormitory: ['公寓', '员工公寓'],
  factory: ['工业园', '产业园', '科技园', '工业区'],
  commerce: ['广场', '购物中心', '天地'],
  office: ['商务中心', '创新园', '大厦'],
  school: ['小学', '学校', '中学', '实验学校'],
  market: ['农贸市场', '综合市场'],
  park: ['公园', '社区公园'],
  site: ['项目工地'],
}

/** Parks smaller than this have no name of their own. */
const NAMED_PARK_SQUARE_METRES = 14_000

export function nameTown(seed: number, town: Town, names: PlaceNames): TownNames {
  const random = createRandom(seed, 'block names')
  const { town: own, communities } = pickTown(seed)
  const schools = { count: 0 }
  const villages = createVillageNames(names)
  const named = new Map(
    town.blocks.map((block) => [
      block.id,
      block.use === 'village' ? villages(block.quarter) : nameBlock(block, town, own, names, random, schools),
    ]),
  )
  const hill = names.pair()
  return {
    town: own,
    street: `${own}街道`,
    communities,
    river: `${own.charAt(0)}水河`,
    park: `${hill}岭公园`,
    lake: `${names.pair()}湖`,
    ofBlock: (block) => named.get(block) ?? null,
  }
}

/** Parts of one village share its name: 荷波村, 荷波新村, 荷波上村 … */
const VILLAGE_PARTS = ['村', '新村', '上村', '下村', '老围', '新围', '东围', '西围']

function createVillageNames(names: PlaceNames): (quarter: number) => string {
  const villages = new Map<number, { stem: string; parts: number }>()
  return (quarter) => {
    const known = villages.get(quarter)
    const village = known && known.parts < VILLAGE_PARTS.length ? known : { stem: names.pair(), parts: 0 }
    villages.set(quarter, village)
    return village.stem + VILLAGE_PARTS[village.parts++]
  }
}

function nameBlock(
  block: Block,
  town: Town,
  own: string,
  names: PlaceNames,
  random: Random,
  schools: { count: number },
): string | null {
  if (block.use === 'government') return `${own}街道办事处`
  if (block.use === 'hospital') return `${own}人民医院`
  if (block.use === 'station') return `${own}站`
  if (block.use === 'sports') return `${own}体育中心`
  if (block.use === 'school' && schools.count < 4) return `${own}第${chineseNumber(++schools.count)}小学`
  const choices = endings[block.use]
  const size = block.leaves.reduce((sum, face) => sum + areaOf(town.groundRing(face)), 0)
  if (!choices || (block.use === 'park' && size < NAMED_PARK_SQUARE_METRES)) return null
  return names.pair() + random.pick(choices)
}
