import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import type { DutyPerson } from '#contract/duty'
import { call } from '../api/call.ts'
import { useAreas } from './areas.ts'

/** The people on duty in this person's reach: who they are. Where they are is in the position frames. */
export const useOnDuty = defineStore('onDuty', () => {
  const areas = useAreas()
  /** By member; changed in place, because a shift begins with thousands of facts in a minute. */
  const byMember = shallowRef<ReadonlyMap<string, DutyPerson>>(new Map())
  const isKnown = shallowRef(false)

  /** By what position frames call them. */
  const byHandle = computed<ReadonlyMap<number, DutyPerson>>(
    () => new Map([...byMember.value.values()].map((person) => [person.handle, person])),
  )
  const count = computed(() => byMember.value.size)
  /** Duty strength by area id, parents included; an area without anyone is missing. */
  const countByArea = computed<ReadonlyMap<string, number>>(() => {
    const counts = new Map<string, number>()
    for (const { areaId } of byMember.value.values())
      for (const { id } of areas.lineage(areaId)) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  })

  /** People on duty of an area and all below it, its leader first, then by name. */
  function inArea(id: string): DutyPerson[] {
    const ids = areas.subtree(id)
    return [...byMember.value.values()]
      .filter(({ areaId }) => areaId !== null && ids.has(areaId))
      .sort((a, b) => Number(b.isGridLeader) - Number(a.isGridLeader) || a.name.localeCompare(b.name, 'zh-CN'))
  }

  function put(person: DutyPerson): void {
    ;(byMember.value as Map<string, DutyPerson>).set(person.memberId, person)
    triggerRef(byMember)
  }

  function remove(memberId: string): void {
    if ((byMember.value as Map<string, DutyPerson>).delete(memberId)) triggerRef(byMember)
  }

  async function refresh(): Promise<void> {
    const people = await call('duty.list', {})
    byMember.value = new Map(people.map((person) => [person.memberId, person]))
    isKnown.value = true
  }

  function forget(): void {
    byMember.value = new Map()
    isKnown.value = false
  }

  return { byMember, isKnown, byHandle, count, countByArea, inArea, put, remove, refresh, forget }
})
