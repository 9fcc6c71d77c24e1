/** Where the phone says it is. A refusal is a normal answer, not a fault. */
import { ref } from 'vue'
import { type Bounds, distanceMetres, type LonLat } from '#contract/geo'
import { FAR_METRES, roundedPlace } from '#contract/resident'

const WAIT_MS = 10_000
const FRESH_MS = 60_000

/** refused: no position was given · far: it is in another town. */
export type NoPlace = 'refused' | 'far'

/** `bounds` of the district; null while they are not known. */
export function usePhonePlace(bounds: () => Bounds | null) {
  const isAsking = ref(false)
  const refusal = ref<NoPlace | null>(null)

  async function ask(): Promise<LonLat | null> {
    isAsking.value = true
    refusal.value = null
    const place = await new Promise<LonLat | null>((resolve) => {
      if (!('geolocation' in navigator)) return resolve(null)
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve(roundedPlace([coords.longitude, coords.latitude])),
        () => resolve(null),
        { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: FRESH_MS },
      )
    })
    isAsking.value = false
    if (place && !isFar(place)) return place
    refusal.value = place === null ? 'refused' : 'far'
    return null
  }

  function isFar(place: LonLat): boolean {
    const known = bounds()
    if (!known) return false
    const [west, south, east, north] = known
    return distanceMetres(place, [(west + east) / 2, (south + north) / 2]) > FAR_METRES
  }
  return { ask, isAsking, refusal }
}
