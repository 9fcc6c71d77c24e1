/** People on duty: heading, leader, team, stale or doubtful; those on one place told apart. */
import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { bold, regular } from '../fonts.ts'
import { type PersonLook, plainIcon } from '../icons/icon-id.ts'
import { type MapLayer, visibility } from '../layer.ts'
import { peopleFeatures, TEXT_PIXELS } from './people-features.ts'

const SOURCE = 'people'
export const PEOPLE_LAYER = 'person'
export const CROWD_LAYER = 'person-dot'
/**
 * More people than this are dots: so many marks would hide each other, and the map library looks for the place of each
 * of them anew at every frame. Dots have none to look for.
 */
export const MOST_MARKS = 2_000
/** From here on a mark has its name beside it. */
const NAMES_ZOOM = 16.5

export const people: MapLayer = {
  key: 'people',
  isMoving: true,
  sendsChanges: true,
  features: (model) => ({ [SOURCE]: peopleFeatures(model) }),
  featuresDependOn: (model) => [model.people, model.theme],
  styles: ({ visible, selected, theme, people: { frame } }, colours) => {
    const isCrowd = (frame?.people.length ?? 0) > MOST_MARKS
    const nobody: ExpressionSpecification = ['boolean', false]
    const shown = visibility(visible.people)
    const selectedId = selected?.kind === 'member' ? selected.id : null
    // Turned as the mark is, or its own place around a spot would be another.
    const asTheMark: NonNullable<SymbolLayerSpecification['layout']> = {
      'icon-rotate': ['coalesce', ['get', 'turn'], 0],
      'icon-rotation-alignment': 'map',
      'icon-offset': ['coalesce', ['get', 'aside'], ['literal', [0, 0]]],
      'icon-overlap': 'always',
    }
    const text: NonNullable<SymbolLayerSpecification['layout']> = {
      'text-font': regular,
      'text-size': TEXT_PIXELS,
      'text-anchor': ['case', ['==', ['get', 'side'], 'right'], 'right', 'left'],
      'text-justify': 'auto',
      'text-offset': ['coalesce', ['get', 'textAside'], ['literal', [0.95, 0]]],
      'text-padding': 0,
    }
    const ink = { 'text-color': colours.ink2, 'text-halo-color': colours.halo, 'text-halo-width': 1.6 }
    return [
      {
        id: 'person-fan',
        type: 'symbol',
        source: SOURCE,
        filter: ['has', 'fan'],
        layout: { ...shown, 'icon-image': ['get', 'fan'], 'icon-overlap': 'always', 'icon-ignore-placement': true },
      },
      {
        id: 'person-selected',
        type: 'symbol',
        source: SOURCE,
        filter: selectedId === null ? ['boolean', false] : ['in', selectedId, ['coalesce', ['get', 'ids'], '']],
        layout: { ...shown, ...asTheMark, 'icon-image': plainIcon('ring', theme) },
      },
      {
        id: CROWD_LAYER,
        type: 'circle',
        source: SOURCE,
        filter: isCrowd ? ['has', 'icon'] : nobody,
        layout: shown,
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 11, 2, 14, 4, 17, 7],
          // Hollow where the fix is old or doubtful; a leader has an edge of the accent's colour.
          'circle-color': [
            'case',
            hasLook('stale', 'suspect'),
            colours.halo,
            hasLook('inCall'),
            colours.accent,
            colours.people,
          ],
          'circle-stroke-color': [
            'case',
            hasLook('stale'),
            colours.offline,
            hasLook('suspect'),
            colours.people,
            hasLook('leader'),
            colours.accent,
            colours.halo,
          ],
          'circle-stroke-width': ['case', hasLook('stale', 'suspect', 'leader'), 1.5, 0.75],
        },
      },
      {
        id: PEOPLE_LAYER,
        type: 'symbol',
        source: SOURCE,
        filter: isCrowd ? nobody : ['has', 'icon'],
        layout: {
          ...shown,
          ...asTheMark,
          'symbol-sort-key': ['get', 'order'],
          'icon-image': ['get', 'icon'],
          'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.55, 14, 1],
        },
      },
      {
        id: 'person-stack',
        type: 'symbol',
        source: SOURCE,
        minzoom: 13,
        filter: isCrowd ? nobody : ['has', 'stack'],
        layout: { ...shown, 'icon-image': ['get', 'stack'], 'icon-overlap': 'always', 'icon-offset': [11, -11] },
      },
      {
        id: 'person-age',
        type: 'symbol',
        source: SOURCE,
        minzoom: 14,
        maxzoom: NAMES_ZOOM,
        filter: isCrowd ? nobody : ['has', 'age'],
        layout: { ...shown, ...text, 'text-field': ['get', 'age'] },
        paint: ink,
      },
      {
        id: 'person-text',
        type: 'symbol',
        source: SOURCE,
        // A layer of its own: a step in `text-field` would wait for the next whole zoom.
        minzoom: NAMES_ZOOM,
        filter: isCrowd ? nobody : ['has', 'icon'],
        layout: {
          ...shown,
          ...text,
          'text-field': [
            'format',
            ['coalesce', ['get', 'team'], ''],
            { 'text-font': ['literal', bold] },
            ['case', ['has', 'team'], '\n', ''],
            {},
            ['coalesce', ['get', 'name'], ''],
            {},
            ['case', ['has', 'age'], ['concat', ' ', ['get', 'age']], ''],
            {},
          ],
        },
        paint: ink,
      },
    ]
  },
}

/** Whether a mark shows one of these, by the name of its icon. */
const hasLook = (...looks: readonly PersonLook[]): ExpressionSpecification => [
  'any',
  ...looks.map((look): ExpressionSpecification => ['in', `:${look}:`, ['get', 'icon']]),
]
