/** What the map is told, put together from the stores; the map itself knows none of them. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { MapModel, MapPeople } from '../../map/map-model.ts'
import { useAreas } from '../../stores/areas.ts'
import { useCaseView } from '../../stores/case-view.ts'
import { useClock } from '../../stores/clock.ts'
import { useDistrict } from '../../stores/district.ts'
import { useOnDuty } from '../../stores/on-duty.ts'
import { usePeopleFrame } from '../../stores/people-frame.ts'
import { type LayerKey, usePreferences } from '../../stores/preferences.ts'
import { useSelection } from '../../stores/selection.ts'
import { useServicePoints } from '../../stores/service-points.ts'

/** Heat, fill and marks all say where the cases are; heat says it alone. */
export const hiddenByHeat: readonly LayerKey[] = ['choropleth', 'cases']

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
  const { t } = useI18n()

  const visible = computed(() => {
    const layers = { ...preferences.layers }
    if (layers.heat) for (const key of hiddenByHeat) layers[key] = false
    return layers
  })
  const people = computed<MapPeople>(() => ({
    frame: frames.frame,
    who: onDuty.byHandle,
    focus: selection.selected?.kind === 'member' ? (onDuty.byMember.get(selection.selected.id)?.handle ?? null) : null,
    minute: t('time.minuteMark'),
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
          visible: visible.value,
          selected: selected.value,
          now: clock.now,
        },
  )
}
