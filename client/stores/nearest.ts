import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { LonLat } from '#contract/geo'
import type { Response } from '#contract/routes'
import { call } from '../api/call.ts'
import { type FailureCode, failureCode } from '../api/failure.ts'

/** As many as fit beside the map without scrolling far. */
const MOST_RANKED = 8

/** Who is nearest to a place that somebody pressed: the newest answer, asked for again and again while it is open. */
export const useNearest = defineStore('nearest', () => {
  const place = shallowRef<LonLat | null>(null)
  /** The next press on the map is the place. */
  const isPicking = ref(false)
  const answer = shallowRef<Response<'positions.nearest'> | null>(null)
  /** When the answer came, by this machine's clock, milliseconds. */
  const answeredAt = ref<number | null>(null)
  /** Why the newest question was not answered; the last answer stays. */
  const failure = ref<FailureCode | null>(null)
  const isOpen = computed(() => place.value !== null)

  function startPicking(): void {
    isPicking.value = true
  }

  function stopPicking(): void {
    isPicking.value = false
  }

  function open(at: LonLat): void {
    isPicking.value = false
    place.value = at
    answer.value = null
    answeredAt.value = null
    failure.value = null
  }

  function close(): void {
    isPicking.value = false
    place.value = null
    answer.value = null
    answeredAt.value = null
    failure.value = null
  }

  /** Asks once more. An answer about a place that is no longer asked about says nothing. */
  async function ask(now: () => number): Promise<void> {
    const about = place.value
    if (!about) return
    const query = { longitude: about[0].toFixed(7), latitude: about[1].toFixed(7), limit: String(MOST_RANKED) }
    try {
      const found = await call('positions.nearest', { query })
      if (place.value !== about) return
      answer.value = found
      answeredAt.value = now()
      failure.value = null
    } catch (error) {
      if (place.value === about) failure.value = failureCode(error)
    }
  }

  return { place, isPicking, answer, answeredAt, failure, isOpen, startPicking, stopPicking, open, close, ask }
})
