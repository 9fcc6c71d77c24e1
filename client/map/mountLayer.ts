/** Puts one layer onto a map and keeps it in step with the model: only what differs is sent to the map. */
import type { Feature } from 'geojson'
import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import { byFeatureId, type FeatureId, featureChanges } from './feature-changes.ts'
import type { MapLayer } from './layer.ts'
import type { MapModel } from './map-model.ts'
import { palettes } from './palette.ts'

export interface MountedLayer {
  update(model: MapModel): void
}

/** Adds the layer's sources and style layers on top of what is there. */
export function mountLayer(map: MapLibreMap, layer: MapLayer, model: MapModel): MountedLayer {
  let dependencies = layer.featuresDependOn?.(model) ?? []
  /** What the map holds of each source whose changes alone are sent. */
  const held = new Map<string, Map<FeatureId, Feature>>()
  /** Sources that hold nothing: to say so again would have the map's worker make all their tiles anew. */
  const empty = new Set<string>()
  for (const [id, data] of Object.entries(layer.features?.(model) ?? {})) {
    map.addSource(id, { type: 'geojson', data, tolerance: 0 })
    if (layer.sendsChanges) held.set(id, byFeatureId(data))
    if (data.features.length === 0) empty.add(id)
  }
  let shown = layer.styles(model, palettes[model.theme])
  for (const style of shown) map.addLayer(style)

  function updateFeatures(next: MapModel): void {
    const now = layer.featuresDependOn?.(next) ?? []
    if (now.length === dependencies.length && now.every((value, index) => value === dependencies[index])) return
    dependencies = now
    for (const [id, data] of Object.entries(layer.features?.(next) ?? {})) {
      const source = map.getSource<GeoJSONSource>(id)
      const before = held.get(id)
      if (!before) {
        const wasEmpty = empty.has(id)
        if (data.features.length > 0) empty.delete(id)
        else empty.add(id)
        if (!wasEmpty || data.features.length > 0) source?.setData(data)
        continue
      }
      const after = byFeatureId(data)
      const changes = featureChanges(before, after)
      held.set(id, after)
      if (changes.add.length + changes.remove.length > 0) void source?.updateData(changes)
    }
  }

  return {
    update(next) {
      updateFeatures(next)
      const wanted = layer.styles(next, palettes[next.theme])
      wanted.forEach((style, index) => {
        applyDifference(map, shown[index], style)
      })
      shown = wanted
    },
  }
}

/** The library's own greatest zoom for a layer. */
const FURTHEST_IN = 24

type Bag = Readonly<Record<string, unknown>>

function applyDifference(map: MapLibreMap, before: LayerSpecification | undefined, after: LayerSpecification): void {
  const { id } = after
  for (const [name, value] of changed(before?.paint, after.paint))
    map.setPaintProperty(id, name as never, value as never)
  for (const [name, value] of changed(before?.layout, after.layout))
    map.setLayoutProperty(id, name as never, value as never)
  if (before?.minzoom !== after.minzoom || before?.maxzoom !== after.maxzoom)
    map.setLayerZoomRange(id, after.minzoom ?? 0, after.maxzoom ?? FURTHEST_IN)
  const [oldFilter, newFilter] = [filterOf(before), filterOf(after)]
  if (!same(oldFilter, newFilter)) map.setFilter(id, newFilter)
}

const filterOf = (layer: LayerSpecification | undefined) => (layer && 'filter' in layer ? (layer.filter ?? null) : null)

/** Properties that are new, different or gone (then undefined). */
export function changed(before: object | undefined, after: object | undefined): [string, unknown][] {
  const [old, next] = [(before ?? {}) as Bag, (after ?? {}) as Bag]
  const names = new Set([...Object.keys(old), ...Object.keys(next)])
  return [...names].filter((name) => !same(old[name], next[name])).map((name) => [name, next[name]])
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)
