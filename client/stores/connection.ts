import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

export type ConnectionState = 'connecting' | 'connected' | 'lost'

/** The link to the server, and until when what is on screen is known to be true. */
export const useConnection = defineStore('connection', () => {
  const state = ref<ConnectionState>('connecting')
  /** The last instant at which the server vouched for what is shown; null before the first answer. */
  const freshAt = ref<number | null>(null)
  const isStale = computed(() => state.value === 'lost')

  /** The server answered, so everything shown is true as of `at`. */
  function confirm(at: number): void {
    state.value = 'connected'
    freshAt.value = at
  }

  function lose(): void {
    state.value = 'lost'
  }

  return { state, freshAt, isStale, confirm, lose }
})
