/** What keys do with calls: they act on the one that is open; taking over, on the first that waits. */
import { computed } from 'vue'
import { isEnded, isHandled } from '#contract/call-ladder'
import { useCalls } from '../../stores/calls.ts'
import { useSelection } from '../../stores/selection.ts'
import { useSession } from '../../stores/session.ts'
import { useChoose } from '../use-choose.ts'
import { useCallActions } from './use-call-actions.ts'
import { type CallForm, useCallDesk } from './use-call-desk.ts'

export function useCallKeys() {
  const calls = useCalls()
  const selection = useSelection()
  const session = useSession()
  const desk = useCallDesk()
  const choose = useChoose()
  const actions = useCallActions()

  const chosen = computed(() =>
    selection.selected?.kind === 'call' ? (calls.byId.get(selection.selected.id) ?? null) : null,
  )
  const canAssign = computed(
    () => chosen.value !== null && !isHandled(chosen.value.state) && session.may('call.assign'),
  )
  /** The open one, or else the one that waits most. */
  const toTake = computed(() => {
    if (!session.may('call.assign')) return null
    const item = chosen.value ?? calls.waiting[0] ?? null
    return item && !isHandled(item.state) && item.state !== 'taken' ? item : null
  })
  const canFinish = computed(() => chosen.value?.state === 'taken' && session.may('call.assign'))
  const canCancel = computed(() => chosen.value !== null && !isEnded(chosen.value.state) && session.may('call.cancel'))

  return {
    canTake: computed(() => toTake.value !== null),
    canAssign,
    canFinish,
    canCancel,

    /** Opens the call after the open one, or the most urgent. */
    next(): void {
      const at = calls.ordered.findIndex(({ id }) => id === chosen.value?.id)
      const item = calls.ordered[(at + 1) % calls.ordered.length]
      if (item) choose({ kind: 'call', id: item.id }, item.position)
    },

    take(): void {
      const item = toTake.value
      if (!item) return
      choose({ kind: 'call', id: item.id }, item.position)
      void actions.takeOver(item.id)
    },

    /** Asks whether the first candidate's phone shall ring; Enter confirms. */
    assignBest(): void {
      if (canAssign.value) desk.wantsBest++
    },

    open(form: CallForm): void {
      if (form === 'finish' ? canFinish.value : canCancel.value) desk.form = form
    },
  }
}
