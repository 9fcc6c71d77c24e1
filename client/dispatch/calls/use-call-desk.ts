/** What the dispatcher is about to do with calls: the form that is open in the card, or a call for somebody. */
import { defineStore } from 'pinia'
import { ref } from 'vue'

export type CallForm = 'finish' | 'cancel'
const emptyDraft = () => ({ note: '', wish: '', skill: '' })

export const useCallDesk = defineStore('callDesk', () => {
  const form = ref<CallForm | null>(null)
  /** Counts the wishes to have the best candidate's button at hand. */
  const wantsBest = ref(0)
  /** The form of a call for somebody takes the card's place; what is typed stays when it is put away. */
  const isCalling = ref(false)
  const draft = ref(emptyDraft())

  function clear(): void {
    form.value = null
    isCalling.value = false
    draft.value = emptyDraft()
  }

  return { form, wantsBest, isCalling, draft, clear }
})
