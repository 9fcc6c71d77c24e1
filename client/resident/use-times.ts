/** Instants as residents read them, by the district's clock: "今天 14:26", else a date. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

const DAY_MS = 86_400_000

export function useTimes(timeZone: () => string | undefined) {
  const { t, locale } = useI18n()
  const format = (options: Intl.DateTimeFormatOptions, language = locale.value) =>
    new Intl.DateTimeFormat(language, { timeZone: timeZone(), hourCycle: 'h23', ...options })
  const clockFormat = computed(() => format({ hour: '2-digit', minute: '2-digit' }))
  const dayFormat = computed(() => format({ month: 'long', day: 'numeric' }))
  const dayKey = computed(() => format({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA'))

  const clock = (at: number) => clockFormat.value.format(at)
  return {
    clock,
    /** `now` says which day is today. */
    moment(at: number, now: number): string {
      const day = dayKey.value.format(at)
      if (day === dayKey.value.format(now)) return t('resident.follow.today', { at: clock(at) })
      if (day === dayKey.value.format(now + DAY_MS)) return t('resident.follow.tomorrow', { at: clock(at) })
      return `${dayFormat.value.format(at)} ${clock(at)}`
    },
  }
}
