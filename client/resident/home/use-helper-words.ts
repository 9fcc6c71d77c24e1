/** How the member who comes, and when, is said. Never one number of minutes where only a band is known. */
import { useI18n } from 'vue-i18n'
import type { CallerView } from '#contract/calls'
import { minutesOfBand } from '../call/call-screen.ts'

export function useHelperWords() {
  const { t } = useI18n()
  return {
    name: ({ surname, isPartyMember }: NonNullable<CallerView['helper']>) =>
      t(isPartyMember ? 'resident.call.helperParty' : 'resident.call.helperGrid', { surname }),

    when({ state, minutes, band }: CallerView): string {
      if (state === 'arrived') return t('resident.call.line.arrived')
      if (minutes !== null) return t('resident.call.line.coming', { n: minutes })
      if (band === null) return t('resident.call.noMinutes')
      const { from, to } = minutesOfBand(band)
      if (to === null) return t('resident.call.moreThan', { n: from })
      return t('resident.call.line.comingRange', { from, to })
    },
  }
}
