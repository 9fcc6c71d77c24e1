/** Words for what the audit log names by code; a code without words stands for itself. */
import { useI18n } from 'vue-i18n'
import { useMoments } from '../use-moments.ts'

/** Where the words of a detail's values are, by the name of the detail. Several kinds share the name "kind". */
const valueWords: Readonly<Record<string, readonly string[]>> = {
  role: ['words.role'],
  kind: ['words.servicePoint', 'words.team', 'admin.loads.kind'],
  level: ['words.level'],
  skills: ['words.skill'],
  posts: ['words.post'],
  priority: ['words.priority'],
  source: ['words.source'],
  state: ['admin.loads.state'],
  datum: ['admin.loads.datum'],
  by: ['admin.audit.by'],
}

/** Details that are instants, in milliseconds. */
const instants: ReadonlySet<string> = new Set(['from', 'to'])

export function useAuditWords() {
  const { t, te } = useI18n()
  const { moment } = useMoments()
  const wordOr = (key: string, code: string) => (te(key) ? t(key) : code)

  /** A code, or one that begins a text ("gridMember 听潮05"). */
  function codeText(field: string, code: string): string {
    if (instants.has(field) && /^\d+$/.test(code)) return moment(Number(code))
    if (code === 'true' || code === 'false') return t(`admin.${code === 'true' ? 'yes' : 'no'}`)
    const [first = '', ...rest] = code.split(' ')
    const folder = valueWords[field]?.find((each) => te(`${each}.${first}`))
    return folder ? [t(`${folder}.${first}`), ...rest].join(' ') : code
  }

  return {
    /** "account.create" → "create an account". */
    actionText: (action: string) => wordOr(`admin.audit.actions.${action.replaceAll('.', '_')}`, action),
    resourceText: (resource: string) => wordOr(`admin.audit.resources.${resource}`, resource),
    /** The name of a detail; a thing's name is not a person's. */
    fieldText: (field: string, resource: string) =>
      field === 'name' && resource !== 'member' ? t('admin.audit.name') : wordOr(`admin.field.${field}`, field),
    valueText: (field: string, value: string | null) =>
      value === null
        ? null
        : value
            .split(', ')
            .map((each) => codeText(field, each))
            .join(t('admin.listMark')),
  }
}
