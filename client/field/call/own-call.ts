import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { isEnded, isHandled } from '#contract/call-ladder'
import type { MemberCall } from '#contract/calls'
import { useClock } from '../../stores/clock.ts'

/** How a call left him without his doing. movedOn: to the next, or taken back · cancelled: while he was coming. */
export type CallLost = 'movedOn' | 'cancelled'

/** The one call that rings at this member, or that he comes to. */
export const useOwnCall = defineStore('ownCall', () => {
  const clock = useClock()
  const call = shallowRef<MemberCall | null>(null)
  const lost = ref<CallLost | null>(null)

  const isRinging = computed(() => call.value?.state === 'ringing' && leftMs.value > 0)
  const isUnderWay = computed(() => call.value !== null && isHandled(call.value.state))
  /** Milliseconds until it rings at the next one, by the server's clock; endless where nothing is due. */
  const leftMs = computed(() => (call.value?.dueAt == null ? Number.POSITIVE_INFINITY : call.value.dueAt - clock.now))

  /** As the server says it stands now. */
  function take(next: MemberCall | null): void {
    call.value = next && !isEnded(next.state) ? next : null
    if (next) lost.value = null
  }

  /** This offer is no longer his. One that he has answered himself, or never had, is no news. */
  function lose(offerId: string): void {
    if (call.value?.offerId !== offerId) return
    lost.value = isUnderWay.value ? 'cancelled' : 'movedOn'
    call.value = null
  }

  function putAside(): void {
    lost.value = null
  }

  function forget(): void {
    call.value = null
    lost.value = null
  }

  return { call, lost, isRinging, isUnderWay, leftMs, take, lose, putAside, forget }
})
