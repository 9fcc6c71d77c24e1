/** The server's time in steps of a second, for what runs down while somebody looks. */
import { onScopeDispose, type Ref, ref, watch } from 'vue'
import { useClock } from '../../stores/clock.ts'

const STEP_MS = 1_000

/** Milliseconds since the epoch, corrected to the server's clock. */
export function useSecondClock(): Readonly<Ref<number>> {
  const clock = useClock()
  const now = ref(0)
  const look = () => {
    now.value = Date.now() + clock.serverAheadMs
  }
  look()
  const timer = setInterval(look, STEP_MS)
  watch(() => clock.serverAheadMs, look)
  onScopeDispose(() => clearInterval(timer))
  return now
}
