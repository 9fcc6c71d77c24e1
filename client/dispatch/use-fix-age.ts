/** "18 秒前", "14 分前": how old a fix is, as people say it. */
import { useI18n } from 'vue-i18n'
import type { FramePerson } from '#contract/position-frame'

const SECONDS_UP_TO_MS = 120_000

export function useFixAge(): (person: Pick<FramePerson, 'ageMs'>) => string {
  const { t } = useI18n()
  return ({ ageMs }) => {
    if (ageMs === null) return t('time.overFourHours')
    if (ageMs <= SECONDS_UP_TO_MS) return t('time.secondsAgo', { n: Math.round(ageMs / 1_000) })
    return t('time.minutesAgo', { n: Math.round(ageMs / 60_000) })
  }
}
