/** People on duty, one mark a place: heading, leader, team, stale or doubtful; and the circle one fix may be off by. */
import type { Feature, FeatureCollection } from 'geojson'
import type { DutyPerson } from '#contract/duty'
import type { LonLat } from '#contract/geo'
import { type FramePerson, personFlags } from '#contract/position-frame'
import { regular } from '../fonts.ts'
import { type PersonLook, personIcon, stackIcon, teamIcon } from '../icons/icon-id.ts'
import { type MapLayer, visibility } from '../layer.ts'
import type { MapModel, MapPeople, MapTheme } from '../map-model.ts'
import { toMapLngLat } from '../toMapLngLat.ts'

const SOURCE = 'people'
const ACCURACY_SOURCE = 'people-accuracy'
export const PEOPLE_LAYER = 'person'

/** People closer than about a metre stand on one place. */
const DEGREES = 1e-5
const MINUTE_MS = 60_000
/** Rows of a lattice of places, so that a place is one number. */
const ROW = 1e8

const has = ({ flags }: FramePerson, flag: keyof typeof personFlags) => (flags & personFlags[flag]) !== 0

/** What a person's mark looks like; what is wrong with the fix comes before who it is. */
export function lookOf(person: FramePerson): PersonLook {
  if (has(person, 'stale')) return 'stale'
  if (has(person, 'suspect')) return 'suspect'
  if (has(person, 'inCall')) return 'inCall'
  return has(person, 'gridLeader') ? 'leader' : 'member'
}

/** People by place, the freshest fix of each place first. */
function byPlace(people: readonly FramePerson[]): FramePerson[][] {
  const places = new Map<number, FramePerson[]>()
  for (const person of people) {
    const [longitude, latitude] = person.position
    const key = Math.round(longitude / DEGREES) * ROW + Math.round(latitude / DEGREES)
    const here = places.get(key)
    if (here) here.push(person)
    else places.set(key, [person])
  }
  const age = ({ ageMs }: FramePerson) => ageMs ?? Number.MAX_SAFE_INTEGER
  return [...places.values()].map((here) => (here.length > 1 ? here.sort((a, b) => age(a) - age(b)) : here))
}

/** "14分"; older than a frame can tell is "240分+". */
const ageText = ({ ageMs }: FramePerson, minute: string) =>
  ageMs === null ? `240${minute}+` : `${Math.max(1, Math.round(ageMs / MINUTE_MS))}${minute}`

function iconOf(person: FramePerson, known: DutyPerson | undefined, theme: MapTheme): string {
  const look = lookOf(person)
  const [team] = known?.leads ?? []
  if (team) return teamIcon(team.people, look === 'stale', theme)
  return personIcon(look, person.headingDegrees !== null && look !== 'stale' && look !== 'suspect', theme)
}

function featureOf(here: readonly FramePerson[], { who, minute }: MapPeople, theme: MapTheme): Feature[] {
  const [first] = here
  if (!first) return []
  const known = who.get(first.handle)
  const ids = here.flatMap(({ handle }) => who.get(handle)?.memberId ?? [])
  return [
    {
      type: 'Feature',
      properties: {
        ids: ids.join(','),
        icon: iconOf(first, known, theme),
        // A hexagon carries a number that must stay upright.
        turn: known?.leads.length ? 0 : (first.headingDegrees ?? 0),
        // Stale marks lie below the living.
        order: has(first, 'stale') ? 0 : 1,
        ...(has(first, 'stale') ? { age: ageText(first, minute) } : {}),
        ...(here.length > 1 ? { stack: stackIcon(here.length, theme) } : {}),
        ...(known ? { name: known.name } : {}),
      },
      geometry: { type: 'Point', coordinates: toMapLngLat(first.position) },
    },
  ]
}

export function peopleFeatures({ people, theme }: MapModel): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: byPlace(people.frame?.people ?? []).flatMap((here) => featureOf(here, people, theme)),
  }
}

const METRES_PER_DEGREE = 111_195
const CORNERS = 48

/** A circle of so many metres around a place, as a closed ring. */
function circle([longitude, latitude]: LonLat, metres: number): LonLat[] {
  const height = metres / METRES_PER_DEGREE
  const width = height / Math.max(Math.cos((latitude * Math.PI) / 180), 1e-6)
  return Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const angle = ((corner % CORNERS) * 2 * Math.PI) / CORNERS
    return toMapLngLat([longitude + width * Math.cos(angle), latitude + height * Math.sin(angle)])
  })
}

export function accuracyFeatures({ people: { frame, focus } }: MapModel): FeatureCollection {
  const person = focus === null ? undefined : frame?.people.find(({ handle }) => handle === focus)
  if (!person || person.accuracyMetres === null) return { type: 'FeatureCollection', features: [] }
  const coordinates = [circle(person.position, person.accuracyMetres)]
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } }],
  }
}

export const people: MapLayer = {
  key: 'people',
  features: (model) => ({ [ACCURACY_SOURCE]: accuracyFeatures(model), [SOURCE]: peopleFeatures(model) }),
  featuresDependOn: (model) => [model.people, model.theme],
  styles: ({ visible, selected }, colours) => {
    const shown = visibility(visible.people)
    const selectedId = selected?.kind === 'member' ? selected.id : null
    return [
      {
        id: 'person-accuracy',
        type: 'fill',
        source: ACCURACY_SOURCE,
        layout: shown,
        paint: { 'fill-color': colours.accent, 'fill-opacity': 0.14, 'fill-outline-color': colours.accent },
      },
      {
        id: 'person-selected',
        type: 'circle',
        source: SOURCE,
        filter: selectedId === null ? ['boolean', false] : ['in', selectedId, ['get', 'ids']],
        layout: shown,
        paint: {
          'circle-radius': 13,
          'circle-color': colours.accent,
          'circle-opacity': 0.2,
          'circle-stroke-color': colours.accent,
          'circle-stroke-width': 2.5,
        },
      },
      {
        id: PEOPLE_LAYER,
        type: 'symbol',
        source: SOURCE,
        layout: {
          ...shown,
          'symbol-sort-key': ['get', 'order'],
          'icon-image': ['get', 'icon'],
          'icon-rotate': ['get', 'turn'],
          'icon-rotation-alignment': 'map',
          'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.55, 14, 1],
          'icon-overlap': 'always',
        },
      },
      {
        id: 'person-stack',
        type: 'symbol',
        source: SOURCE,
        minzoom: 13,
        filter: ['has', 'stack'],
        layout: { ...shown, 'icon-image': ['get', 'stack'], 'icon-overlap': 'always', 'icon-offset': [11, -11] },
      },
      {
        id: 'person-text',
        type: 'symbol',
        source: SOURCE,
        minzoom: 14,
        layout: {
          ...shown,
          'text-field': [
            'step',
            ['zoom'],
            ['coalesce', ['get', 'age'], ''],
            16.5,
            ['concat', ['coalesce', ['get', 'name'], ''], ' ', ['coalesce', ['get', 'age'], '']],
          ],
          'text-font': regular,
          'text-size': 11,
          'text-anchor': 'left',
          'text-offset': [0.9, 0],
          'text-padding': 0,
        },
        paint: { 'text-color': colours.ink2, 'text-halo-color': colours.halo, 'text-halo-width': 1.6 },
      },
    ]
  },
}
