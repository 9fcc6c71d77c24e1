/** Language and size of type, kept on this phone. */
import { ref, watchEffect } from 'vue'
import type { Language } from '../../locales/index.ts'
import { residentI18n, speak } from '../i18n.ts'
import { recall, remember } from './remembered.ts'

export function useSettings() {
  const isLarge = ref(recall<boolean>('large') === true)
  watchEffect(() => document.documentElement.classList.toggle('large', isLarge.value))
  if (recall<Language>('language') === 'en') void speak('en').catch(() => {})

  return {
    isLarge,
    toggleLarge() {
      isLarge.value = !isLarge.value
      remember('large', isLarge.value)
    },
    async toggleLanguage() {
      const next: Language = residentI18n.global.locale.value === 'en' ? 'zh-CN' : 'en'
      await speak(next).catch(() => {})
      remember('language', residentI18n.global.locale.value)
    },
  }
}
export type Settings = ReturnType<typeof useSettings>
