/** The circle a fix may be off by: of the one in focus, and close in of everybody. */
import type { Feature, FeatureCollection } from 'geojson'
import type { LonLat } from '#contract/geo'
import type { FramePerson } from '#contract/position-frame'
import { type MapLayer, visibility } from '../layer.ts'
import type { MapModel } from '../map-model.ts'
import { toMapLngLat } from '../toMapLngLat.ts'

const SOURCE = 'people-accuracy'
const METRES_PER_DEGREE = 111_195
const CORNERS = 48
/** With more circles than this nobody can tell whose is whose. */
const MOST_CIRCLES = 60

/** A circle of so many metres around a place, as a closed ring. */
function circle([longitude, latitude]: LonLat, metres: number): LonLat[] {
  const height = metres / METRES_PER_DEGREE
  const width = height / Math.max(Math.cos((latitude * Math.PI) / 180), 1e-6)
  return Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const angle = ((corner % CORNERS) * 2 * Math.PI) / CORNERS
    return toMapLngLat([longitude + width * Math.cos(angle), latitude + height * Math.sin(angle)])
  })
}

function circleOf({ position, accuracyMetres }: FramePerson, isFocus: boolean): Feature[] {
  if (accuracyMetres === null) return []
  const coordinates = [circle(position, accuracyMetres)]
  return [{ type: 'Feature', properties: { isFocus }, geometry: { type: 'Polygon', coordinates } }]
}

export function accuracyFeatures({ people: { frame, focus, spreadMetres } }: MapModel): FeatureCollection {
  const all = frame?.people ?? []
  const showsAll = spreadMetres !== null && all.length <= MOST_CIRCLES
  // Of ten thousand people, mostly nobody's.
  const shown = showsAll ? all : focus === null ? [] : all.filter(({ handle }) => handle === focus)
  return { type: 'FeatureCollection', features: shown.flatMap((person) => circleOf(person, person.handle === focus)) }
}

export const accuracy: MapLayer = {
  key: 'accuracy',
  isMoving: true,
  features: (model) => ({ [SOURCE]: accuracyFeatures(model) }),
  featuresDependOn: (model) => [model.people, model.theme],
  styles: ({ visible }, colours) => [
    {
      id: 'person-accuracy',
      type: 'fill',
      source: SOURCE,
      layout: visibility(visible.people),
      paint: {
        'fill-color': ['case', ['get', 'isFocus'], colours.accent, colours.people],
        'fill-opacity': ['case', ['get', 'isFocus'], 0.14, 0.04],
      },
    },
    {
      id: 'person-accuracy-edge',
      type: 'line',
      source: SOURCE,
      layout: visibility(visible.people),
      paint: {
        'line-color': ['case', ['get', 'isFocus'], colours.accent, colours.people],
        'line-opacity': ['case', ['get', 'isFocus'], 0.9, 0.3],
        'line-width': ['case', ['get', 'isFocus'], 1.5, 1],
      },
    },
  ],
}
