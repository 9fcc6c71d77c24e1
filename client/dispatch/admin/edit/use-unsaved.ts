/** Typed text is never lost by a slip: moving on from a changed form asks first. */
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocationNormalized, useRouter } from 'vue-router'

export function useUnsaved() {
  const isDirty = ref(false)
  /** Where the person wanted to go when asked; null = nothing is asked. */
  const wanted = shallowRef<(() => void) | null>(null)
  const router = useRouter()

  /** Goes at once, or after the person has said that the changes may go. */
  function leave(go: () => void): void {
    if (isDirty.value) wanted.value = go
    else go()
  }

  function discard(): void {
    const go = wanted.value
    wanted.value = null
    isDirty.value = false
    go?.()
  }

  function stay(): void {
    wanted.value = null
  }

  const ask = (to: RouteLocationNormalized) => {
    if (!isDirty.value) return true
    wanted.value = () => void router.push(to.fullPath)
    return false
  }
  onBeforeRouteLeave(ask)
  onBeforeRouteUpdate(ask)

  const onUnload = (event: BeforeUnloadEvent) => {
    if (isDirty.value) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', onUnload))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', onUnload))

  return { isDirty, wanted, leave, discard, stay }
}
export type Unsaved = ReturnType<typeof useUnsaved>
