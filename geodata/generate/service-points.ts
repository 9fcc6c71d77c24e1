/** Where residents find people: the street's centre, community centres, stations, micro-complexes, mediation rooms. */
import { localClock, type OpeningHours, type ServicePointKind } from '#contract/service-points'
import type { AreaRow, BuildingRow, ServicePointRow } from './district.ts'
import { createRandom, type Random } from './random.ts'
import { officePhone } from './roster.ts'

export const TIME_ZONE = 'Asia/Shanghai'

const weekdays = (
  spans: [string, string][],
  saturday: [string, string][],
  sunday: [string, string][],
): OpeningHours => [...Array.from({ length: 5 }, () => spans), saturday, sunday]
const office: [string, string][] = [
  ['09:00', '12:00'],
  ['14:00', '18:00'],
]
const hours: Record<ServicePointKind, OpeningHours[]> = {
  centre: [
    weekdays([['08:30', '18:00']], [['09:00', '17:00']], [['09:00', '17:00']]),
    weekdays([['08:30', '20:00']], [['09:00', '17:30']], [['09:00', '17:30']]),
  ],
  station: [
    weekdays([['07:30', '22:00']], [['07:30', '22:00']], [['07:30', '22:00']]),
    weekdays([['08:00', '24:00']], [['08:00', '24:00']], [['08:00', '24:00']]),
    weekdays([['00:00', '24:00']], [['00:00', '24:00']], [['00:00', '24:00']]),
  ],
  microComplex: [
    weekdays([['09:00', '21:00']], [['09:00', '21:00']], [['09:00', '18:00']]),
    weekdays(
      [
        ['09:00', '12:00'],
        ['14:30', '20:30'],
      ],
      [['09:30', '17:30']],
      [],
    ),
  ],
  mediationRoom: [weekdays(office, [['09:00', '12:00']], []), weekdays(office, [], [])],
}

const services: Record<ServicePointKind, string[]> = {
  centre: ['政务办理', '党员组织关系', '矛盾调解', '就业登记', '养老服务', '法律咨询', '志愿者登记', '母婴室'],
  station: ['歇脚饮水', '手机充电', '应急药箱', '雨伞借用', '微波炉热饭', '图书借阅', '无线网络'],
  microComplex: ['事项代办', '快递代收', '儿童看护', '助老送餐', '便民维修', '邻里议事'],
  mediationRoom: ['邻里纠纷调解', '物业纠纷调解', '劳资咨询', '法律援助', '说商办评议事'],
}

/** How many of each kind a community has, besides its own centre. */
const perCommunity: [ServicePointKind, number][] = [
  ['station', 2],
  ['microComplex', 2],
  ['mediationRoom', 1],
]
/** Estates that have a micro-complex of their own on top. */
const EXTRA_POINTS = 3

const suffixes: Record<ServicePointKind, string> = {
  centre: '党群服务中心',
  station: '党群服务驿站',
  microComplex: '邻里微综合体',
  mediationRoom: '调解室',
}

export function openServicePoints(
  seed: number,
  areas: AreaRow[],
  buildings: BuildingRow[],
  now: number,
): ServicePointRow[] {
  const random = createRandom(seed, 'service points')
  const points: ServicePointRow[] = []
  const taken = new Set<string>()
  const add = (kind: ServicePointKind, stem: string, candidates: BuildingRow[]) => {
    const building = random.shuffled(candidates).find(({ code }) => !taken.has(code))
    if (!building) throw new Error(`There is no building for ${stem}${suffixes[kind]}.`)
    taken.add(building.code)
    points.push(toPoint(points.length + 1, kind, stem, building, random))
  }
  const street = areas.find(({ level }) => level === 'street')
  add(
    'centre',
    street?.name ?? '',
    buildings.filter(({ kind }) => kind === 'government'),
  )
  const isHosting = (building: BuildingRow) =>
    ['slab', 'tower', 'shop', 'clubhouse', 'mall', 'market'].includes(building.kind)
  for (const community of areas.filter(({ level }) => level === 'community')) {
    const own = buildings.filter((building) => building.areaCode.startsWith(community.code))
    add(
      'centre',
      community.name,
      own.filter(({ kind }) => kind === 'office' || kind === 'clubhouse' || kind === 'slab'),
    )
    for (const [kind, count] of perCommunity) {
      const free = own.filter((building) => isHosting(building) && !taken.has(building.code))
      for (const building of spreadOut(free, count, random)) {
        add(kind, building.estate ?? community.name, [building])
      }
    }
  }
  const busiest = [...areas].filter(({ level }) => level === 'grid').sort((a, b) => b.households - a.households)
  for (const grid of busiest.slice(0, EXTRA_POINTS)) {
    const own = buildings.filter(({ areaCode, households }) => areaCode === grid.code && households > 0)
    add('microComplex', own[0]?.estate ?? grid.name, own)
  }
  return closeOne(uniqueNames(points), now)
}

/** Buildings in grids as far apart in their order as possible. */
function spreadOut(buildings: BuildingRow[], count: number, random: Random): BuildingRow[] {
  const sorted = [...buildings].sort((a, b) => a.areaCode.localeCompare(b.areaCode))
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * sorted.length) / count)
    const to = Math.floor(((index + 1) * sorted.length) / count) - 1
    return sorted[random.whole(from, Math.max(from, to))]
  }).filter((building) => building !== undefined)
}

function toPoint(
  number: number,
  kind: ServicePointKind,
  stem: string,
  building: BuildingRow,
  random: Random,
): ServicePointRow {
  return {
    code: `P${String(number).padStart(3, '0')}`,
    name: `${stem}${suffixes[kind]}`,
    kind,
    address: `${building.address} ${building.name}一楼`,
    phone: officePhone(1_000 + number),
    services: random.shuffled(services[kind]).slice(0, random.whole(4, services[kind].length)),
    hours: random.pick(hours[kind]),
    closedOn: null,
    closedReason: null,
    position: building.centre,
    areaCode: building.areaCode,
  }
}

function uniqueNames(points: ServicePointRow[]): ServicePointRow[] {
  const seen = new Map<string, number>()
  return points.map((point) => {
    const count = (seen.get(point.name) ?? 0) + 1
    seen.set(point.name, count)
    return count === 1 ? point : { ...point, name: `${point.name}（${count}号）` }
  })
}

/** One station is closed on the day the demo begins. */
function closeOne(points: ServicePointRow[], now: number): ServicePointRow[] {
  const closed = points.findLast(({ kind }) => kind === 'station')
  const { day } = localClock(new Date(now), TIME_ZONE)
  return points.map((point) => (point === closed ? { ...point, closedOn: day, closedReason: '设备检修' } : point))
}
