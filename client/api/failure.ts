/** What went wrong with a call, as a key of the locales' `refusal`. */
import { type RefusalCode, refusals } from '#contract/errors'
import { CallFailed } from './call.ts'

export type FailureCode = RefusalCode | 'offline' | 'fault'

/** Anything that is not a known refusal is a fault. */
export function failureCode(error: unknown): FailureCode {
  if (!(error instanceof CallFailed)) return 'fault'
  const { code } = error.body
  if (code === 'offline') return 'offline'
  return Object.hasOwn(refusals, code) ? (code as RefusalCode) : 'fault'
}
