/** What the server finds for the typed words: asked after a pause in the typing, an older question is dropped. */
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { SearchHit } from '#contract/district'
import { call } from '../../api/call.ts'
import { type FailureCode, failureCode } from '../../api/failure.ts'
import { useSession } from '../../stores/session.ts'

const PAUSE_MS = 150
/** As contract/routes.ts `search.run`. */
const LONGEST = 60

export function useSearch(query: () => string) {
  const hits = shallowRef<readonly SearchHit[]>([])
  const isSearching = ref(false)
  const failure = ref<FailureCode | null>(null)
  const session = useSession()
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  function drop(): void {
    clearTimeout(timer)
    running?.abort()
    running = null
  }

  async function ask(words: string): Promise<void> {
    const asked = new AbortController()
    running = asked
    try {
      const answer = await call('search.run', { query: { q: words }, signal: asked.signal })
      if (!asked.signal.aborted) hits.value = answer
    } catch (error) {
      if (!asked.signal.aborted) failure.value = failureCode(error)
    } finally {
      if (!asked.signal.aborted) isSearching.value = false
    }
  }

  watch(
    () => query().trim().slice(0, LONGEST),
    (words) => {
      drop()
      failure.value = null
      isSearching.value = words !== '' && session.may('area.see')
      if (isSearching.value) timer = setTimeout(() => void ask(words), PAUSE_MS)
      else hits.value = []
    },
  )
  onScopeDispose(drop)

  return { hits, isSearching, failure }
}
