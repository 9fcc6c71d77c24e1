/** Places whose names hold what is being typed; asked when the fingers rest. */
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { FoundPlace } from '#contract/resident'
import { call } from '../../api/call.ts'

const REST_MS = 300

export function usePlaceSearch() {
  const typed = ref('')
  const found = shallowRef<readonly FoundPlace[] | null>(null)
  const hasFailed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function ask(text: string): Promise<void> {
    const mine = ++asked
    try {
      const places = await call('resident.places', { query: { q: text } })
      if (mine !== asked) return
      found.value = places
      hasFailed.value = false
    } catch {
      if (mine === asked) hasFailed.value = true
    }
  }

  watch(typed, (text) => {
    clearTimeout(timer)
    const wanted = text.trim()
    if (wanted === '') {
      asked++
      found.value = null
      hasFailed.value = false
    } else timer = setTimeout(() => void ask(wanted), REST_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return { typed, found, hasFailed }
}
