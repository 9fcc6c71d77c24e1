/** The server's clock, as far as its last answer tells; moves every quarter of a second, so that seconds are counted evenly. */
import { onScopeDispose, ref, watch } from 'vue'

const TICK_MS = 250

/** `told`: the server's time in the last answer. */
export function useServerClock(told: () => number | null) {
  let skewMs = 0
  const now = ref(Date.now())
  watch(
    told,
    (at) => {
      if (at !== null) skewMs = at - Date.now()
      now.value = Date.now() + skewMs
    },
    { flush: 'sync' },
  )
  const timer = setInterval(() => {
    now.value = Date.now() + skewMs
  }, TICK_MS)
  onScopeDispose(() => clearInterval(timer))
  return { now }
}
