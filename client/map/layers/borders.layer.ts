/** Borders by level: grid thin, community dashed, street dash-dot. Each line is in the tiles once, under its highest level. */
import type { LayerSpecification } from 'maplibre-gl'
import type { AreaLevel } from '#contract/areas'
import { AREAS, type MapLayer, visibility } from '../layer.ts'
import type { MapModel } from '../map-model.ts'
import type { MapPalette } from '../palette.ts'

interface BorderLook {
  level: AreaLevel
  width: number
  colour: keyof Pick<MapPalette, 'gridLine' | 'communityLine' | 'streetLine'>
  /** Lengths in line widths; null is solid. */
  dashes: number[] | null
}

export const borderLooks: readonly BorderLook[] = [
  { level: 'grid', width: 1, colour: 'gridLine', dashes: null },
  { level: 'community', width: 1.6, colour: 'communityLine', dashes: [7 / 1.6, 3 / 1.6] },
  { level: 'street', width: 2.2, colour: 'streetLine', dashes: [10 / 2.2, 3 / 2.2, 2 / 2.2, 3 / 2.2] },
]

const border = ({ level, width, colour, dashes }: BorderLook, model: MapModel, colours: MapPalette) =>
  ({
    id: `border-${level}`,
    type: 'line',
    source: AREAS,
    'source-layer': 'border',
    filter: ['==', ['get', 'level'], level],
    layout: { ...visibility(model.visible.borders), 'line-join': 'round' },
    paint: {
      'line-color': colours[colour],
      'line-width': width,
      'line-opacity': level === 'grid' ? 0.8 : 0.9,
      ...(dashes && { 'line-dasharray': dashes }),
    },
  }) satisfies LayerSpecification

export const borders: MapLayer = {
  key: 'borders',
  styles: (model, colours) => borderLooks.map((look) => border(look, model, colours)),
}
