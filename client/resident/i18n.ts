/** The residents' words only: a phone on a poor line does not load the console's. English comes when it is asked for. */
import { createI18n } from 'vue-i18n'
import type { Language } from '../locales/index.ts'
import { resident } from '../locales/zh-CN/resident.ts'

export const residentI18n = createI18n<false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': { resident } },
})

/** Changes the language once its texts are there. */
export async function speak(language: Language): Promise<void> {
  if (language === 'en') {
    const [{ resident: english }, { callPage }, { talk }] = await Promise.all([
      import('../locales/en/resident.ts'),
      import('../locales/en/call-page.ts'),
      import('../locales/en/talk.ts'),
    ])
    residentI18n.global.setLocaleMessage('en', { resident: english, callPage, talk })
  }
  residentI18n.global.locale.value = language
  document.documentElement.lang = language
  document.title = residentI18n.global.t('resident.title')
}
