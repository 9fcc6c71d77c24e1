import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { type OpenState, openState, type ServicePoint } from '#contract/service-points'
import { call } from '../api/call.ts'
import { useClock } from './clock.ts'
import { useDistrict } from './district.ts'

/** Opening times are whole minutes, so nothing changes within one. */
const MINUTE_MS = 60_000

/** Service points, each with whether it is open now. */
export const useServicePoints = defineStore('servicePoints', () => {
  const list = shallowRef<readonly ServicePoint[]>([])
  const isKnown = shallowRef(false)
  const clock = useClock()
  const district = useDistrict()

  const minute = computed(() => Math.floor(clock.now / MINUTE_MS))
  const now = computed<readonly (ServicePoint & OpenState)[]>(() => {
    const instant = new Date(minute.value * MINUTE_MS)
    return list.value.map((point) => ({ ...point, ...openState(point, instant, district.timeZone) }))
  })
  const byId = computed(() => new Map(now.value.map((point) => [point.id, point])))
  const openCount = computed(() => now.value.filter(({ isOpen }) => isOpen).length)

  async function refresh(): Promise<void> {
    list.value = await call('servicePoints.list', {})
    isKnown.value = true
  }

  /** A service point as it now is; it may be new. */
  function put(point: ServicePoint): void {
    const at = list.value.findIndex(({ id }) => id === point.id)
    list.value = at === -1 ? [...list.value, point] : list.value.with(at, point)
  }

  function remove(id: string): void {
    list.value = list.value.filter((point) => point.id !== id)
  }

  function forget(): void {
    list.value = []
    isKnown.value = false
  }

  return { list, isKnown, now, byId, openCount, put, remove, refresh, forget }
})
