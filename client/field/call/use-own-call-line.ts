/** Keeps one's own call true over the socket, says at once that it rings, and carries his answers. */
import { type InjectionKey, inject, onScopeDispose, watch } from 'vue'
import type { declineReasons, MemberCall } from '#contract/calls'
import type { Acknowledgement, ClientEventName } from '#contract/events'
import { call as ask, CallFailed } from '../../api/call.ts'
import type { LiveSocket } from '../../live/connect.ts'
import { useConnection } from '../../stores/connection.ts'
import { useFailure } from '../../use/use-failure.ts'
import { useOwnDuty } from '../duty/own-duty.ts'
import { useOwnCall } from './own-call.ts'
import { createRinger } from './ringer.ts'

const ANSWER_WITHIN_MS = 8_000
/** A cry for "it rings" that got no answer is said again while there is time. */
const SAY_AGAIN_MS = 1_500

export type DeclineReason = (typeof declineReasons)[number]

/** Each resolves with false when it did not come to pass; what was in the way has been told. */
export interface CallAnswers {
  accept(): Promise<boolean>
  decline(reason: DeclineReason): Promise<boolean>
  progress(to: 'onTheWay' | 'arrived' | 'done' | 'givenBack'): Promise<boolean>
}
export const callAnswersKey: InjectionKey<CallAnswers> = Symbol('callAnswers')
export function useCallAnswers(): CallAnswers {
  const answers = inject(callAnswersKey)
  if (!answers) throw new Error('The page has no line for calls.')
  return answers
}

/** Call once, in the page's root. */
export function useOwnCallLine(socket: LiveSocket): CallAnswers {
  const own = useOwnCall()
  const duty = useOwnDuty()
  const connection = useConnection()
  const fail = useFailure()
  const ringer = createRinger()

  const line = () => socket.timeout(ANSWER_WITHIN_MS)

  /** Without this word the next member is asked after seconds. */
  async function sayItRings(offerId: string): Promise<void> {
    const isStillRinging = () => own.isRinging && own.call?.offerId === offerId
    while (isStillRinging()) {
      const heard = await line()
        .emitWithAck('offer:delivered', { offerId })
        .catch(() => null)
      if (heard?.ok && isStillRinging()) own.take(heard.value)
      if (heard) return
      await new Promise((resolve) => setTimeout(resolve, SAY_AGAIN_MS))
    }
  }

  function receive(call: MemberCall): void {
    own.take(call)
    if (call.state === 'ringing' && call.offerId !== null) void sayItRings(call.offerId)
  }

  /** After a reload or an absence: what was missed meanwhile. */
  async function read(): Promise<void> {
    const before = own.call
    const { call } = await ask('calls.own', {})
    // What the socket told since is newer.
    if (own.call !== before) return
    if (call) receive(call)
    else if (before?.offerId) own.lose(before.offerId)
  }

  const over = ({ offerId }: { offerId: string }) => own.lose(offerId)
  socket.on('offer:ring', receive).on('offer:over', over)

  watch(
    () => [duty.duty?.member.id ?? null, connection.state] as const,
    ([memberId, state], before) => {
      if (memberId === null) return own.forget()
      const isNews = memberId !== before?.[0] || before?.[1] !== 'connected'
      if (state === 'connected' && isNews) read().catch(fail)
    },
    { immediate: true },
  )

  watch(
    () => own.isRinging,
    (isRinging) => (isRinging ? ringer.start(() => own.leftMs) : ringer.stop()),
  )
  watch(
    () => own.lost,
    (lost) => {
      if (lost) ringer.fall()
    },
  )
  window.addEventListener('pointerdown', ringer.unlock)

  onScopeDispose(() => {
    socket.off('offer:ring', receive).off('offer:over', over)
    window.removeEventListener('pointerdown', ringer.unlock)
    ringer.stop()
  })

  /** Carries one answer; a refusal means that the call has gone on without him. */
  async function tell<Name extends ClientEventName, Value>(
    sent: Promise<Acknowledgement<Name>>,
    then: (value: Value) => void,
  ): Promise<boolean> {
    const offerId = own.call?.offerId ?? null
    const answer = await sent.catch(() => null)
    if (!answer) {
      fail(new CallFailed(0, { code: 'offline', message: 'no answer' }))
      return false
    }
    if (answer.ok) {
      then(answer.value as Value)
      return true
    }
    if ((answer.code === 'call_over' || answer.code === 'call_taken') && offerId) own.lose(offerId)
    else fail(new CallFailed(409, answer))
    return false
  }

  return {
    async accept() {
      const offerId = own.call?.offerId
      return offerId ? tell(line().emitWithAck('offer:accept', { offerId }), own.take) : false
    },
    async decline(reason) {
      const offerId = own.call?.offerId
      return offerId ? tell(line().emitWithAck('offer:decline', { offerId, reason }), () => own.forget()) : false
    },
    async progress(to) {
      const callId = own.call?.callId
      const after = to === 'givenBack' ? () => own.forget() : own.take
      return callId ? tell(line().emitWithAck('call:progress', { callId, to }), after) : false
    },
  }
}
