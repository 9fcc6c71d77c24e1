/** What to write beside a field: what the form found, else what the server said. */
import { useI18n } from 'vue-i18n'
import type { Faults } from './field-faults.ts'
import { faultAt } from './field-faults.ts'
import { reasonKey } from './server-reasons.ts'
import type { Failure } from './use-save.ts'

interface Checked {
  faults: { value: Faults }
  failure: { value: Failure | null }
}

export function useFaultText(edit: Checked): (path: string) => string | null {
  const { t } = useI18n()
  return (path) => {
    const fault = faultAt(edit.faults.value, path)
    if (fault) return t(`admin.fault.${fault}`)
    const failure = edit.failure.value
    const said = failure && faultAt(failure.fields, path)
    if (!failure || !said) return null
    const key = reasonKey(said)
    if (key) return t(`admin.fault.${key}`)
    return failure.code === 'bad_input' ? t('admin.fault.refused', { reason: said }) : t(`refusal.${failure.code}`)
  }
}
