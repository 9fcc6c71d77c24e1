/** What a file holds, and on which level its areas are, by its columns and its name. */
import type { AreaLevel } from '#contract/areas'
import type { LoadKind } from '#contract/loads'
import { scoreColumns } from './column-map.ts'
import { plainName } from './column-names.ts'

/** Words of a file's name. The first match wins, so what contains another's word comes before it. */
const NAMED: readonly (readonly [LoadKind, RegExp])[] = [
  ['servicePoints', /service.?point|服务点|驿站|服务站|党群/i],
  ['members', /member|roster|staff|people|volunteer|人员|名册|花名册|名单|网格员/i],
  ['teams', /team|patrol|队/i],
  ['departments', /department|agenc|部门|单位/i],
  ['cases', /case|311|complaint|request|案件|工单|诉求/i],
  ['buildings', /building|楼栋|楼宇|建筑|房屋/i],
  ['base', /road|water|land.?use|green|transit|rail|poi|base|道路|路网|水系|绿地|铁路|轨道|底图/i],
  ['areas', /grid|communit|street|district|area|boundar|网格|社区|街道|区划|边界/i],
]
const LEVELS: readonly (readonly [AreaLevel, RegExp])[] = [
  ['grid', /grid|网格/i],
  ['community', /communit|社区|村/i],
  ['street', /street|街道|镇/i],
]
const WITH_PLACES: ReadonlySet<LoadKind> = new Set(['areas', 'buildings', 'base', 'servicePoints', 'cases'])
const IN_TABLES: ReadonlySet<LoadKind> = new Set([
  'members',
  'teams',
  'departments',
  'servicePoints',
  'cases',
  'buildings',
])
/** A name that fits counts as much as one telling column. */
const NAME_SCORE = 2

export interface Guess {
  kind: LoadKind
  by: 'level' | 'name' | 'columns' | 'kinds'
}

export interface Clues {
  fileName: string
  columns: readonly string[]
  isGeoJson: boolean
  hasLevel: boolean
  /** What the features' `kind` says, of the first ones. */
  kinds: readonly string[]
}

/** Null when nothing tells. */
export function guessKind({ fileName, columns, isGeoJson, hasLevel, kinds }: Clues): Guess | null {
  if (isGeoJson && hasLevel) return { kind: 'areas', by: 'level' }
  const possible = isGeoJson ? WITH_PLACES : IN_TABLES
  const named = NAMED.find(([kind, words]) => possible.has(kind) && words.test(fileName))?.[0] ?? null
  if (isGeoJson && kinds.length > 0 && (named === null || named === 'base' || named === 'buildings'))
    return { kind: mostAreBuildings(kinds) ? 'buildings' : 'base', by: 'kinds' }
  const scores = scoreColumns(columns)
  const best = [...possible]
    .map((kind) => ({ kind, score: scores[kind] + (scores[kind] > 0 && kind === named ? NAME_SCORE : 0) }))
    .sort((a, b) => b.score - a.score)
  const [first, second] = best
  // GeoJSON of areas and base has nothing but a name and a code, which tells nothing, so there the file's name decides.
  if (named !== null && (isGeoJson || first?.score === 0)) return { kind: named, by: 'name' }
  if (first && first.score > 0 && first.score !== second?.score) return { kind: first.kind, by: 'columns' }
  return null
}

export function guessLevel(fileName: string): AreaLevel | null {
  return LEVELS.find(([, words]) => words.test(fileName))?.[0] ?? null
}

function mostAreBuildings(kinds: readonly string[]): boolean {
  const buildings = kinds.filter((kind) => ['building', 'buildingpart'].includes(plainName(kind)))
  return buildings.length * 2 > kinds.length
}

/** Files that others refer to come first: areas before people, people before teams. Otherwise the order given stays. */
const ORDER: readonly LoadKind[] = [
  'areas',
  'base',
  'buildings',
  'servicePoints',
  'departments',
  'members',
  'teams',
  'cases',
]

export function inLoadingOrder(fileNames: readonly string[]): string[] {
  const rank = (path: string) => {
    const fileName = path.split(/[\\/]/).at(-1) ?? path
    const possible = /json$/i.test(fileName) ? WITH_PLACES : IN_TABLES
    const kind = NAMED.find(([named, words]) => possible.has(named) && words.test(fileName))?.[0]
    return kind === undefined ? ORDER.indexOf('members') : ORDER.indexOf(kind)
  }
  return fileNames.toSorted((a, b) => rank(a) - rank(b))
}
