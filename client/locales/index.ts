/** Both languages, one file a topic. zh-CN is the source of truth for keys; en must have the same (else a type error). */
import { createI18n } from 'vue-i18n'
import * as en from './en/index.ts'
import * as zhCN from './zh-CN/index.ts'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** The same keys with texts of another language. */
type Texts<T> = T extends string ? string : { [Key in keyof T]: Texts<T[Key]> }
const messages: Record<Language, Texts<typeof zhCN>> = { 'zh-CN': zhCN, en }

export const i18n = createI18n<false>({ legacy: false, locale: 'zh-CN', fallbackLocale: 'zh-CN', messages })
