/** Instants and lengths as the reader's language writes them, in the district's own time zone. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useDistrict } from '../stores/district.ts'

const METRES_IN_KM = 1_000

export function useFormats() {
  const { t, locale } = useI18n()
  const district = useDistrict()
  const instant = (options: Intl.DateTimeFormatOptions) =>
    computed(() => new Intl.DateTimeFormat(locale.value, { timeZone: district.timeZone, hourCycle: 'h23', ...options }))
  const clockFormat = instant({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const timeFormat = instant({ hour: '2-digit', minute: '2-digit' })
  const dateTimeFormat = instant({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' })
  const number = computed(() => new Intl.NumberFormat(locale.value))
  const twoDigits = computed(() => new Intl.NumberFormat(locale.value, { maximumFractionDigits: 2 }))
  /** Calendar days arrive without a zone, so they must not be moved by one. */
  const dayFormat = computed(
    () => new Intl.DateTimeFormat(locale.value, { timeZone: 'UTC', month: 'short', day: 'numeric' }),
  )

  return {
    /** hh:mm:ss of an instant in milliseconds. */
    clock: (at: number) => clockFormat.value.format(at),
    /** hh:mm of an instant in milliseconds. */
    time: (at: number) => timeFormat.value.format(at),
    /** Day and hh:mm of an instant in milliseconds. */
    dateTime: (at: number) => dateTimeFormat.value.format(at),
    /** A day given as YYYY-MM-DD. */
    day: (day: string) => dayFormat.value.format(new Date(`${day}T00:00:00Z`)),
    number: (value: number) => number.value.format(value),
    squareKilometres: (squareMetres: number) =>
      t('card.squareKilometres', { n: twoDigits.value.format(squareMetres / METRES_IN_KM ** 2) }),
    distance: (metres: number) =>
      metres < METRES_IN_KM
        ? t('card.metres', { n: number.value.format(Math.round(metres)) })
        : t('card.kilometres', { n: twoDigits.value.format(metres / METRES_IN_KM) }),
  }
}
