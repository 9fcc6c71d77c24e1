/** Reports this phone's position while its owner is on duty and has agreed, and not a moment longer. */
import { onScopeDispose, watch } from 'vue'
import type { Fix } from '#contract/positions'
import type { LiveSocket } from '../../live/connect.ts'
import { useClock } from '../../stores/clock.ts'
import { useConnection } from '../../stores/connection.ts'
import { useFailure } from '../../use/use-failure.ts'
import { useOwnDuty } from '../duty/own-duty.ts'
import { BatchRefused, createDelivery } from './deliver.ts'
import { createMemoryOutbox } from './outbox.ts'
import { useSharing } from './sharing.ts'
import { type PositionWatch, watchPosition } from './watch-position.ts'

const ANSWER_WITHIN_MS = 8_000
/** What other devices report is asked for, because only the server knows it. */
const ASK_EVERY_MS = 20_000

/** Call once, in the page's root. Returns what asks the receiver at once. */
export function useSharingLoop(socket: LiveSocket): () => void {
  const own = useOwnDuty()
  const sharing = useSharing()
  const clock = useClock()
  const connection = useConnection()
  const fail = useFailure()

  async function send(fixes: Fix[]): Promise<string[]> {
    const answer = await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('position:share', { fixes })
    if (!answer.ok) throw new BatchRefused(answer.code)
    return answer.value.verdicts
  }

  const delivery = createDelivery({
    outbox: createMemoryOutbox(),
    send,
    now: Date.now,
    onDelivered(fixes, verdicts) {
      sharing.noteDelivered(fixes, verdicts)
      // The server knows better: somebody ended the duty, or it ran out.
      if (verdicts.includes('offDuty')) own.refresh().catch(fail)
    },
    // They stay in the outbox; the connection mark says why, and a new connection sends them.
    onFailure(error) {
      if (error instanceof BatchRefused && error.code === 'bad_input') sharing.refusal = 'malformed'
    },
    onCount(waiting) {
      sharing.waiting = waiting
    },
  })

  const receiver = createReceiver()
  function createReceiver(): PositionWatch | null {
    if (!('geolocation' in navigator)) return null
    return watchPosition({
      geolocation: navigator.geolocation,
      now: Date.now,
      onHeard() {
        sharing.obstacle = null
      },
      onFix(fix) {
        // A phone may remember where it was before the duty began; that is nobody's business.
        if (isOfThisDuty(fix)) void delivery.add(fix)
      },
      onFailure(failure) {
        sharing.obstacle = failure
      },
    })
  }

  function isOfThisDuty({ takenAt }: Fix): boolean {
    const startedAt = own.duty?.startedAt ?? null
    return startedAt !== null && takenAt + clock.serverAheadMs >= startedAt
  }

  function start(): void {
    sharing.forget()
    if (!receiver) sharing.obstacle = 'unsupported'
    else if (!window.isSecureContext) sharing.obstacle = 'insecure'
    else receiver.start()
  }

  function stop(): void {
    receiver?.stop()
    void delivery.clear()
    sharing.forget()
  }

  const askAgain = () => {
    receiver?.stop()
    start()
  }

  watch(
    () => own.maySharePosition,
    (may, was) => {
      if (may) start()
      else if (was) stop()
    },
    { immediate: true },
  )
  watch(
    () => connection.state,
    (state) => {
      if (state === 'connected') void delivery.flush()
    },
  )
  const onVisible = () => {
    if (document.visibilityState === 'visible' && own.maySharePosition) receiver?.ask()
  }
  document.addEventListener('visibilitychange', onVisible)
  const timer = setInterval(() => {
    if (own.isOn && document.visibilityState === 'visible' && sharing.status?.state !== 'sharing')
      own.refresh().catch(() => {})
    // A fix that was not acknowledged goes again.
    if (sharing.waiting > 0 && socket.connected) void delivery.flush()
  }, ASK_EVERY_MS)

  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisible)
    stop()
  })
  return askAgain
}
