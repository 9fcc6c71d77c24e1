/** What a call is about, and how far it is, in words. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useOwnCall } from './own-call.ts'

/** Nobody counts single metres. */
const ROUND_TO_METRES = 10

export function useCallWords() {
  const own = useOwnCall()
  const { t, n } = useI18n()

  /** Whom or which skill the caller asks for. */
  const wanted = computed(() => {
    const call = own.call
    if (call?.skill) return t('fieldCall.skill', { skill: t(`words.skill.${call.skill}`) })
    return t(`fieldCall.wish.${call?.wish ?? 'any'}`)
  })
  const title = computed(() => own.call?.note ?? wanted.value)
  /** At the longest, as the ranking has it; null when nobody knows. */
  const minutes = computed(() => {
    const seconds = own.call?.worstSeconds ?? null
    return seconds === null ? null : Math.max(1, Math.ceil(seconds / 60))
  })
  const metres = computed(() => {
    const way = own.call?.wayMetres ?? null
    return way === null ? null : n(Math.max(ROUND_TO_METRES, Math.round(way / ROUND_TO_METRES) * ROUND_TO_METRES))
  })
  return { wanted, title, minutes, metres }
}
