import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** What a card can be about. A member has a place on the map only while on duty. */
export const cardKinds = ['area', 'building', 'servicePoint', 'case', 'member', 'call'] as const
export type CardKind = (typeof cardKinds)[number]
export interface Selection {
  kind: CardKind
  id: string
}

/** What the card pane and the map show as chosen; null = nothing, so the district's own card. */
export const useSelection = defineStore('selection', () => {
  const selected = shallowRef<Selection | null>(null)

  function select(next: Selection | null): void {
    if (next?.kind !== selected.value?.kind || next?.id !== selected.value?.id) selected.value = next
  }

  return { selected, select }
})
