/** What the map is told, put together from the stores; the map itself knows none of them. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { metresPerPixel } from '../../map/ground-scale.ts'
import type { MapCall, MapModel, MapNearest, MapPeople } from '../../map/map-model.ts'
import { useAreas } from '../../stores/areas.ts'
import { lookOfCall } from '../../stores/call-order.ts'
import { useCalls } from '../../stores/calls.ts'
import { useCaseView } from '../../stores/case-view.ts'
import { useClock } from '../../stores/clock.ts'
import { useDistrict } from '../../stores/district.ts'
import { useNearest } from '../../stores/nearest.ts'
import { useOnDuty } from '../../stores/on-duty.ts'
import { usePeopleFrame } from '../../stores/people-frame.ts'
import { type LayerKey, usePreferences } from '../../stores/preferences.ts'
import { useSelection } from '../../stores/selection.ts'
import { useServicePoints } from '../../stores/service-points.ts'
import { useTrackOnMap } from '../people/use-shown-track.ts'

/** Heat, fill and marks all say where the cases are; heat says it alone. */
export const hiddenByHeat: readonly LayerKey[] = ['choropleth', 'cases']

/** From here on marks that cover one another are spread; further out they share one mark. */
const SPREAD_ZOOM = 16.5
/** Marks nearer than this cover each other, CSS pixels. */
const MARK_PIXELS = 10
/** Spreading changes in such steps of zoom, not with every turn of a wheel. */
const ZOOM_STEP = 0.5
/** As many of the nearest as have a rank on the map. */
const MOST_RANKS = 5

/** null while there is no district to draw. */
export function useMapModel() {
  const district = useDistrict()
  const areas = useAreas()
  const view = useCaseView()
  const points = useServicePoints()
  const preferences = usePreferences()
  const selection = useSelection()
  const clock = useClock()
  const frames = usePeopleFrame()
  const onDuty = useOnDuty()
  const nearest = useNearest()
  const calls = useCalls()
  const { track, trackPlace } = useTrackOnMap()
  const { t } = useI18n()

  const visible = computed(() => {
    const layers = { ...preferences.layers }
    if (layers.heat) for (const key of hiddenByHeat) layers[key] = false
    return layers
  })
  const spreadMetres = computed(() => {
    const view = frames.watched
    if (!view || view.zoom < SPREAD_ZOOM) return null
    const latitude = district.district?.bounds?.[1] ?? 0
    return MARK_PIXELS * metresPerPixel(Math.floor(view.zoom / ZOOM_STEP) * ZOOM_STEP, latitude)
  })
  const nearestOnMap = computed<MapNearest | null>(() =>
    nearest.place
      ? {
          place: nearest.place,
          people: (nearest.answer?.ranked ?? []).slice(0, MOST_RANKS).map(({ memberId, position }, index) => ({
            rank: index + 1,
            handle: onDuty.byMember.get(memberId)?.handle ?? null,
            position,
          })),
        }
      : null,
  )
  const callsOnMap = computed<readonly MapCall[]>(() =>
    calls.ordered.map(({ id, position, state, member }) => ({
      id,
      position,
      look: lookOfCall(state),
      helper: member?.id ? (onDuty.byMember.get(member.id)?.handle ?? null) : null,
    })),
  )
  const people = computed<MapPeople>(() => ({
    frame: frames.frame,
    who: onDuty.byHandle,
    focus: selection.selected?.kind === 'member' ? (onDuty.byMember.get(selection.selected.id)?.handle ?? null) : null,
    minute: t('time.minuteMark'),
    spreadMetres: spreadMetres.value,
  }))
  const selected = computed(() => {
    const chosen = selection.selected
    return chosen === null ? null : { kind: chosen.kind, id: chosen.id }
  })

  return computed<MapModel | null>(() =>
    district.district === null || district.isEmpty
      ? null
      : {
          theme: preferences.shownTheme,
          district: district.district,
          areaList: areas.list,
          areas: view.areaStates,
          cases: view.matching,
          servicePoints: points.now,
          people: people.value,
          calls: callsOnMap.value,
          nearest: nearestOnMap.value,
          track: track.value,
          trackPlace: trackPlace.value,
          visible: visible.value,
          selected: selected.value,
          now: clock.now,
        },
  )
}
