import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { AreaCard } from '#contract/areas'
import { supervisionOf } from '#contract/cases'
import { call } from '../../api/call.ts'
import { failureCode } from '../../api/failure.ts'
import { useAreas } from '../../stores/areas.ts'
import { useCaseView } from '../../stores/case-view.ts'
import { useClock } from '../../stores/clock.ts'
import { useDistrict } from '../../stores/district.ts'
import { useOwnDuty } from '../duty/own-duty.ts'

/** The grid where this member leads or serves: who answers for it, and what is open in it. */
export const useMyGrid = defineStore('myGrid', () => {
  const own = useOwnDuty()
  const areas = useAreas()
  const district = useDistrict()
  const caseView = useCaseView()
  const clock = useClock()
  const card = shallowRef<AreaCard | null>(null)
  const hasFailed = ref(false)

  const areaId = computed(() => own.duty?.member.areaId ?? null)
  const area = computed(() => card.value?.area ?? areas.byId.get(areaId.value ?? '') ?? null)
  /** Due first. */
  const cases = computed(() => (areaId.value === null ? [] : caseView.inArea(areaId.value)))
  const overdue = computed(() => cases.value.filter((item) => supervisionOf(item, clock.now) === 'overdue').length)

  async function refresh(): Promise<void> {
    const id = areaId.value
    if (id === null) {
      card.value = null
      return
    }
    try {
      const read = await call('areas.card', { params: { id } })
      if (id === areaId.value) card.value = read
      hasFailed.value = false
    } catch (error) {
      // What was read before stays; a card out of reach is no card.
      if (failureCode(error) === 'not_found') card.value = null
      hasFailed.value = true
    }
  }

  /** Reads it now and whenever its data changes. Call once, in the page's root. */
  function follow(): void {
    watch(
      [areaId, () => district.district?.versions.areas, () => district.district?.versions.members],
      ([id]) => {
        if (id === null) card.value = null
        else void refresh()
      },
      { immediate: true },
    )
  }

  return { areaId, area, card, cases, overdue, hasFailed, refresh, follow }
})
