/** Names of the days of the week, Monday first, in the chosen language. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

export function useDayNames() {
  const { locale } = useI18n()
  return computed(() => {
    const format = new Intl.DateTimeFormat(locale.value, { weekday: 'short', timeZone: 'UTC' })
    return Array.from({ length: 7 }, (_, day) => format.format(MONDAY + day * DAY_MS))
  })
}
