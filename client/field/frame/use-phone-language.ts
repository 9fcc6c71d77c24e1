/** Keeps the chosen language over reloads; the first time it is the phone's own, Chinese when that is neither of ours. */
import { watch } from 'vue'
import type { Language } from '../../locales/index.ts'
import { usePreferences } from '../../stores/preferences.ts'
import { i18n, languages } from '../i18n.ts'

const KEY = 'gelin.field.language'

export function usePhoneLanguage(): void {
  const preferences = usePreferences()
  preferences.language = remembered() ?? (navigator.language.startsWith('en') ? 'en' : 'zh-CN')
  watch(
    () => preferences.language,
    (language) => {
      i18n.global.locale.value = language
      document.documentElement.lang = language
      document.title = `${i18n.global.t('app.name')} · ${i18n.global.t('field.title')}`
      remember(language)
    },
    { immediate: true },
  )
}

/** Storage can be forbidden or full; the page then simply forgets. */
function remembered(): Language | null {
  try {
    return languages.find((language) => language === localStorage.getItem(KEY)) ?? null
  } catch {
    return null
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // The choice holds until the page is left.
  }
}
