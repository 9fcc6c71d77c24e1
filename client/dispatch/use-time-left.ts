/** The words for time left: "剩 0:09", "超 1:52", "剩 3天4时". */
import { useI18n } from 'vue-i18n'
import { useClock } from '../stores/clock.ts'
import { timeLeft } from './time-left.ts'

/** Returns the sentence for a limit (milliseconds, null = none), against the console's clock. */
export function useTimeLeft(): (dueAt: number | null) => string {
  const { t } = useI18n()
  const clock = useClock()
  return (dueAt) => {
    const left = timeLeft(dueAt, clock.now)
    if (!left) return t('time.noLimit')
    const { isOver, days, hours, minutes } = left
    const time =
      days > 0 ? t('time.days', { days, hours }) : t('time.hours', { hours, minutes: String(minutes).padStart(2, '0') })
    return t(isOver ? 'time.over' : 'time.left', { time })
  }
}
