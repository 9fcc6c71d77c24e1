import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { District } from '#contract/district'
import { call } from '../api/call.ts'

const FALLBACK_TIME_ZONE = 'Asia/Shanghai'

/** The installation at a glance; null until it is known. */
export const useDistrict = defineStore('district', () => {
  const district = shallowRef<District | null>(null)
  const timeZone = computed(() => district.value?.timeZone ?? FALLBACK_TIME_ZONE)
  const isEmpty = computed(() => district.value !== null && district.value.bounds === null)

  async function refresh(): Promise<District> {
    const answer = await call('district.see', {})
    district.value = answer
    return answer
  }

  function forget(): void {
    district.value = null
  }

  return { district, timeZone, isEmpty, refresh, forget }
})
