/** Decides how a file is read: what it holds, which columns fill which fields, what its rows may refer to. */
import { type Datum, type LoadKind, loadKinds } from '#contract/loads'
import type { Database } from '../../server/database/connect.ts'
import { type AxisWatch, createAxisWatch } from './axis-watch.ts'
import { type ColumnMap, mapColumns } from './column-map.ts'
import { guessKind, guessLevel } from './guess-kind.ts'
import { isTimeZone } from './instants.ts'
import { kinds } from './kinds/index.ts'
import type { Kind, Maker } from './kinds/kind.ts'
import type { LoadRequest } from './load-file.ts'
import type { GrowingReport } from './load-report.ts'
import { readBounds, readLookups } from './lookups.queries.ts'
import { Refused } from './refused.ts'
import type { Source } from './source.ts'

export interface LoadPlan {
  loadId: string
  kindName: LoadKind
  kind: Kind
  columns: ColumnMap
  /** Fields the file has, and `shape` when its rows have places. */
  fields: ReadonlySet<string>
  maker: Maker
  datum: Datum
  axis: AxisWatch
  skipRefused: boolean
  /** Departments that rows name in full and nobody knew. */
  newDepartments: { code: string; name: string }[]
}

/** Throws Refused when it cannot be decided. */
export async function planLoad(
  request: LoadRequest,
  source: Source,
  db: Database,
  growing: GrowingReport,
): Promise<LoadPlan> {
  const { datum, timeZone, skipRefused } = request
  if (!isTimeZone(timeZone)) throw new Refused('time_zone_unknown', { name: timeZone })
  const kindName = decideKind(request, source, growing)
  growing.report.kind = kindName
  const kind = kinds[kindName]
  if (!source.isGeoJson && kind.needsPlace && !kind.shapes.includes('Point'))
    throw new Refused('kind_needs_places', { kind: kindName })
  if (!source.isGeoJson && kindName === 'base') throw new Refused('kind_needs_places', { kind: kindName })
  const columns = mapColumns(kindName, source.columns, request.map)
  sayWhatWasFound(source, columns, datum, growing)

  const newDepartments: LoadPlan['newDepartments'] = []
  const level = request.level ?? guessLevel(request.fileName)
  if (kindName === 'areas' && level === null && !columns.has('level')) throw new Refused('level_unknown')
  const maker = kind.createMaker({
    columns,
    lookups: await readLookups(db, kindName, columns),
    level,
    timeZone,
    addDepartment: (department) => newDepartments.push(department),
    tell: growing.tell,
  })
  const hasPlaces = kind.shapes.length > 0 && (source.isGeoJson || columns.has('longitude'))
  return {
    loadId: growing.report.id,
    kindName,
    kind,
    columns,
    fields: new Set([...columns.keys(), ...(hasPlaces ? ['shape'] : [])]),
    maker,
    datum,
    axis: createAxisWatch(await readBounds(db)),
    skipRefused,
    newDepartments,
  }
}

function decideKind(request: LoadRequest, source: Source, growing: GrowingReport): LoadKind {
  if (request.kind !== null) return request.kind
  const guess = guessKind({
    fileName: request.fileName,
    columns: source.columns,
    isGeoJson: source.isGeoJson,
    hasLevel: request.level !== null,
    kinds: source.kinds,
  })
  if (!guess) throw new Refused('kind_unknown', { kinds: loadKinds.join('|') })
  growing.say('kind_guessed', { kind: guess.kind, by: guess.by })
  return guess.kind
}

function sayWhatWasFound(source: Source, columns: ColumnMap, datum: Datum, growing: GrowingReport): void {
  if (source.encoding !== 'UTF-8') growing.say('encoding_found', { encoding: source.encoding })
  if (source.nulDropped > 0) growing.say('nul_dropped', { count: source.nulDropped })
  if (datum !== 'wgs84') growing.say('datum_converted', { datum })
  if (source.isGeoJson) return
  const found = [...columns].map(([field, [column = '']]) => `${field}=${column}`)
  growing.say('columns_found', { columns: found.join(', ') })
  const used = new Set([...columns.values()].flat())
  const unused = source.columns.filter((column) => !used.has(column))
  if (unused.length > 0) growing.say('columns_unused', { columns: unused.join(', ') })
}
