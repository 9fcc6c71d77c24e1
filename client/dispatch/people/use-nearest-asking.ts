/** Keeps the answer to "who is nearest" fresh while it is open, and brings the place and the first people into view once. */
import { onScopeDispose, type Ref, watch } from 'vue'
import type { Bounds, LonLat } from '#contract/geo'
import type { MapCamera, MapView } from '../../map/map-model.ts'
import { useNearest } from '../../stores/nearest.ts'
import { useSession } from '../../stores/session.ts'
import { placeShare } from '../map-area/place-share.ts'

const ASK_EVERY_MS = 2_500
/** As many people as should be in sight beside the place. */
const SHOWN_AT_ONCE = 3
/** Marks this near to an edge are not in sight, as a share of the map. */
const EDGE = 0.04
/** People who take up less of the map than this cannot be told from one another. */
const TOO_SMALL = 0.18

/** Shares of the map's width that lie under something else. */
export interface CoveredShares {
  left: number
  right: number
}

/** Whether all places are seen. */
export function areInSight(places: readonly LonLat[], view: Bounds, covered: CoveredShares): boolean {
  return places.every((place) => {
    const { x, y } = placeShare(place, view)
    return x > covered.left + EDGE && x < 1 - covered.right - EDGE && y > EDGE && y < 1 - EDGE
  })
}

/** Whether all places lie on one spot of the map, too near to one another to be told apart. */
export function isTooSmall(places: readonly LonLat[], view: Bounds): boolean {
  const shares = places.map((place) => placeShare(place, view))
  const span = (values: number[]) => Math.max(...values) - Math.min(...values)
  return span(shares.map(({ x }) => x)) < TOO_SMALL && span(shares.map(({ y }) => y)) < TOO_SMALL
}

export function boundsOf(places: readonly LonLat[]): Bounds {
  const longitudes = places.map(([longitude]) => longitude)
  const latitudes = places.map(([, latitude]) => latitude)
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)]
}

export function useNearestAsking(
  camera: Readonly<Ref<MapCamera | null>>,
  view: Readonly<Ref<MapView | null>>,
  covered: () => CoveredShares,
): void {
  const nearest = useNearest()
  const session = useSession()
  let timer: ReturnType<typeof setInterval> | undefined
  let isAsking = false

  async function ask(): Promise<void> {
    if (isAsking || session.isLocked || document.hidden) return
    isAsking = true
    await nearest.ask(Date.now)
    isAsking = false
  }

  watch(
    () => nearest.place,
    (place) => {
      clearInterval(timer)
      if (!place) return
      isAsking = false
      void ask()
      timer = setInterval(() => void ask(), ASK_EVERY_MS)
    },
    { immediate: true },
  )

  watch(
    () => nearest.answer,
    (answer, before) => {
      if (!answer || before || !nearest.place || !view.value) return
      const places = [nearest.place, ...answer.ranked.slice(0, SHOWN_AT_ONCE).map(({ position }) => position)]
      const { bounds } = view.value
      if (!areInSight(places, bounds, covered()) || isTooSmall(places, bounds)) camera.value?.fit(boundsOf(places))
    },
    { flush: 'post' },
  )

  onScopeDispose(() => {
    clearInterval(timer)
    nearest.close()
  })
}
