/** The browser's title: where this screen is for. */
import { watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import { useDistrict } from '../stores/district.ts'

export function usePageTitle(): void {
  const { t } = useI18n()
  const district = useDistrict()
  watchEffect(() => {
    document.title = t('shell.title', { district: district.district?.name ?? t('app.name') })
  })
}
