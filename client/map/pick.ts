/** What a click means: a call, a person, a case, a service point, a building, and the grid when nothing lies on it. */
import type { Map as MapLibreMap, Point } from 'maplibre-gl'
import { areaLevels } from '#contract/areas'
import { BUILDING_CLICK_ZOOM } from './basemap/buildings.layer.ts'
import { CALL_LAYER } from './layers/calls.layer.ts'
import { nextCaseOf } from './layers/case-places.ts'
import { CASE_LAYERS } from './layers/cases.layer.ts'
import { AREA_HIT_LAYER } from './layers/choropleth.layer.ts'
import { CROWD_LAYER, PEOPLE_LAYER } from './layers/people.layer.ts'
import { SERVICE_POINT_LAYER } from './layers/service-points.layer.ts'
import type { MapTarget } from './map-model.ts'

/** Fingers and hurried mice miss by so many pixels. */
const SLACK_PIXELS = 4

/** The target under a pixel of the canvas, or null. */
export function pick(map: MapLibreMap, { x, y }: Pick<Point, 'x' | 'y'>, selected: MapTarget | null): MapTarget | null {
  const around: [[number, number], [number, number]] = [
    [x - SLACK_PIXELS, y - SLACK_PIXELS],
    [x + SLACK_PIXELS, y + SLACK_PIXELS],
  ]
  const first = (layers: string[], exactly: boolean) =>
    map.queryRenderedFeatures(exactly ? [x, y] : around, { layers })[0]?.properties

  const call: unknown = first([CALL_LAYER], false)?.id
  if (typeof call === 'string') return { kind: 'call', id: call }
  const members: unknown = first([PEOPLE_LAYER, CROWD_LAYER], false)?.ids
  if (typeof members === 'string' && members !== '') {
    const id = nextCaseOf(members.split(','), selected?.kind === 'member' ? selected.id : null)
    if (id !== null) return { kind: 'member', id }
  }
  const ids: unknown = first([...CASE_LAYERS], false)?.ids
  if (typeof ids === 'string') {
    const id = nextCaseOf(ids.split(','), selected?.kind === 'case' ? selected.id : null)
    if (id !== null) return { kind: 'case', id }
  }
  const point: unknown = first([SERVICE_POINT_LAYER], false)?.id
  if (typeof point === 'string') return { kind: 'servicePoint', id: point }
  if (map.getZoom() >= BUILDING_CLICK_ZOOM) {
    const building: unknown = (first(['building'], true) ?? first(['building-point'], false))?.id
    if (typeof building === 'string') return { kind: 'building', id: building }
  }
  const id = lowestArea(
    map.queryRenderedFeatures([x, y], { layers: [AREA_HIT_LAYER] }).map(({ properties }) => properties),
  )
  return id === null ? null : { kind: 'area', id }
}

/** Whether a click on a pixel would select anything, in one question: it is asked with every move of the mouse. */
export function isTarget(map: MapLibreMap, { x, y }: Pick<Point, 'x' | 'y'>): boolean {
  return (
    map.queryRenderedFeatures([x, y], {
      layers: [CALL_LAYER, PEOPLE_LAYER, CROWD_LAYER, ...CASE_LAYERS, SERVICE_POINT_LAYER, AREA_HIT_LAYER],
    }).length > 0
  )
}

/** Of the areas over one another at a place, the one furthest down the tree. */
export function lowestArea(areas: readonly Readonly<Record<string, unknown>>[]): string | null {
  const level = (area: Readonly<Record<string, unknown>>) =>
    (areaLevels as readonly string[]).indexOf(String(area.level))
  const id = areas.toSorted((a, b) => level(b) - level(a))[0]?.id
  return typeof id === 'string' ? id : null
}
