/** Instants as people say them on a phone: the clock today, else the day. */
import { useI18n } from 'vue-i18n'
import { useClock } from '../../stores/clock.ts'
import { useDistrict } from '../../stores/district.ts'
import { dueIn } from './due-in.ts'

export function useTimes() {
  const { t, locale } = useI18n()
  const clock = useClock()
  const district = useDistrict()
  const written = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale.value, { timeZone: district.timeZone, hourCycle: 'h23', ...options }).format(at)
  const dayOf = (at: number) => written(at, { year: 'numeric', month: 'numeric', day: 'numeric' })

  const hourMinute = (at: number) => written(at, { hour: 'numeric', minute: '2-digit' })
  const isToday = (at: number) => dayOf(at) === dayOf(clock.now)

  return {
    hourMinute,
    /** "14:26" today, "11月29日 14:26" on another day. */
    moment: (at: number) =>
      isToday(at)
        ? hourMinute(at)
        : written(at, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }),
    /** An age in its largest unit: "6 秒", "4 分钟", "2 小时". */
    span(milliseconds: number): string {
      const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
      if (seconds < 90) return t('field.time.seconds', { n: seconds })
      if (seconds < 90 * 60) return t('field.time.minutes', { n: Math.round(seconds / 60) })
      return t('field.time.hours', { n: Math.round(seconds / 3_600) })
    },
    /** What is left of a limit, how far it is over, or the day it falls on. */
    limit(dueAt: number | null): string {
      const due = dueIn(dueAt, clock.now)
      if (!due) return t('field.time.noLimit')
      const time = t(`field.time.${due.unit}`, { n: due.count })
      if (due.isOver) return t('field.time.over', { time })
      if (due.unit === 'minutes') return t('field.time.left', { time })
      const at = dueAt ?? 0
      return isToday(at)
        ? t('field.time.today', { time: hourMinute(at) })
        : written(at, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' })
    },
  }
}
