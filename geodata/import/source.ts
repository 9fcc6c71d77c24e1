/** A file as rows, whatever its format: GeoJSON features or CSV records, in the order of the file. */
import { readCsv } from './csv-rows.ts'
import { readFeatures } from './geojson-features.ts'
import type { Refused } from './refused.ts'
import { type DecodedText, decodeText } from './text-encoding.ts'

export interface SourceRecord {
  /** From 1. */
  index: number
  /** The raw value under a column's name. */
  cell(column: string): unknown
  /** Not checked; undefined in a CSV. */
  geometry: unknown
}

export interface Source {
  isGeoJson: boolean
  encoding: DecodedText['encoding']
  columns: readonly string[]
  /** Rows expected; in a CSV the number of lines, which cells of several lines make too large. */
  total: number
  /** `kind` of the first features. */
  kinds: readonly string[]
  nulDropped: number
  /** Reads once. A row that is no row comes as the reason. */
  rows: AsyncIterable<SourceRecord | { index: number; ragged: Refused }>
}

const KINDS_SAMPLE = 200

/** Throws Refused when the bytes are no text, or the text no GeoJSON or CSV. */
export async function openSource(bytes: Uint8Array): Promise<Source> {
  const { text, encoding } = decodeText(bytes)
  return /^\s*[{[]/.test(text) ? geoJsonSource(text, encoding) : csvSource(text, encoding)
}

function geoJsonSource(text: string, encoding: Source['encoding']): Source {
  const features = readFeatures(text)
  const columns = new Set<string>()
  for (const { properties } of features) for (const name of Object.keys(properties)) columns.add(name)
  const kinds = features
    .slice(0, KINDS_SAMPLE)
    .flatMap(({ properties }) => (typeof properties.kind === 'string' ? [properties.kind] : []))
  async function* rows(): AsyncGenerator<SourceRecord> {
    for (const [at, { properties, geometry }] of features.entries()) {
      const cell = (column: string) => (Object.hasOwn(properties, column) ? properties[column] : undefined)
      yield { index: at + 1, cell, geometry }
    }
  }
  return {
    isGeoJson: true,
    encoding,
    columns: [...columns],
    total: features.length,
    kinds,
    nulDropped: 0,
    rows: rows(),
  }
}

async function csvSource(text: string, encoding: Source['encoding']): Promise<Source> {
  const table = await readCsv(text)
  const places = new Map(table.columns.map((column, at) => [column, at] as const).reverse())
  async function* rows(): Source['rows'] {
    for await (const row of table.rows)
      if ('ragged' in row) yield row
      else yield { index: row.index, cell: (column) => row.cells[places.get(column) ?? -1], geometry: undefined }
  }
  const total = Math.max(0, (text.match(/\r\n|\n|\r/g)?.length ?? 0) - (/[\r\n]$/.test(text) ? 1 : 0))
  return {
    isGeoJson: false,
    encoding,
    columns: table.columns,
    total,
    kinds: [],
    nulDropped: table.nulDropped,
    rows: rows(),
  }
}
