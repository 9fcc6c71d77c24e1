import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Language } from '../locales/index.ts'

export const themes = ['system', 'dark', 'light'] as const
export type Theme = (typeof themes)[number]

/** What can be shown and hidden on the map. */
export const layerKeys = [
  'people',
  'choropleth',
  'borders',
  'buildings',
  'servicePoints',
  'cases',
  'heat',
  'labels',
] as const
export type LayerKey = (typeof layerKeys)[number]
export const paneKeys = ['queue', 'card'] as const
export type PaneKey = (typeof paneKeys)[number]

/** How this person likes the console; kept on this machine by dispatch/remember-preferences.ts. */
export const usePreferences = defineStore('preferences', () => {
  const theme = ref<Theme>('system')
  const language = ref<Language>('zh-CN')
  /** What the operating system asks for, while `theme` follows it. */
  const systemTheme = ref<'dark' | 'light'>('dark')
  const shownTheme = computed(() => (theme.value === 'system' ? systemTheme.value : theme.value))
  /** Width in pixels a person has dragged a pane to; null = the default for the screen. */
  const paneWidths = ref<Record<PaneKey, number | null>>({ queue: null, card: null })
  const layers = ref<Record<LayerKey, boolean>>({
    people: true,
    choropleth: true,
    borders: true,
    buildings: true,
    servicePoints: true,
    cases: true,
    heat: false,
    labels: true,
  })
  const isLayerPanelOpen = ref(true)
  const areShortcutsOn = ref(true)

  function toggleLayer(key: LayerKey): void {
    layers.value[key] = !layers.value[key]
  }

  function toggleTheme(): void {
    theme.value = shownTheme.value === 'dark' ? 'light' : 'dark'
  }

  function toggleLanguage(): void {
    language.value = language.value === 'zh-CN' ? 'en' : 'zh-CN'
  }

  return {
    theme,
    language,
    systemTheme,
    shownTheme,
    paneWidths,
    layers,
    isLayerPanelOpen,
    areShortcutsOn,
    toggleLayer,
    toggleTheme,
    toggleLanguage,
  }
})
