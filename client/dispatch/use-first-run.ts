/** Whoever can fill an empty installation is led to the page for it, once. */
import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { useDistrict } from '../stores/district.ts'
import { useSession } from '../stores/session.ts'
import { useDesk } from './use-desk.ts'

export function useFirstRun(): void {
  const router = useRouter()
  const district = useDistrict()
  const session = useSession()
  const desk = useDesk()
  watch(
    () => district.isEmpty && session.may('load.run'),
    (isNeeded) => {
      if (!isNeeded || desk.wasLedToFirstRun) return
      // They may come back to the empty map on purpose.
      desk.wasLedToFirstRun = true
      void router.replace({ name: 'firstRun' })
    },
    { immediate: true },
  )
}
