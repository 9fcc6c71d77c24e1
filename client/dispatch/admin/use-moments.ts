/** Instants as a person here reads them: in the district's time zone and the chosen language. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useDistrict } from '../../stores/district.ts'

export function useMoments() {
  const { locale } = useI18n()
  const district = useDistrict()
  const formatOf = (options: Intl.DateTimeFormatOptions) =>
    computed(() => new Intl.DateTimeFormat(locale.value, { timeZone: district.timeZone, hourCycle: 'h23', ...options }))
  const clock = formatOf({ hour: '2-digit', minute: '2-digit' })
  const hour = formatOf({ month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
  const day = formatOf({
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })

  return {
    /** "14:32" */
    clockTime: (at: number) => clock.value.format(at),
    /** "11/22 14:00": a day of this year and its time. */
    dayAndHour: (at: number) => hour.value.format(at),
    /** Day and time to the second. */
    moment: (at: number) => day.value.format(at),
  }
}
