/** Chooses something from a list or a link: opens its card and brings its place into view. */
import type { Bounds, LonLat } from '#contract/geo'
import { useAreas } from '../stores/areas.ts'
import { type Selection, useSelection } from '../stores/selection.ts'
import { useCallDesk } from './calls/use-call-desk.ts'
import { useCamera } from './use-camera.ts'
import { useDesk } from './use-desk.ts'

/** Close enough to tell one building from the next. */
const CLOSE_ZOOM = 16.5

export function useChoose(): (selection: Selection, place?: LonLat | Bounds | null) => void {
  const store = useSelection()
  const areas = useAreas()
  const desk = useDesk()
  const calling = useCallDesk()
  const camera = useCamera()
  return (selection, place = null) => {
    desk.isReporting = false
    calling.isCalling = false
    store.select(selection)
    desk.isCardOpen = true
    const bounds = selection.kind === 'area' ? areas.byId.get(selection.id)?.bounds : undefined
    const target = place ?? bounds
    if (!target) return
    if (target.length === 4) camera.value?.fit(target)
    else camera.value?.flyTo(target, CLOSE_ZOOM)
  }
}
