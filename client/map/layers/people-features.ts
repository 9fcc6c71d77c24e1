/** People on duty as features of the map: one a place, or each by himself around it. */
import type { Feature, FeatureCollection } from 'geojson'
import type { DutyPerson } from '#contract/duty'
import { type FramePerson, personFlags } from '#contract/position-frame'
import { fanIcon, type PersonLook, personIcon, stackIcon, teamIcon } from '../icons/icon-id.ts'
import type { MapModel, MapPeople, MapTheme } from '../map-model.ts'
import { toMapLngLat } from '../toMapLngLat.ts'
import { beforeTurn, byNearness, bySpot, MOST_SPREAD, spreadOffsets } from './people-places.ts'

const MINUTE_MS = 60_000
/** Size of the letters beside a mark, CSS pixels; offsets of text are in these. */
export const TEXT_PIXELS = 11
/** Between the middle of a mark and the text beside it, in letters. */
const TEXT_GAP = 0.95

const has = ({ flags }: FramePerson, flag: keyof typeof personFlags) => (flags & personFlags[flag]) !== 0

/** What the map is told of a mark. */
interface MarkProperties {
  icon: string
  turn: number
  order: number
  /** Members under it, by comma. */
  ids?: string
  stack?: string
  age?: string
  name?: string
  team?: string
  /** Where around its place it is drawn: before its turn, pixels; and its text, in letters. */
  aside?: [number, number]
  textAside?: [number, number]
  side?: 'left' | 'right'
}

/** What a person's mark looks like; what is wrong with the fix comes before who it is. */
export function lookOf(person: FramePerson): PersonLook {
  if (has(person, 'stale')) return 'stale'
  if (has(person, 'suspect')) return 'suspect'
  if (has(person, 'inCall')) return 'inCall'
  return has(person, 'gridLeader') ? 'leader' : 'member'
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

/** Built member by member, and without copies: this runs ten thousand times a second. */
function propertiesOf(person: FramePerson, known: DutyPerson | undefined, minute: string, theme: MapTheme) {
  const team = known?.leads[0]
  const isStale = has(person, 'stale')
  const properties: MarkProperties = {
    icon: iconOf(person, known, theme),
    // A hexagon carries a number that must stay upright.
    turn: team ? 0 : (person.headingDegrees ?? 0),
    // Stale marks lie below the living.
    order: isStale ? 0 : 1,
  }
  if (isStale) properties.age = ageText(person, minute)
  if (known) properties.name = known.name
  if (team) properties.team = team.name
  return properties
}

/** What was made for somebody who stands alone, and from what. */
interface Made {
  person: FramePerson
  known: DutyPerson | undefined
  minute: string
  theme: MapTheme
  feature: Feature
}
/** By handle, of the last frame: whoever is the same object in the next is drawn as he was. */
let lastMade: ReadonlyMap<number, Made> = new Map()

function alone(person: FramePerson, { who, minute }: MapPeople, theme: MapTheme): Made {
  const known = who.get(person.handle)
  const made = lastMade.get(person.handle)
  if (made?.person === person && made.known === known && made.minute === minute && made.theme === theme) return made
  const properties = propertiesOf(person, known, minute, theme)
  properties.ids = known?.memberId ?? ''
  return { person, known, minute, theme, feature: at(person, properties) }
}

/** One mark for all on a spot: the freshest, with how many there are. */
function stacked(
  here: readonly FramePerson[],
  first: FramePerson,
  { who, minute }: MapPeople,
  theme: MapTheme,
): Feature {
  const properties = propertiesOf(first, who.get(first.handle), minute, theme)
  properties.ids = idsOf(here, who)
  properties.stack = stackIcon(here.length, theme)
  return at(first, properties)
}

const at = ({ handle, position }: FramePerson, properties: MarkProperties): Feature => ({
  type: 'Feature',
  id: handle,
  properties,
  geometry: { type: 'Point', coordinates: toMapLngLat(position) },
})

const idsOf = (here: readonly FramePerson[], who: MapPeople['who']) =>
  here.flatMap(({ handle }) => who.get(handle)?.memberId ?? []).join(',')

/** Each by himself around the place, with a spoke from where he really is. */
function spread(
  here: readonly FramePerson[],
  first: FramePerson,
  { who, minute }: MapPeople,
  theme: MapTheme,
): Feature[] {
  const geometry = { type: 'Point' as const, coordinates: toMapLngLat(first.position) }
  const offsets = spreadOffsets(here.length)
  const spokes: Feature = {
    type: 'Feature',
    id: `fan ${first.handle}`,
    properties: { fan: fanIcon(here.length, theme) },
    geometry,
  }
  const marks = here.map((person, index): Feature => {
    const known = who.get(person.handle)
    const properties = propertiesOf(person, known, minute, theme)
    const [x, y] = offsets[index] ?? [0, 0]
    const isLeft = x < 0
    properties.ids = known?.memberId ?? ''
    properties.aside = beforeTurn([x, y], properties.turn)
    properties.textAside = [x / TEXT_PIXELS + (isLeft ? -TEXT_GAP : TEXT_GAP), y / TEXT_PIXELS]
    properties.side = isLeft ? 'right' : 'left'
    return { type: 'Feature', id: person.handle, properties, geometry }
  })
  return [spokes, ...marks]
}

export function peopleFeatures({ people, theme }: MapModel): FeatureCollection {
  const all = people.frame?.people ?? []
  const { spreadMetres } = people
  const groups = spreadMetres === null ? bySpot(all) : byNearness(all, spreadMetres)
  const features: Feature[] = []
  const made = new Map<number, Made>()
  for (const here of groups) {
    const [first] = here
    if (!first) continue
    if (here.length === 1) {
      const one = alone(first, people, theme)
      made.set(first.handle, one)
      features.push(one.feature)
    } else if (spreadMetres !== null && here.length <= MOST_SPREAD) features.push(...spread(here, first, people, theme))
    else features.push(stacked(here, first, people, theme))
  }
  lastMade = made
  return { type: 'FeatureCollection', features }
}
