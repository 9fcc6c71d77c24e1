/** What a screen tells the map to draw, and what the map tells back. Pure types: the map knows no store. */
import type { Area } from '#contract/areas'
import type { OpenCase, Supervision } from '#contract/cases'
import type { District } from '#contract/district'
import type { DutyPerson } from '#contract/duty'
import type { Bounds, LonLat } from '#contract/geo'
import type { Frame } from '#contract/position-frame'
import type { ServicePoint } from '#contract/service-points'

export type MapTheme = 'dark' | 'light'

/** Layers a viewer can show and hide. */
export const mapLayerKeys = [
  'people',
  'choropleth',
  'borders',
  'buildings',
  'servicePoints',
  'cases',
  'heat',
  'labels',
] as const
export type MapLayerKey = (typeof mapLayerKeys)[number]
export type MapVisibility = Record<MapLayerKey, boolean>

/** What an area looks like: unresolved cases in it, and the worst of them. */
export interface AreaState {
  openCases: number
  worst: Supervision | null
}

export type MapTarget = { kind: 'area' | 'building' | 'servicePoint' | 'case' | 'member' | 'call'; id: string }

/** People on duty as the newest frame has them, and who they are. */
export interface MapPeople {
  frame: Frame | null
  /** By the frame's handles. */
  who: ReadonlyMap<number, DutyPerson>
  /** Whose circle of accuracy is drawn. */
  focus: number | null
  /** The minute in the reader's language, after the age of an old fix. */
  minute: string
  /**
   * How near to one another marks would cover each other at this zoom, in metres: such people are spread around their
   * place. null further out, where they share one mark with a number.
   */
  spreadMetres: number | null
}
export const noPeople: MapPeople = { frame: null, who: new Map(), focus: null, minute: '', spreadMetres: null }

/** The place whose nearest people are asked for, and the first of them. */
export interface MapNearest {
  place: LonLat
  /** `handle` finds them in the frame while it holds them; else `position` is where the answer had them. */
  people: readonly { rank: number; handle: number | null; position: LonLat }[]
}

/** ringing: somebody is being looked for · urgent: it waits for a dispatcher · taken: one has it · coming: somebody is on it. */
export const callLooks = ['ringing', 'urgent', 'taken', 'coming'] as const
export type CallLook = (typeof callLooks)[number]

/** A live call, and who is rung for it or comes. */
export interface MapCall {
  id: string
  position: LonLat
  look: CallLook
  /** By the frame's handles; null when nobody is on duty for it. */
  helper: number | null
}

/** Where somebody went: one line for each time without a gap. */
export interface MapTrack {
  lines: readonly (readonly LonLat[])[]
  stamps: readonly { position: LonLat; text: string }[]
  start: LonLat
  end: LonLat
}

/** Everything the dispatcher's map shows. Give a new object, or new members, when something changes. */
export interface MapModel {
  theme: MapTheme
  /** Bounds, tile versions and attribution. */
  district: District
  /** Names and places for the labels; the borders themselves come as tiles. */
  areaList: readonly Pick<Area, 'id' | 'level' | 'name' | 'centre' | 'squareMetres'>[]
  /** By area id; an area that is missing has no cases. */
  areas: ReadonlyMap<string, AreaState>
  /** Already filtered; those without a position are skipped. */
  cases: readonly OpenCase[]
  servicePoints: readonly (ServicePoint & { isOpen: boolean })[]
  people: MapPeople
  calls: readonly MapCall[]
  nearest: MapNearest | null
  track: MapTrack | null
  /** Where the one whose track is shown was at the time that is being looked at; null in a gap. */
  trackPlace: LonLat | null
  visible: MapVisibility
  selected: MapTarget | null
  /** Instant against which age and supervision are worked out, milliseconds. */
  now: number
}

/** What the map shows now. */
export interface MapView {
  centre: LonLat
  zoom: number
  bounds: Bounds
}

/** What lies over the edges of the map, CSS pixels. */
export interface MapCover {
  left: number
  right: number
  bottom: number
}

/**
 * Moves the camera. MapCanvas brings its own zoom buttons, scale and attribution, and goes to the district's bounds by
 * itself when it opens.
 */
export interface MapCamera {
  flyTo(place: LonLat, zoom?: number): void
  fit(bounds: Bounds): void
  /** One step is a doubling; negative goes out. */
  zoomBy(steps: number): void
  /** Slides to a place without changing the zoom. */
  slideTo(place: LonLat): void
  /** So much of the map lies under something else: flights end in the middle of what is left. */
  cover(sides: MapCover): void
}
