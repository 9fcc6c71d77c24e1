/** What every kind of load is made of: which places it takes, how a row becomes a record, and where the record goes. */
import type { AreaLevel } from '#contract/areas'
import type { LoadWord } from '#contract/load-words'
import type { RefusedRow } from '#contract/loads'
import type { ColumnMap } from '../column-map.ts'
import type { Shape } from '../geometry-gate.ts'
import type { Lookups } from '../lookups.ts'
import type { Values } from '../refused.ts'
import type { RowFields } from '../row-fields.ts'

/** A row as read: its fields, and its place when it has one, already past the gate and in WGS-84. */
export interface SourceRow {
  index: number
  fields: RowFields
  shape: Shape | null
}

/** A record ready to be staged. `data` holds what the kind's target reads out of it. */
export interface StagedRow {
  index: number
  code: string
  data: Readonly<Record<string, unknown>>
  shape: Shape | null
}

export interface MakerContext {
  /** Which fields the file has columns for. */
  columns: ColumnMap
  lookups: Lookups
  /** The level areas are loaded as, unless a column says it. */
  level: AreaLevel | null
  timeZone: string
  /** A department that the file names in full and nobody knew; added with the rows. */
  addDepartment(department: { code: string; name: string }): void
  /** Counts something worth saying at the end. */
  tell(code: LoadWord, what?: Values): void
}

/** Turns rows into records. Throws Refused for a row it cannot take. */
export interface Maker {
  /** A record, or null when the row is left out or kept until the end. */
  take(row: SourceRow): StagedRow | null
  /** What only the whole file tells; called once, after the last row. */
  finish?(): { rows: StagedRow[]; refused: RefusedRow[] }
}

type ShapeType = Shape['type']
export const POINTS: readonly ShapeType[] = ['Point']
export const LINES: readonly ShapeType[] = ['LineString', 'MultiLineString']
export const SURFACES: readonly ShapeType[] = ['Polygon', 'MultiPolygon']

export interface Kind {
  /** Geometries taken; empty when rows of this kind have no place. */
  shapes: readonly ShapeType[]
  /** A row without a place is refused. */
  needsPlace: boolean
  /** Its grid is found from its place. */
  isInGrid: boolean
  createMaker(context: MakerContext): Maker
}
