/** Who could be asked for a call: read when its card opens, with every step of it, and again while people move. */
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { CallRanking } from '#contract/calls'
import { call } from '../../api/call.ts'
import { type FailureCode, failureCode } from '../../api/failure.ts'
import { useSession } from '../../stores/session.ts'

const AGAIN_AFTER_MS = 8_000

/** `step` changes with every step of the call. */
export function useCandidates(id: () => string, step: () => unknown) {
  const session = useSession()
  const ranking = shallowRef<CallRanking | null>(null)
  const failure = ref<FailureCode | null>(null)
  let running: AbortController | null = null

  async function read(): Promise<void> {
    if (session.isLocked) return
    running?.abort()
    const asked = new AbortController()
    running = asked
    try {
      const answer = await call('calls.candidates', { params: { id: id() }, signal: asked.signal })
      if (asked.signal.aborted) return
      ranking.value = answer
      failure.value = null
    } catch (error) {
      if (!asked.signal.aborted) failure.value = failureCode(error)
    }
  }

  watch(id, () => {
    ranking.value = null
  })
  watch([id, step], () => void read(), { immediate: true })
  const timer = setInterval(() => void read(), AGAIN_AFTER_MS)
  onScopeDispose(() => {
    clearInterval(timer)
    running?.abort()
  })
  return { ranking, failure }
}
