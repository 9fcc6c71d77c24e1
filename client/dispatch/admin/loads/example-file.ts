/** An example file of each kind, made here: CSV, or GeoJSON where shapes are needed. */
import type { LoadKind } from '#contract/loads'
import { csvText } from '../csv.ts'
import { geoJsonKinds, loadColumns } from './load-columns.ts'

type Language = 'zh-CN' | 'en'

export interface ExampleFile {
  name: string
  text: string
}

/** About 300 m, so that the example is a grid one can see. */
const SIDE = 0.003
const WEST = 114.03
const SOUTH = 22.71

export function exampleFile(kind: LoadKind, language: Language): ExampleFile {
  const columns = loadColumns[kind]
  if (!geoJsonKinds.has(kind)) {
    const rows = [columns.map(({ name }) => name[language]), columns.map(({ example }) => example[language])]
    return { name: `${kind}.csv`, text: csvText(rows) }
  }
  const properties = columns
    .filter(({ field }) => field !== 'longitude' && field !== 'latitude')
    .map(({ name, example }) => [name[language], example[language]])
  const ring = [
    [WEST, SOUTH],
    [WEST + SIDE, SOUTH],
    [WEST + SIDE, SOUTH + SIDE],
    [WEST, SOUTH + SIDE],
    [WEST, SOUTH],
  ]
  const feature = {
    type: 'Feature',
    properties: Object.fromEntries(properties),
    geometry: { type: 'Polygon', coordinates: [ring] },
  }
  return { name: `${kind}.geojson`, text: JSON.stringify({ type: 'FeatureCollection', features: [feature] }, null, 2) }
}
