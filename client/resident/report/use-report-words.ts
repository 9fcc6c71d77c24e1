/** How a report stands, in a resident's words. "Said done" and "checked" are two states. */
import { useI18n } from 'vue-i18n'
import type { ReportProgress } from '#contract/resident'

export function useReportWords() {
  const { t } = useI18n()
  return {
    chip: ({ stage, outcome }: ReportProgress) => ({
      word: t(`resident.follow.state.${stage}`),
      isDone: stage === 'closed' && (outcome === 'fixed' || outcome === 'selfHandled'),
      isOpen: stage !== 'accept' && stage !== 'closed',
    }),
    headline({ stage, outcome, holder }: ReportProgress): string {
      if (stage === 'closed') return t(`resident.follow.outcome.${outcome ?? 'unknown'}`)
      return t(`resident.follow.line.${stage}`, { holder: holder ?? t('resident.follow.nobody') })
    },
    next: ({ stage }: ReportProgress) => (stage === 'closed' ? null : t(`resident.follow.next.${stage}`)),
    step: (stage: ReportProgress['stage']) => t(`resident.follow.step.${stage}`),
  }
}
