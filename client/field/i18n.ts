/** The texts of this page alone, in both languages: the console's are several times as many, and this page goes to phones. */
import { createI18n } from 'vue-i18n'
import * as enApp from '../locales/en/app.ts'
import * as enField from '../locales/en/field.ts'
import * as enFieldCall from '../locales/en/field-call.ts'
import * as enRefusal from '../locales/en/refusal.ts'
import * as enSession from '../locales/en/session.ts'
import * as enShell from '../locales/en/shell.ts'
import * as enTalk from '../locales/en/talk.ts'
import * as enUi from '../locales/en/ui.ts'
import * as enWords from '../locales/en/words.ts'
import type { Language } from '../locales/index.ts'
import * as zhApp from '../locales/zh-CN/app.ts'
import * as zhField from '../locales/zh-CN/field.ts'
import * as zhFieldCall from '../locales/zh-CN/field-call.ts'
import * as zhRefusal from '../locales/zh-CN/refusal.ts'
import * as zhSession from '../locales/zh-CN/session.ts'
import * as zhShell from '../locales/zh-CN/shell.ts'
import * as zhTalk from '../locales/zh-CN/talk.ts'
import * as zhUi from '../locales/zh-CN/ui.ts'
import * as zhWords from '../locales/zh-CN/words.ts'

export const languages: readonly Language[] = ['zh-CN', 'en']
const messages = {
  'zh-CN': {
    ...zhApp,
    ...zhField,
    ...zhFieldCall,
    ...zhRefusal,
    ...zhSession,
    ...zhShell,
    ...zhTalk,
    ...zhUi,
    ...zhWords,
  },
  en: { ...enApp, ...enField, ...enFieldCall, ...enRefusal, ...enSession, ...enShell, ...enTalk, ...enUi, ...enWords },
}

export const i18n = createI18n<false>({ legacy: false, locale: 'zh-CN', fallbackLocale: 'zh-CN', messages })
