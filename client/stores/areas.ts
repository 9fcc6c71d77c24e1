import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Area } from '#contract/areas'
import { call } from '../api/call.ts'

/** The tree of areas in this person's reach. */
export const useAreas = defineStore('areas', () => {
  const list = shallowRef<readonly Area[]>([])
  const isKnown = shallowRef(false)
  const byId = computed<ReadonlyMap<string, Area>>(() => new Map(list.value.map((area) => [area.id, area])))
  const childrenOf = computed<ReadonlyMap<string | null, readonly Area[]>>(() => {
    const groups = new Map<string | null, Area[]>()
    for (const area of list.value) {
      // An area whose parent is out of reach is a root here.
      const parent = area.parentId !== null && byId.value.has(area.parentId) ? area.parentId : null
      const group = groups.get(parent)
      if (group) group.push(area)
      else groups.set(parent, [area])
    }
    return groups
  })

  const children = (id: string | null) => childrenOf.value.get(id) ?? []

  /** The area and everything above it, the area first. */
  function lineage(id: string | null): Area[] {
    const line: Area[] = []
    for (let at = id === null ? undefined : byId.value.get(id); at; ) {
      line.push(at)
      at = at.parentId === null ? undefined : byId.value.get(at.parentId)
    }
    return line
  }

  /** The area and everything below it. */
  function subtree(id: string): ReadonlySet<string> {
    const ids = new Set([id])
    // A Set visits what is added while it is walked.
    for (const each of ids) for (const child of children(each)) ids.add(child.id)
    return ids
  }

  async function refresh(): Promise<void> {
    list.value = await call('areas.list', {})
    isKnown.value = true
  }

  function forget(): void {
    list.value = []
    isKnown.value = false
  }

  return { list, isKnown, byId, children, lineage, subtree, refresh, forget }
})
