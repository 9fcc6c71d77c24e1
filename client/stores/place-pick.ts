import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { LonLat } from '#contract/geo'

/** A place to be chosen by pressing on the map, for a form that is open at the side. */
export const usePlacePick = defineStore('placePick', () => {
  const isPicking = ref(false)
  const place = shallowRef<LonLat | null>(null)

  function start(): void {
    isPicking.value = true
  }

  function pick(picked: LonLat): void {
    place.value = picked
    isPicking.value = false
  }

  function stop(): void {
    isPicking.value = false
  }

  function clear(): void {
    place.value = null
    isPicking.value = false
  }

  return { isPicking, place, start, pick, stop, clear }
})
