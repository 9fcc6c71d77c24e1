import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

/** The time that ages and limits are worked out against: this machine's, corrected to the server's. */
export const useClock = defineStore('clock', () => {
  const localNow = ref(0)
  const serverAheadMs = ref(0)
  /** Milliseconds since the epoch; moves in steps of the ticking, so that lists are not worked out every frame. */
  const now = computed(() => localNow.value + serverAheadMs.value)

  function tick(localTime: number): void {
    localNow.value = localTime
  }

  /** Learns the server's time, known at the given local instant. */
  function correct(serverTime: number, localTime: number): void {
    serverAheadMs.value = serverTime - localTime
    localNow.value = localTime
  }

  return { now, serverAheadMs, tick, correct }
})
