import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'

export interface Followed {
  memberId: string
  /** Kept for the moment when they are on no list any more. */
  name: string
}

/** The person the map keeps in view. */
export const useFollow = defineStore('follow', () => {
  const followed = shallowRef<Followed | null>(null)
  /** They are somewhere outside the map shown: frames of the whole district are wanted until they are found. */
  const isSeeking = ref(false)
  const isFollowing = computed(() => followed.value !== null)

  function start(next: Followed): void {
    followed.value = next
    isSeeking.value = false
  }

  function stop(): void {
    followed.value = null
    isSeeking.value = false
  }

  return { followed, isSeeking, isFollowing, start, stop }
})
