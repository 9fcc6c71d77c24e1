/** What may stand in an entry's detail: never a phone number, a token or a password, even by mistake. */
import { cleanText } from '#contract/text'

const SECRET_KEY = /password|token|secret|phone|cookie|url/i
/** Mainland mobile numbers standing alone in a text; longer digit runs are area and case codes. */
const MOBILE_NUMBER = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g
const HIDDEN = '***'

/** A copy that JSON and jsonb keep exactly, with secrets hidden. */
export function safeDetail(detail: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(detail, hide)) as Record<string, unknown>
}

function hide(key: string, value: unknown): unknown {
  if (SECRET_KEY.test(key) && value !== null && typeof value !== 'boolean') return HIDDEN
  return typeof value === 'string' ? cleanText(value).replace(MOBILE_NUMBER, '$1****$2') : value
}
