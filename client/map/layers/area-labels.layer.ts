/** Name and open count of each area; one level at a time, so that the names of grids do not fight those above. */
import type { FeatureCollection } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'
import { type AreaLevel, areaLevels } from '#contract/areas'
import { bold } from '../fonts.ts'
import { zoomAt } from '../ground-scale.ts'
import { countIcon } from '../icons/icon-id.ts'
import { type MapLayer, visibility } from '../layer.ts'
import type { MapModel } from '../map-model.ts'
import type { MapPalette } from '../palette.ts'
import { toMapLngLat } from '../toMapLngLat.ts'

const SOURCE = 'area-labels'

export interface LabelRange {
  from: number
  to: number
}

const sizes: Readonly<Record<AreaLevel, number>> = { street: 15, community: 14, grid: 13 }
/** Names of a level are read from the zoom at which half of its areas are this many pixels across. */
const READABLE_PIXELS = 72
const CLOSEST = 24
const ranges = new WeakMap<MapModel['areaList'], Record<AreaLevel, LabelRange>>()

/** Zooms between which each level's names are shown: the highest level from afar, then each until the next has room. */
export function labelRanges(areaList: MapModel['areaList']): Record<AreaLevel, LabelRange> {
  const known = ranges.get(areaList)
  if (known) return known
  const none = { from: CLOSEST, to: CLOSEST }
  const found: Record<AreaLevel, LabelRange> = { street: none, community: none, grid: none }
  const present = areaLevels.filter((level) => areaList.some((area) => area.level === level))
  let to = CLOSEST
  for (const level of present.toReversed()) {
    const from = level === present[0] ? 0 : Math.min(to, readableFrom(areaList.filter((area) => area.level === level)))
    found[level] = { from, to }
    to = from
  }
  ranges.set(areaList, found)
  return found
}

function readableFrom(areas: MapModel['areaList']): number {
  const middle = areas.toSorted((a, b) => a.squareMetres - b.squareMetres)[Math.floor(areas.length / 2)]
  if (!middle) return CLOSEST
  const metres = Math.max(1, Math.sqrt(middle.squareMetres))
  return zoomAt(metres / READABLE_PIXELS, middle.centre[1])
}

/** One point an area. Areas with more open cases find room first. */
export function areaLabelFeatures({ areaList, areas, theme }: MapModel): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: areaList.map(({ id, level, name, centre }) => {
      const openCases = areas.get(id)?.openCases ?? 0
      return {
        type: 'Feature',
        properties: {
          id,
          level,
          name,
          order: -openCases,
          ...(openCases > 0 && { count: countIcon(openCases, theme) }),
        },
        geometry: { type: 'Point', coordinates: toMapLngLat(centre) },
      }
    }),
  }
}

function labels(level: AreaLevel, model: MapModel, colours: MapPalette): LayerSpecification {
  const { from, to } = labelRanges(model.areaList)[level]
  const isSelected = model.selected?.kind === 'area' ? model.selected.id : ''
  return {
    id: `area-label-${level}`,
    type: 'symbol',
    source: SOURCE,
    minzoom: from,
    maxzoom: to,
    filter: ['==', ['get', 'level'], level],
    layout: {
      ...visibility(model.visible.labels),
      'symbol-sort-key': ['get', 'order'],
      'text-field': [
        'case',
        ['has', 'count'],
        ['format', ['get', 'name'], {}, ' ', {}, ['image', ['get', 'count']], { 'vertical-align': 'center' }],
        ['format', ['get', 'name'], {}],
      ],
      'text-font': bold,
      'text-size': sizes[level],
      'text-max-width': 30,
      'text-padding': 4,
      // Where a pin sits in the middle, the name steps aside before it gives up.
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1.1,
      'text-justify': 'auto',
    },
    paint: {
      'text-color': ['case', ['==', ['get', 'id'], isSelected], colours.accent, colours.ink],
      'text-halo-color': colours.halo,
      'text-halo-width': 2,
    },
  }
}

export const areaLabels: MapLayer = {
  key: 'areaLabels',
  features: (model) => ({ [SOURCE]: areaLabelFeatures(model) }),
  featuresDependOn: ({ areaList, areas, theme }) => [areaList, areas, theme],
  styles: (model, colours) => (['grid', 'community', 'street'] as const).map((level) => labels(level, model, colours)),
}
