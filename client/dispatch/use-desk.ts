/** What is open on the desk besides the card: the palette, help, a form. Belongs to this face alone. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { usePreferences } from '../stores/preferences.ts'

export const useDesk = defineStore('desk', () => {
  const dialog = ref<'palette' | 'help' | 'password' | null>(null)
  /** The report form takes the card's place; its draft stays when it is put away. */
  const isReporting = ref(false)
  /** On narrow screens: whether the card lies over the map, and which of queue and map is in sight. */
  const isCardOpen = ref(false)
  const narrowTab = ref<'queue' | 'map'>('map')

  const wasLedToFirstRun = ref(false)
  /** Too narrow for three panes side by side; set by use-layout.ts. */
  const isSheet = ref(false)
  /** On a narrow screen the legend is a button until it is asked for; on a wide one it stays as it was left. */
  const isNarrowLegendOpen = ref(false)
  const preferences = usePreferences()
  const isLegendOpen = computed({
    get: () => (isSheet.value ? isNarrowLegendOpen.value : preferences.isLayerPanelOpen),
    set(isOpen) {
      if (isSheet.value) isNarrowLegendOpen.value = isOpen
      else preferences.isLayerPanelOpen = isOpen
    },
  })

  function clear(): void {
    dialog.value = null
    isReporting.value = false
    isCardOpen.value = false
    wasLedToFirstRun.value = false
  }

  return { clear, wasLedToFirstRun, isSheet, isLegendOpen, dialog, isReporting, isCardOpen, narrowTab }
})
