import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { LonLat } from '#contract/geo'
import type { Fix } from '#contract/positions'
import { useClock } from '../../stores/clock.ts'
import { useOwnDuty } from '../duty/own-duty.ts'
import { type Sharing, type SharingFacts, sharingOf } from './sharing-state.ts'

/** What the server says of a fix that it has taken, or has had before. */
const TAKEN: readonly string[] = ['live', 'historyOnly', 'duplicate']

/** How this phone's own sharing goes. */
export const useSharing = defineStore('sharing', () => {
  const clock = useClock()
  const own = useOwnDuty()
  const obstacle = ref<SharingFacts['obstacle']>(null)
  const refusal = ref<string | null>(null)
  /** The newest fix of this phone that the server has, and when it was taken by the server's clock. */
  const delivered = shallowRef<{ at: number; position: LonLat; accuracyMetres: number | null } | null>(null)
  const waiting = ref(0)

  const reachedAt = computed(() => {
    const known = [delivered.value?.at, own.duty?.lastFixAt].filter((at) => typeof at === 'number')
    return known.length > 0 ? Math.max(...known) : null
  })
  /** The newest fix came from another device of his. */
  const isByTracker = computed(() => reachedAt.value !== null && reachedAt.value !== delivered.value?.at)
  const status = computed<Sharing | null>(() => {
    if (!own.isOn || !own.duty || own.duty.startedAt === null) return null
    return sharingOf({
      now: clock.now,
      dutySince: own.duty.startedAt,
      reachedAt: reachedAt.value,
      reportsEveryMs: isByTracker.value ? own.duty.reportsEveryMs : null,
      obstacle: obstacle.value,
      refusal: refusal.value,
    })
  })

  function noteDelivered(fixes: readonly Fix[], verdicts: readonly string[]): void {
    for (const [index, fix] of fixes.entries()) {
      const verdict = verdicts[index] ?? 'malformed'
      refusal.value = TAKEN.includes(verdict) ? null : verdict
      if (verdict === 'live')
        delivered.value = {
          at: fix.takenAt + clock.serverAheadMs,
          position: fix.position,
          accuracyMetres: fix.accuracyMetres,
        }
    }
  }

  /** A new duty knows nothing of the last one. */
  function forget(): void {
    obstacle.value = null
    refusal.value = null
    delivered.value = null
    waiting.value = 0
  }

  return { obstacle, refusal, delivered, waiting, reachedAt, isByTracker, status, noteDelivered, forget }
})
