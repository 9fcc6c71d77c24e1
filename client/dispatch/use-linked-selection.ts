/** Keeps the selection and the page's address the same, both ways: Back takes back a choice, a link makes one. */
import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useSelection } from '../stores/selection.ts'
import { selectionOf, withSelection } from './selection-link.ts'

/** Call in the page that shows the selection. */
export function useLinkedSelection(): void {
  const route = useRoute()
  const router = useRouter()
  const selection = useSelection()
  watch(
    () => selectionOf(route.query),
    (linked) => selection.select(linked),
    { immediate: true },
  )
  watch(
    () => selection.selected,
    (selected) => {
      const linked = selectionOf(route.query)
      if (selected?.kind === linked?.kind && selected?.id === linked?.id) return
      void router.push({ query: withSelection(route.query, selected) })
    },
  )
}
