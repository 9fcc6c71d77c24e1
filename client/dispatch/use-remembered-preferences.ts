/** Keeps preferences over reloads, and makes the page look and read as they say. */
import { onScopeDispose, watch, watchEffect } from 'vue'
import { i18n } from '../locales/index.ts'
import { usePreferences } from '../stores/preferences.ts'
import { parseRemembered } from './remembered.ts'

const KEY = 'gelin.dispatch.preferences'

export function useRememberedPreferences(): void {
  const preferences = usePreferences()
  preferences.$patch(parseRemembered(read()))
  preferences.$subscribe((_mutation, { theme, language, paneWidths, layers, isLayerPanelOpen, areShortcutsOn }) =>
    write(JSON.stringify({ theme, language, paneWidths, layers, isLayerPanelOpen, areShortcutsOn })),
  )

  const prefersLight = window.matchMedia('(prefers-color-scheme: light)')
  const followSystem = () => {
    preferences.systemTheme = prefersLight.matches ? 'light' : 'dark'
  }
  followSystem()
  prefersLight.addEventListener('change', followSystem)
  onScopeDispose(() => prefersLight.removeEventListener('change', followSystem))

  watchEffect(() => {
    document.documentElement.dataset.theme = preferences.shownTheme
  })
  watch(
    () => preferences.language,
    (language) => {
      i18n.global.locale.value = language
      document.documentElement.lang = language
    },
    { immediate: true },
  )
}

/** Storage can be forbidden or full; the console then simply forgets. */
function read(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function write(text: string): void {
  try {
    localStorage.setItem(KEY, text)
  } catch {
    // Nothing to do: the choice holds until the page is left.
  }
}
