/** A page opened by a link to something begins with that in view. */
import { computed, shallowRef, watch } from 'vue'
import type { LonLat } from '#contract/geo'
import { call } from '../api/call.ts'
import { useAreas } from '../stores/areas.ts'
import { useOpenCases } from '../stores/open-cases.ts'
import { useSelection } from '../stores/selection.ts'
import { useServicePoints } from '../stores/service-points.ts'
import { useCamera } from './use-camera.ts'
import { useChoose } from './use-choose.ts'

/** Call after the selection was taken from the address. */
export function useOpeningView(): void {
  const selection = useSelection()
  const linked = selection.selected
  if (linked === null) return
  const areas = useAreas()
  const openCases = useOpenCases()
  const points = useServicePoints()
  const camera = useCamera()
  const choose = useChoose()

  /** Buildings are in no list. If this one cannot be read, its card says so. */
  const buildingPlace = shallowRef<LonLat | null>(null)
  if (linked.kind === 'building')
    call('buildings.see', { params: { id: linked.id } }).then(
      ({ centre }) => {
        buildingPlace.value = centre
      },
      () => undefined,
    )

  /** null until the lists have come, or when they do not hold it. */
  const place = computed(() => {
    if (linked.kind === 'area') return areas.byId.get(linked.id)?.bounds ?? null
    if (linked.kind === 'servicePoint') return points.byId.get(linked.id)?.position ?? null
    if (linked.kind === 'case') return openCases.byDue.find(({ id }) => id === linked.id)?.position ?? null
    return buildingPlace.value
  })
  const stop = watch(
    [place, camera],
    ([known, map]) => {
      if (!known || !map) return
      stop()
      // By then the person may have chosen something else.
      if (selection.selected === linked) choose(linked, known)
    },
    { flush: 'post' },
  )
}
