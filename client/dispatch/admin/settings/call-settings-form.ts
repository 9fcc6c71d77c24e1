/** Settings of calls as the form holds them: an empty box means what holds without it. Times are written in seconds. */
import * as z from 'zod/mini'
import { type CallRules, type CallSettings, callSettings, defaultCallRules } from '#contract/calls'
import { type Faults, faultsOf } from '../edit/field-faults.ts'

/** There is one set of settings; its stamp is what tells versions apart. */
export type SettingsRecord = CallSettings & { id: string; version: number }
export const settingsRecord = (settings: CallSettings): SettingsRecord => ({ ...settings, id: 'calls', version: 0 })
export const settingsSchema = z.pipe(
  callSettings,
  z.transform(settingsRecord),
) as unknown as z.ZodMiniType<SettingsRecord>

export type RuleKey = keyof CallRules
export const ruleKeys = Object.keys(defaultCallRules) as RuleKey[]
const isTime = (key: RuleKey) => key.endsWith('Ms')
const MS = 1_000

/** As the form writes a rule: milliseconds as seconds. */
export const shownRule = (key: RuleKey, value: number) => String(isTime(key) ? value / MS : value)

export type SettingsFields = Record<RuleKey, string> & { dutyPhone: string; dutyDeskName: string }

export function settingsFields(item: SettingsRecord | null): SettingsFields {
  const rules = item?.callRules as Partial<CallRules> | undefined
  const ruleFields = ruleKeys.map((key) => {
    const value = rules?.[key]
    return [key, value === undefined ? '' : shownRule(key, value)]
  })
  return {
    ...(Object.fromEntries(ruleFields) as Record<RuleKey, string>),
    dutyPhone: item?.dutyPhone ?? '',
    dutyDeskName: item?.dutyDeskName ?? '',
  }
}

export function settingsBody(fields: SettingsFields, stamp: string): CallSettings {
  const rules = ruleKeys.flatMap((key) => {
    const typed = fields[key].trim()
    if (typed === '') return []
    return [[key, isTime(key) ? Math.round(Number(typed) * MS) : Number(typed)]]
  })
  return {
    dutyPhone: fields.dutyPhone.trim() || null,
    dutyDeskName: fields.dutyDeskName.trim() || null,
    callRules: Object.fromEntries(rules),
    stamp,
  }
}

export function settingsFaults(fields: SettingsFields): Faults {
  const faults = faultsOf(callSettings, settingsBody(fields, ''))
  return Object.fromEntries(
    Object.keys(faults).map((path) => {
      const key = path.replace('callRules.', '')
      return [
        key,
        key === 'dutyPhone' ? ('phone' as const) : key === 'dutyDeskName' ? ('tooLong' as const) : ('wrong' as const),
      ]
    }),
  )
}
