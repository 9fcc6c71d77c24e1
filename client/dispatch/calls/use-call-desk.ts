/** What the dispatcher is about to do with the chosen call: the form that is open in its card. */
import { defineStore } from 'pinia'
import { ref } from 'vue'

export type CallForm = 'finish' | 'cancel'

export const useCallDesk = defineStore('callDesk', () => {
  const form = ref<CallForm | null>(null)
  /** Counts the wishes to have the best candidate's button at hand. */
  const wantsBest = ref(0)

  function clear(): void {
    form.value = null
  }

  return { form, wantsBest, clear }
})
