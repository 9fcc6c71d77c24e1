import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { OwnDuty } from '#contract/duty'
import { call } from '../../api/call.ts'

/** One's own duty as the server knows it; null until it is known. */
export const useOwnDuty = defineStore('ownDuty', () => {
  const duty = shallowRef<OwnDuty | null>(null)
  /** He has pressed the end, and the server has not heard of it yet. */
  const isEnding = ref(false)
  const isAgreed = computed(() => duty.value !== null && duty.value.agreedVersion === duty.value.noticeVersion)
  const isOn = computed(() => duty.value?.isOn === true && !isEnding.value)
  /** Only then may this phone report where it is. */
  const maySharePosition = computed(() => isOn.value && isAgreed.value)

  async function refresh(): Promise<void> {
    duty.value = await call('duty.own', {})
    if (!duty.value.isOn) isEnding.value = false
  }

  async function start(): Promise<void> {
    const noticeVersion = duty.value?.noticeVersion
    if (noticeVersion === undefined) return
    duty.value = await call('duty.start', { body: { noticeVersion } })
  }

  /** Stops the sharing at once, whether or not the server can be told; without an answer it stays so. */
  async function end(): Promise<void> {
    isEnding.value = true
    duty.value = await call('duty.end', {})
    isEnding.value = false
  }

  /** He is still on duty after all. */
  function stay(): void {
    isEnding.value = false
  }

  function forget(): void {
    duty.value = null
    isEnding.value = false
  }

  return { duty, isEnding, isAgreed, isOn, maySharePosition, refresh, start, end, stay, forget }
})
