/** Where the phone says it is. A refusal is a normal answer, not a fault. */
import { ref } from 'vue'
import type { LonLat } from '#contract/geo'
import { roundedPlace } from '#contract/resident'

const WAIT_MS = 10_000
const FRESH_MS = 60_000

export function usePhonePlace() {
  const isAsking = ref(false)
  const isRefused = ref(false)

  async function ask(): Promise<LonLat | null> {
    isAsking.value = true
    isRefused.value = false
    const place = await new Promise<LonLat | null>((resolve) => {
      if (!('geolocation' in navigator)) return resolve(null)
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve(roundedPlace([coords.longitude, coords.latitude])),
        () => resolve(null),
        { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: FRESH_MS },
      )
    })
    isAsking.value = false
    isRefused.value = place === null
    return place
  }
  return { ask, isAsking, isRefused }
}
