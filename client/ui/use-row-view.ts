/** Which rows of a long table are in sight and which one the keyboard is at; the drawing is DataTable.vue. */
import { computed, onBeforeUnmount, onMounted, type Ref, ref, watch } from 'vue'
import { rowAfterKey, visibleRows } from './table.ts'

const HEAD_HEIGHT = 32
/** So near to the end that the next page should be on its way, in CSS pixels. */
const END_MARGIN = 600

export interface RowViewSetup {
  scroller: Readonly<Ref<HTMLElement | null>>
  rowHeight: () => number
  count: () => number
  /** The end of the list is near. */
  onEnd: () => void
}

export function useRowView({ scroller, rowHeight, count, onEnd }: RowViewSetup) {
  const active = ref<number | null>(null)
  /** Before it is measured it is as wide as need be. */
  const view = ref({ scrollTop: 0, height: 600, width: Number.POSITIVE_INFINITY })
  const range = computed(() => visibleRows({ ...view.value, rowHeight: rowHeight(), count: count() }))

  function measure(): void {
    const element = scroller.value
    if (!element) return
    const { scrollTop, clientHeight, clientWidth, scrollHeight } = element
    view.value = { scrollTop, height: clientHeight - HEAD_HEIGHT, width: clientWidth }
    if (scrollHeight - scrollTop - clientHeight < END_MARGIN) onEnd()
  }
  const observer = new ResizeObserver(measure)
  onMounted(() => scroller.value && observer.observe(scroller.value))
  onBeforeUnmount(() => observer.disconnect())
  watch(count, (length) => {
    if (active.value !== null && active.value >= length) active.value = null
    requestAnimationFrame(measure)
  })

  /** Moves by a key; false when the key does not move. */
  function move(key: string): boolean {
    const page = Math.max(1, Math.floor(view.value.height / rowHeight()) - 1)
    const to = rowAfterKey(key, active.value, count(), page)
    if (to === null) return false
    active.value = to
    bringIntoSight(to)
    return true
  }

  function bringIntoSight(index: number): void {
    const element = scroller.value
    if (!element) return
    const top = index * rowHeight()
    const bottom = top + rowHeight()
    if (top < element.scrollTop) element.scrollTop = top
    else if (bottom > element.scrollTop + view.value.height) element.scrollTop = bottom - view.value.height
  }

  return { active, range, measure, move, width: computed(() => view.value.width) }
}
