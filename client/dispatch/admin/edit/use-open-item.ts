/** Which record a section's pane shows; 'new' = a new one, null = none. */
import { computed, ref, shallowRef } from 'vue'
import { useUnsaved } from './use-unsaved.ts'

export function useOpenItem<Item extends { id: string }>() {
  const unsaved = useUnsaved()
  const open = shallowRef<Item | 'new' | null>(null)
  /** A fresh form for each opening, so that nothing typed for one record shows on another. */
  const formKey = ref(0)
  const openId = computed(() => (open.value === null || open.value === 'new' ? null : open.value.id))

  function show(next: Item | 'new' | null): void {
    unsaved.leave(() => {
      open.value = next
      formKey.value++
    })
  }

  /** After saving: the record stays open, what was typed is safe. */
  function keep(saved: Item): void {
    unsaved.isDirty.value = false
    open.value = saved
  }

  return { open, openId, formKey, show, keep, unsaved }
}
export type OpenItem<Item extends { id: string }> = ReturnType<typeof useOpenItem<Item>>
