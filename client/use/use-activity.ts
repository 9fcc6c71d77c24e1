/** Tells the server that someone is really here, so that the screen locks only when nobody is. */
import { onScopeDispose } from 'vue'
import { useSession } from '../stores/session.ts'
import { useFailure } from './use-failure.ts'

const AT_MOST_EVERY_MS = 60_000
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel'] as const

/** Watches the whole page; at most one message a minute. */
export function useActivity(): void {
  const session = useSession()
  const fail = useFailure()
  let toldAt = Number.NEGATIVE_INFINITY

  function noticeActivity(): void {
    const at = performance.now()
    if (!session.session || session.isLocked || at - toldAt < AT_MOST_EVERY_MS) return
    toldAt = at
    session.touch().catch(fail)
  }

  for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, noticeActivity, { passive: true, capture: true })
  onScopeDispose(() => {
    for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, noticeActivity, { capture: true })
  })
}
