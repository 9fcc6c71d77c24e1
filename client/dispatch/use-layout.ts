/** The console's arrangement for the width of the window. */
import { computed, onScopeDispose, ref, watchEffect } from 'vue'
import { type PaneKey, usePreferences } from '../stores/preferences.ts'
import { paneLimits, paneWidth, SHEET_BELOW, TABS_BELOW } from './shell-widths.ts'
import { useDesk } from './use-desk.ts'

export function useLayout() {
  const preferences = usePreferences()
  const screenWidth = ref(window.innerWidth)
  const measure = () => {
    screenWidth.value = window.innerWidth
  }
  window.addEventListener('resize', measure)
  onScopeDispose(() => window.removeEventListener('resize', measure))

  const isSheet = computed(() => screenWidth.value < SHEET_BELOW)
  const desk = useDesk()
  watchEffect(() => {
    desk.isSheet = isSheet.value
  })
  const isTabbed = computed(() => screenWidth.value < TABS_BELOW)
  const chosen = (pane: PaneKey) => preferences.paneWidths[pane]
  const usual = (pane: PaneKey) => chosen(pane) ?? paneLimits(pane, screenWidth.value, 0).default
  const limits = computed(() => ({
    queue: paneLimits('queue', screenWidth.value, isSheet.value ? 0 : usual('card')),
    card: paneLimits('card', screenWidth.value, isSheet.value ? 0 : usual('queue')),
  }))
  const widths = computed(() => ({
    queue: paneWidth(chosen('queue'), limits.value.queue),
    card: paneWidth(chosen('card'), limits.value.card),
  }))

  return { screenWidth, isSheet, isTabbed, limits, widths }
}
