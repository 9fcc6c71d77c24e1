/** The answer about the place: asked again while the page is open, kept when the network goes, retried when it is back. */
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { ResidentHome } from '#contract/resident'
import { CallFailed, call } from '../../api/call.ts'
import { firstChoice, type PlaceChoice, rememberChoice, savedHome, saveHome, scannedCode } from './place-choice.ts'

const REFRESH_MS = 60_000
/** Without network: soon, and then less and less often. */
const RETRY_MS = [3_000, 6_000, 12_000, 30_000]
const TICK_MS = 10_000

export function useHome() {
  const choice = shallowRef<PlaceChoice>(firstChoice(location.pathname))
  const home = shallowRef<ResidentHome | null>(savedHome(choice.value))
  const isOffline = ref(false)
  const isLoading = ref(true)
  /** The server's clock, as far as this phone can tell. */
  const now = ref(Date.now())
  const scanned = scannedCode(location.pathname)
  let skewMs = 0
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function load(): Promise<void> {
    clearTimeout(timer)
    const mine = ++asked
    const wanted = choice.value
    isLoading.value = true
    try {
      const answer = await call('resident.home', { query: { ...wanted } })
      if (mine !== asked) return
      skewMs = answer.asOf - Date.now()
      home.value = answer
      now.value = answer.asOf
      isOffline.value = false
      failures = 0
      saveHome(wanted, answer)
      if (answer.place) rememberChoice(wanted)
    } catch (error) {
      if (mine !== asked) return
      // A remembered place that is gone, or an address that cannot be: begin without one.
      if (error instanceof CallFailed && (error.status === 404 || error.status === 422) && hasPlace(wanted)) {
        choose({})
        return
      }
      isOffline.value = true
      failures++
    } finally {
      if (mine === asked) {
        isLoading.value = false
        const retryMs = RETRY_MS[Math.min(failures, RETRY_MS.length) - 1]
        timer = setTimeout(load, failures === 0 ? REFRESH_MS : retryMs)
      }
    }
  }

  function choose(next: PlaceChoice): void {
    choice.value = next
    home.value = savedHome(next)
    failures = 0
    rememberChoice(next)
    void load()
  }

  const ticking = setInterval(() => {
    now.value = Date.now() + skewMs
  }, TICK_MS)
  const onVisible = () => {
    if (document.visibilityState === 'visible') void load()
  }
  window.addEventListener('online', load)
  document.addEventListener('visibilitychange', onVisible)
  onScopeDispose(() => {
    clearTimeout(timer)
    clearInterval(ticking)
    window.removeEventListener('online', load)
    document.removeEventListener('visibilitychange', onVisible)
  })
  void load()

  return {
    home,
    choice,
    choose,
    load,
    now,
    scanned,
    isLoading,
    isOffline,
    /** What is shown may have changed since it was saved. */
    isOld: computed(() => isOffline.value && home.value !== null),
  }
}
export type HomeState = ReturnType<typeof useHome>

const hasPlace = (choice: PlaceChoice) => Object.keys(choice).length > 0
