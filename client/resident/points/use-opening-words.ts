/** How the opening of a point is said: shape, word, and the time it changes. */
import { useI18n } from 'vue-i18n'
import { openingOf, type ResidentPoint } from '#contract/resident'

export interface OpeningWords {
  tone: 'open' | 'closing' | 'closed'
  shape: 'disc' | 'triangle' | 'ring'
  word: string
  line: string
}

export function useOpeningWords() {
  const { t } = useI18n()

  /** `isOld`: what is known may have changed, so it is only said to be likely. */
  return (point: ResidentPoint, now: number, timeZone: string, isOld: boolean): OpeningWords => {
    const opening = openingOf(point, new Date(now), timeZone)
    if (opening.state === 'closed') {
      const { next, reason } = opening
      const word = isOld ? t('resident.point.shouldBeClosed') : t('resident.point.closed')
      return { tone: 'closed', shape: 'ring', word, line: [reason, next && opensAt(next)].filter(Boolean).join(' · ') }
    }
    const { until, minutesLeft } = opening
    if (isOld)
      return {
        tone: 'closed',
        shape: 'ring',
        word: t('resident.point.shouldBeOpen'),
        line: t('resident.point.until', { at: until }),
      }
    if (opening.state === 'closing')
      return {
        tone: 'closing',
        shape: 'triangle',
        word: t('resident.point.closing'),
        line: t('resident.point.closesIn', { at: until, minutes: minutesLeft }),
      }
    return {
      tone: 'open',
      shape: 'disc',
      word: t('resident.point.open'),
      line: [t('resident.point.until', { at: until }), point.isStaffed && t('resident.point.staffed')]
        .filter(Boolean)
        .join(' · '),
    }
  }

  function opensAt({ days, at, weekday }: { days: number; at: string; weekday: number }): string {
    if (days === 0) return t('resident.point.opensToday', { at })
    if (days === 1) return t('resident.point.opensTomorrow', { at })
    return t('resident.point.opensOn', { at, day: t(`resident.point.weekday.${weekday}`) })
  }
}
