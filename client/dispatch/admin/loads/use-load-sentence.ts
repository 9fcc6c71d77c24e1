/** What a load says, in the chosen language; codes among its values are named too. */
import { useI18n } from 'vue-i18n'
import { loadSentence } from '#contract/load-words'
import type { LoadNote } from '#contract/loads'

/** Values that are codes, and where their words are. */
const valueWords: Readonly<Record<string, string>> = { kind: 'admin.loads.kind', by: 'admin.loads.guessedBy' }

export function useLoadSentence(): (note: LoadNote) => string {
  const { locale, t, te } = useI18n()
  const named = (key: string, value: string | number) => {
    const word = `${valueWords[key]}.${value}`
    return valueWords[key] && te(word) ? t(word) : value
  }
  return ({ code, values }) => {
    const words = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, named(key, value)]))
    return loadSentence({ code, values: words }, locale.value === 'en' ? 'en' : 'zh-CN')
  }
}
