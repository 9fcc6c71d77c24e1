/** Moves the clock store along: often enough for minutes, seldom enough for lists of thousands. */
import { onScopeDispose } from 'vue'
import { useClock } from '../stores/clock.ts'

const TICK_MS = 10_000

export function useTickingClock(): void {
  const clock = useClock()
  clock.tick(Date.now())
  const timer = setInterval(() => clock.tick(Date.now()), TICK_MS)
  onScopeDispose(() => clearInterval(timer))
}
