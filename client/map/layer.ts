/** What a map layer is: a pure description. It knows the model and the colours; it knows no map and no store. */
import type { FeatureCollection } from 'geojson'
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'
import type { MapModel } from './map-model.ts'
import type { MapPalette } from './palette.ts'

export interface MapLayer {
  key: string
  /** Shows people, so it is drawn again with every step of their way from one fix to the next. */
  isMoving?: boolean
  /** Its features have ids of their own and are many: only those that differ are sent to the map. */
  sendsChanges?: boolean
  /** Style layers, bottom first. Layers that are not shown stay, with `visibility: none`. The ids never change. */
  styles(model: MapModel, palette: MapPalette): LayerSpecification[]
  /** GeoJSON sources of this layer's own: source id → features. */
  features?(model: MapModel): Record<string, FeatureCollection>
  /**
   * The members of the model that `features` depends on, and nothing else: while they stay the same objects or values,
   * features are not worked out again.
   */
  featuresDependOn?(model: MapModel): readonly unknown[]
}

/** Sources made from tiles are shared by the layers that draw them. */
export const BASE = 'base'
export const AREAS = 'areas'
export type TileSources = Record<typeof BASE | typeof AREAS, SourceSpecification>

export const visibility = (isVisible: boolean) => ({ visibility: isVisible ? ('visible' as const) : ('none' as const) })
export const noFeatures: FeatureCollection = { type: 'FeatureCollection', features: [] }
