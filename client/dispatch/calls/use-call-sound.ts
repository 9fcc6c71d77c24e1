/** Lets calls that wait be heard until they are acknowledged. Browsers allow sound only after somebody touched the page. */
import { computed, onScopeDispose, ref, watch } from 'vue'
import { useCalls } from '../../stores/calls.ts'
import { useSession } from '../../stores/session.ts'
import { playTune, SOUND_EVERY_MS, tuneOf } from './call-sound.ts'

/** blocked: the browser lets nothing be heard yet · ready: it would be heard · sounding: it is. */
export type SoundState = 'blocked' | 'ready' | 'sounding'

/** Call in the one component that shows the state. */
export function useCallSound() {
  const calls = useCalls()
  const session = useSession()
  const isAllowed = ref(false)
  let context: AudioContext | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  const note = () => {
    isAllowed.value = context?.state === 'running'
  }

  function allow(): void {
    if (typeof AudioContext === 'undefined') return
    if (!context) {
      context = new AudioContext()
      context.addEventListener('statechange', note)
    }
    if (context.state !== 'running') void context.resume().then(note, note)
    else note()
  }

  function play(): void {
    if (context?.state === 'running') playTune(context, tuneOf(calls.unheard.map(({ state }) => state)))
  }

  const isWanted = computed(() => calls.unheard.length > 0 && session.may('call.assign'))
  watch(
    [isWanted, isAllowed],
    ([wanted, allowed]) => {
      clearInterval(timer)
      if (!wanted || !allowed) return
      play()
      timer = setInterval(play, SOUND_EVERY_MS)
    },
    { immediate: true },
  )

  // Signing in was a touch already, unless the page was opened with a session.
  if (navigator.userActivation?.hasBeenActive) allow()
  const touches = ['pointerdown', 'keydown'] as const
  for (const touch of touches) window.addEventListener(touch, allow, { capture: true, passive: true })
  onScopeDispose(() => {
    clearInterval(timer)
    for (const touch of touches) window.removeEventListener(touch, allow, { capture: true })
    context?.removeEventListener('statechange', note)
    void context?.close().catch(() => {})
  })

  const state = computed<SoundState>(() => (isAllowed.value ? (isWanted.value ? 'sounding' : 'ready') : 'blocked'))
  return { state, allow }
}
